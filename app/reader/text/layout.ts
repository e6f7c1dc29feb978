/** Measures where passages are in the document. Only this and the hit test read the layout. */
import { blocksOf, firstIndex, rangeOf, type TextBlock, type TextSpan } from './text-position';

/** The exact top of a passage in the document, in pixels. */
export function topOf(container: HTMLElement, { start, end }: TextSpan): number {
  const rect = rangeOf(container, start, Math.min(end, start + 1))?.getBoundingClientRect();
  return (rect ?? container.getBoundingClientRect()).top + window.scrollY;
}

/** Cached positions of a text's blocks in the document, in pixels; read together to avoid forced reflows. */
export interface BlockLayout {
  blocks: readonly TextBlock[];
  tops: readonly number[];
  bottoms: readonly number[];
}

/** Measures the blocks of a text. */
export function measureBlocks(container: HTMLElement): BlockLayout {
  const blocks = blocksOf(container);
  const rects = blocks.map(({ element }) => element.getBoundingClientRect());
  const { scrollY } = window;
  return {
    blocks,
    tops: rects.map(({ top }) => top + scrollY),
    bottoms: rects.map(({ bottom }) => bottom + scrollY),
  };
}

/** Fast estimates of the tops of many passages, interpolated in the blocks that they begin in. */
export function estimateTops({ blocks, tops, bottoms }: BlockLayout, spans: readonly TextSpan[]): number[] {
  let i = 0;
  return spans.map(({ start }) => {
    // Mostly the spans are in text order, so the search continues where the last one ended.
    if (start < (blocks[i]?.start ?? 0)) i = 0;
    while (i < blocks.length - 1 && blocks[i]!.end < start) i++;
    const block = blocks[i];
    if (!block) return 0;
    const part = (start - block.start) / Math.max(1, block.end - block.start);
    return tops[i]! + (bottoms[i]! - tops[i]!) * part;
  });
}

/** The part of a text between two heights of the document, in whole blocks. */
export function spanBetween({ blocks, tops, bottoms }: BlockLayout, top: number, bottom: number): TextSpan {
  const { length } = blocks;
  const first = blocks[firstIndex(length, (i) => bottoms[i]! > top)];
  const last = blocks[firstIndex(length, (i) => tops[i]! >= bottom) - 1];
  return first && last ? { start: first.start, end: Math.max(first.start, last.end) } : { start: 0, end: 0 };
}

/** The offset of a text at a height of the document, or nearest to it; interpolated in its block. */
export function offsetNear({ blocks, tops, bottoms }: BlockLayout, height: number): number {
  const i = Math.min(
    firstIndex(blocks.length, (at) => bottoms[at]! > height),
    blocks.length - 1,
  );
  const { start, end } = blocks[i] ?? { start: 0, end: 0 };
  const part = (height - tops[i]!) / (bottoms[i]! - tops[i]!) || 0;
  return Math.round(start + Math.min(1, Math.max(0, part)) * (end - start));
}

/** Scrolls to a passage, unless it is in view and not covered by the sheet of a narrow screen. */
export function scrollToPassage(container: HTMLElement, span: TextSpan): void {
  const top = topOf(container, span) - window.scrollY;
  const lowest = window.innerWidth < 1088 ? 0.4 : 0.85;
  if (top > 60 && top < window.innerHeight * lowest) return;
  window.scrollTo({ top: top + window.scrollY - window.innerHeight / 4, behavior: 'instant' });
}
