import type { Block } from '../tei/flow';

/** Containers in which a paragraph is no paragraph of prose, and has no number. */
const UNNUMBERED = new Set(['list', 'item', 'table', 'cell', 'figure', 'entry', 'castlist', 'titlepage']);

/** Whether a block is a paragraph of prose that is counted. */
export function isNumbered({ kind, details, containers }: Block): boolean {
  return (
    kind === 'p' && !details.continued && !containers.some((container) => UNNUMBERED.has(container.kind))
  );
}
