/** Where passages stand on the screen: the only readers of layout besides the hit test. */
import { blocksOf, rangeOf, type Span } from './position';

/** Top of a passage in the document, exactly. */
export function topOf(root: HTMLElement, { start, end }: Span): number {
  const rect = rangeOf(root, start, Math.min(end, start + 1))?.getBoundingClientRect();
  return (rect ?? root.getBoundingClientRect()).top + window.scrollY;
}

/** A quick estimate of the tops of many passages, from the heights of the blocks that they begin in. */
export function estimateTops(root: HTMLElement, spans: readonly Span[]): number[] {
  const blocks = blocksOf(root);
  let i = 0;
  let measured = -1;
  let [top, height] = [0, 0];
  return spans.map(({ start }) => {
    // Spans come in the order of the text, mostly.
    if (start < (blocks[i]?.start ?? 0)) i = 0;
    while (i < blocks.length - 1 && blocks[i]!.end < start) i++;
    const block = blocks[i];
    if (!block) return 0;
    if (measured !== i) {
      const rect = block.element.getBoundingClientRect();
      [top, height, measured] = [rect.top + window.scrollY, rect.height, i];
    }
    return top + (height * (start - block.start)) / Math.max(1, block.end - block.start);
  });
}

/** The part of a text that stands between two heights of the document, by whole blocks. */
export function spanBetween(root: HTMLElement, top: number, bottom: number): Span {
  const blocks = blocksOf(root);
  const edge = (isPast: (rect: DOMRect) => boolean) => {
    let low = 0;
    for (let high = blocks.length; low < high; ) {
      const middle = (low + high) >> 1;
      if (isPast(blocks[middle]!.element.getBoundingClientRect())) high = middle;
      else low = middle + 1;
    }
    return low;
  };
  const first = blocks[edge((rect) => rect.bottom + window.scrollY > top)];
  const last = blocks[edge((rect) => rect.top + window.scrollY >= bottom) - 1];
  return first && last ? { start: first.start, end: Math.max(first.start, last.end) } : { start: 0, end: 0 };
}

/** Bring a passage into view, unless it is in view already and not under the sheet of a narrow screen. */
export function scrollToPassage(root: HTMLElement, span: Span): void {
  const top = topOf(root, span) - window.scrollY;
  const lowest = window.innerWidth < 1088 ? 0.4 : 0.85;
  if (top > 60 && top < window.innerHeight * lowest) return;
  window.scrollTo({ top: top + window.scrollY - window.innerHeight / 4, behavior: 'instant' });
}
