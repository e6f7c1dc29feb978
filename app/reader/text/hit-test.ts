/** Finds the character of a text under a point of the window. */
import { offsetOf, rangeOf } from './text-position';

export interface Hit {
  container: HTMLElement;
  /** Offset of the character in code points. */
  offset: number;
}

interface Caret {
  node: Node;
  offset: number;
}

/** The text container that a node is in. */
export function containerOf(node: Node | null): HTMLElement | null {
  const element = node instanceof Element ? node : (node?.parentElement ?? null);
  return element?.closest<HTMLElement>('[data-section][data-edition]') ?? null;
}

/** The character at a point; null beside the text. */
export function hitTest(x: number, y: number): Hit | null {
  const caret = caretAt(x, y);
  const container = caret && containerOf(caret.node);
  if (!caret || !container) return null;
  const inCorrection = caret.node.parentElement?.closest('.corr');
  const offset = offsetOf(container, caret.node, caret.offset);
  if (offset === null) return null;
  if (inCorrection) return holdsPoint(inCorrection.getClientRects(), x, y) ? { container, offset } : null;
  // The caret position is the nearest gap, even far from any word: the character is before it or after it.
  for (const start of [offset, offset - 1]) {
    const range = start >= 0 ? rangeOf(container, start, start + 1) : null;
    if (range && holdsPoint(range.getClientRects(), x, y)) return { container, offset: start };
  }
  return null;
}

function caretAt(x: number, y: number): Caret | null {
  if (document.caretPositionFromPoint) {
    const position = document.caretPositionFromPoint(x, y);
    return position && { node: position.offsetNode, offset: position.offset };
  }
  // Safari before 18.4 has only the older method.
  const range = document.caretRangeFromPoint(x, y);
  return range && { node: range.startContainer, offset: range.startOffset };
}

function holdsPoint(rects: DOMRectList, x: number, y: number): boolean {
  return Array.from(rects).some((r) => x >= r.left && x <= r.right && y >= r.top - 2 && y <= r.bottom + 2);
}
