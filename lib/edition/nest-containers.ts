import type { Container, Paragraph } from './schema';

/** A paragraph, or what encloses several of them. */
export type NestedBlock<T> =
  | { type: 'block'; block: T }
  | { type: 'container'; container: Container; children: NestedBlock<T>[] };

/** Elements inside one another, at most: browsers nest some 500. */
const MOST_CONTAINERS = 60;

/**
 * Groups the paragraphs of a section by what encloses them. The leaves, in order, are `blocks`; neighbours that share a
 * container are in one node of it. Containers deeper than a browser nests are left out.
 */
export function nestContainers<T extends { paragraph: Paragraph }>(blocks: T[]): NestedBlock<T>[] {
  const root: NestedBlock<T>[] = [];
  let open: { key: number; children: NestedBlock<T>[] }[] = [];
  for (const block of blocks) {
    const containers = block.paragraph.containers.slice(0, MOST_CONTAINERS);
    let shared = 0;
    while (shared < open.length && open[shared]?.key === containers[shared]?.key) shared++;
    open = open.slice(0, shared);
    for (const container of containers.slice(shared)) {
      const children: NestedBlock<T>[] = [];
      (open.at(-1)?.children ?? root).push({ type: 'container', container, children });
      open.push({ key: container.key, children });
    }
    (open.at(-1)?.children ?? root).push({ type: 'block', block });
  }
  return root;
}
