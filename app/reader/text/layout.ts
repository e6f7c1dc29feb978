/** Where passages stand on the screen: the only readers of layout besides the hit test. */
import { type Block, blocksOf, firstIndex, rangeOf, type TextSpan } from './text-position';

/** Top of a passage in the document, exactly. */
export function topOf(container: HTMLElement, { start, end }: TextSpan): number {
  const rect = rangeOf(container, start, Math.min(end, start + 1))?.getBoundingClientRect();
  return (rect ?? container.getBoundingClientRect()).top + window.scrollY;
}

/** Where the blocks of a text stand in the document, in pixels: all read in one go, so that nobody asks again. */
export interface BlockLayout {
  blocks: readonly Block[];
  tops: readonly number[];
  bottoms: readonly number[];
  rights: readonly number[];
}

/** Reads where a text's blocks stand. */
export function measureBlocks(container: HTMLElement): BlockLayout {
  const blocks = blocksOf(container);
  const rects = blocks.map(({ element }) => element.getBoundingClientRect());
  const { scrollX, scrollY } = window;
  return {
    blocks,
    tops: rects.map(({ top }) => top + scrollY),
    bottoms: rects.map(({ bottom }) => bottom + scrollY),
    rights: rects.map(({ right }) => right + scrollX),
  };
}

/** A quick estimate of the tops of many passages, from the heights of the blocks that they begin in. */
export function estimateTops({ blocks, tops, bottoms }: BlockLayout, spans: readonly TextSpan[]): number[] {
  let i = 0;
  return spans.map(({ start }) => {
    // Spans come in the order of the text, mostly.
    if (start < (blocks[i]?.start ?? 0)) i = 0;
    while (i < blocks.length - 1 && blocks[i]!.end < start) i++;
    const block = blocks[i];
    if (!block) return 0;
    const part = (start - block.start) / Math.max(1, block.end - block.start);
    return tops[i]! + (bottoms[i]! - tops[i]!) * part;
  });
}

/** The part of a text that stands between two heights of the document, by whole blocks. */
export function spanBetween({ blocks, tops, bottoms }: BlockLayout, top: number, bottom: number): TextSpan {
  const { length } = blocks;
  const first = blocks[firstIndex(length, (i) => bottoms[i]! > top)];
  const last = blocks[firstIndex(length, (i) => tops[i]! >= bottom) - 1];
  return first && last ? { start: first.start, end: Math.max(first.start, last.end) } : { start: 0, end: 0 };
}

/** The offset of a text that stands at a height of the document, or nearest to it. */
export function offsetNear({ blocks, tops, bottoms }: BlockLayout, height: number): number {
  const i = Math.min(
    firstIndex(blocks.length, (at) => bottoms[at]! > height),
    blocks.length - 1,
  );
  const { start, end } = blocks[i] ?? { start: 0, end: 0 };
  const part = (height - tops[i]!) / (bottoms[i]! - tops[i]!) || 0;
  return Math.round(start + Math.min(1, Math.max(0, part)) * (end - start));
}

/** Bring a passage into view, unless it is in view already and not under the sheet of a narrow screen. */
export function scrollToPassage(container: HTMLElement, span: TextSpan): void {
  const top = topOf(container, span) - window.scrollY;
  const lowest = window.innerWidth < 1088 ? 0.4 : 0.85;
  if (top > 60 && top < window.innerHeight * lowest) return;
  window.scrollTo({ top: top + window.scrollY - window.innerHeight / 4, behavior: 'instant' });
}
