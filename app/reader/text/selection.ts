/** The browser's own selection as a passage of a text. */
import { containerOf } from './hit-test';
import type { TextContainers } from './text-containers';
import { sliceOf, spanOf, type TextSpan } from './text-position';

/** Selected words of a text. */
export interface TextSelection extends TextSpan {
  container: HTMLElement;
  /** Where they are selected: in the container, or in a mirror of its text. */
  shownIn: HTMLElement;
  section: string;
  exact: string;
}

/** What is selected by mouse, touch or caret browsing; null where it is no text. */
export function readSelection(containers: TextContainers): TextSelection | null {
  const selection = document.getSelection();
  if (!selection || selection.isCollapsed || selection.rangeCount === 0) return null;
  const range = selection.getRangeAt(0);
  // A selection may begin or end beside the text: it counts for the text that it begins in, else for the one it ends in.
  // One that begins in a mirror has only that, because the rest of the page comes before it in the document.
  const { anchorNode } = selection;
  const isInMirror = anchorNode !== null && textAround(anchorNode)?.dataset.mirror !== undefined;
  for (const node of isInMirror ? [anchorNode] : [range.startContainer, range.endContainer]) {
    const shownIn = textAround(node);
    const section = shownIn?.dataset.section ?? shownIn?.dataset.mirror ?? '';
    const container = containers.get(section);
    const span = shownIn && container && spanOf(shownIn, range);
    if (span)
      return { container, shownIn, section, ...span, exact: sliceOf(container, span.start, span.end) };
  }
  return null;
}

/** The text container or the mirror that a node is in. */
function textAround(node: Node): HTMLElement | null {
  const element = node instanceof Element ? node : node.parentElement;
  return containerOf(node) ?? element?.closest<HTMLElement>('[data-mirror]') ?? null;
}
