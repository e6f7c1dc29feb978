import type { Element, ElementContent, Root } from 'hast';
import { END_MARK, START_MARK } from './gutenberg';
import { isElement, leaveOut, leftOut, propertyOf, textOf } from './source-tree';

/** The containers in which newer Gutenberg files have head and licence. */
const CONTAINER_ID = /^pg-(?:header|footer|machine-header|start-separator|end-separator)$/;

/**
 * Leaves out the head and licence that Project Gutenberg puts around a book: elements with its ids, or all that stands
 * before its START and after its END line.
 */
export function leaveOutGutenberg(root: Root): void {
  const text = textOf(root);
  if (!START_MARK.test(text) && !END_MARK.test(text) && !hasContainer(root)) return;
  markContainers(root);
  const path = pathTo(root, START_MARK);
  if (path) cutAt(path, START_MARK, 'before');
  const end = pathTo(root, END_MARK);
  if (end) cutAt(end, END_MARK, 'after');
}

function hasContainer(node: Root | Element): boolean {
  return node.children.some(
    (child) => isElement(child) && (CONTAINER_ID.test(propertyOf(child, 'id') ?? '') || hasContainer(child)),
  );
}

function markContainers(node: Root | Element): void {
  for (const child of node.children) {
    if (!isElement(child) || child.data?.leftOut) continue;
    if (CONTAINER_ID.test(propertyOf(child, 'id') ?? '')) leaveOut(child, REASON);
    else markContainers(child);
  }
}

const REASON = 'gutenberg-licence';

/** The elements from the root to the text with a mark, that text last; null where there is none. */
function pathTo(root: Root, mark: RegExp): (Root | Element | ElementContent)[] | null {
  const visit = (node: Root | Element): (Root | Element | ElementContent)[] | null => {
    for (const child of node.children) {
      if (child.type === 'text' && mark.test(child.value)) return [node, child];
      if (!isElement(child) || child.data?.leftOut) continue;
      const below = visit(child);
      if (below) return [node, ...below];
    }
    return null;
  };
  return visit(root);
}

/** Leaves out all that stands before the mark, or after it, on each level of the path; the mark itself too. */
function cutAt(path: (Root | Element | ElementContent)[], mark: RegExp, side: 'before' | 'after'): void {
  for (let level = 0; level + 1 < path.length; level++) {
    const parent = path[level] as Root | Element;
    const child = path[level + 1] as ElementContent;
    const at = parent.children.indexOf(child);
    parent.children = parent.children.flatMap((node, i): ElementContent[] => {
      if (node.type !== 'text' && !isElement(node)) return [];
      if (i !== at) return (side === 'before' ? i < at : i > at) ? [leaveNode(node)] : [node];
      if (node.type !== 'text') return [node];
      const match = mark.exec(node.value);
      const cut = !match ? 0 : side === 'before' ? match.index + match[0].length : match.index;
      const [start, rest] = [node.value.slice(0, cut), node.value.slice(cut)];
      const position = node.position ?? parent.position;
      return side === 'before'
        ? [leaveNode({ type: 'text', value: start, position }), { type: 'text', value: rest }]
        : [{ type: 'text', value: start }, leaveNode({ type: 'text', value: rest, position })];
    });
  }
}

function leaveNode(node: ElementContent): ElementContent {
  if (isElement(node)) {
    if (!node.data?.leftOut) leaveOut(node, REASON);
    return node;
  }
  const span = leftOut(REASON, [node]);
  span.position = node.position;
  return span;
}
