import type { DivisionNode } from '../tei/body-state';
import type { Block } from '../tei/flow';

/** How long a page is to be, in code points. */
export type PageBounds = { shortest: number; longest: number };

export const PAGE_BOUNDS: PageBounds = { shortest: 5_000, longest: 60_000 };

/** The bounds of pages of at most `longest` code points: short parts share a page up to a quarter of that. */
export function pageBounds(longest: number): PageBounds {
  return { longest, shortest: Math.min(PAGE_BOUNDS.shortest, Math.ceil(longest / 4)) };
}

/** A page of a text: blocks `[from, to)`. */
export type PageCut = { from: number; to: number };

/** Up to so many divisions at the top are a page each, however short they are. */
const FEW_DIVISIONS = 12;
/** A heading or a title before a division goes on its page: code points. */
const SHORT_LEAD = 1_000;

type Start = { length: number; isTop: boolean; isAround: boolean };

/**
 * Cuts a text into pages: a division is one page where it is not too long, else its parts are; short parts that follow one
 * another share a page. Only a part without divisions that is too long is cut between its paragraphs, and never inside a
 * table, a list or a speech that would fit.
 *
 * @param isFixed says whether a page began with this block and the next one in an earlier revision: then one does again.
 */
export function paginate(
  blocks: readonly Block[],
  divisions: readonly DivisionNode[],
  { shortest, longest }: PageBounds = PAGE_BOUNDS,
  isFixed: (block: Block, next: Block | undefined) => boolean = () => false,
): PageCut[] {
  const ends = new Float64Array(blocks.length + 1);
  for (const [i, block] of blocks.entries()) ends[i + 1] = (ends[i] as number) + block.length + 1;
  const lengthOf = (from: number, to: number) => (ends[to] as number) - (ends[from] as number);

  const starts = new Map<number, Start>();
  const areFew =
    divisions.length <= FEW_DIVISIONS || lengthOf(0, blocks.length) / divisions.length >= shortest / 2;
  const isLong = lengthOf(0, blocks.length) > longest;
  /** The divisions with which a page may begin: those at the top, and the parts of those that are too long. */
  const collect = (list: readonly DivisionNode[], isTop: boolean): void => {
    for (const division of list) {
      if (division.from >= division.to || !division.isOpenGround) continue;
      const length = lengthOf(division.from, division.to);
      if (!starts.has(division.from))
        starts.set(division.from, { length, isTop, isAround: division.isAround });
      if (length > longest) collect(division.children, false);
    }
  };
  if (areFew || isLong) collect(divisions, areFew);

  /** For each block, the next with which a part begins that may have a page. */
  const nextStarts = new Uint32Array(blocks.length);
  for (let at = blocks.length - 1, next = blocks.length; at >= 0; at--) {
    nextStarts[at] = next;
    if (starts.has(at)) next = at;
  }

  const cuts: PageCut[] = [];
  let from = 0;
  let hasDivision = false;
  let isAround = false;
  const cut = (to: number): void => {
    if (to > from) cuts.push({ from, to });
    from = to;
    hasDivision = false;
  };
  for (let at = 0; at < blocks.length; at++) {
    const block = blocks[at] as Block;
    const written = lengthOf(from, at);
    const start = starts.get(at);
    if (written >= SHORT_LEAD && isBetweenContainers(blocks, at) && isFixed(block, blocks[at + 1])) cut(at);
    else if (start && written > 0) {
      // A title page and a dedication are one page.
      const isLead = written < SHORT_LEAD && (!hasDivision || (isAround && start.isAround));
      const isFull = written >= shortest || written + start.length > longest;
      if (!isLead && (start.isTop || isFull)) cut(at);
    } else if (written > 0) {
      const limit = limitOf(at, from);
      if (written + block.length > limit && (isBetweenContainers(blocks, at) || written > limit * 1.5))
        cut(at);
    }
    if (start) {
      hasDivision = true;
      isAround = start.isAround;
    }
  }
  cut(blocks.length);
  return cuts;

  /** How long the page that begins at `begin` may get: a part that needs several pages is cut into equal ones. */
  function limitOf(at: number, begin: number): number {
    const rest = lengthOf(begin, nextStarts[at] as number);
    return Math.ceil(rest / Math.ceil(rest / longest));
  }
}

function isBetweenContainers(blocks: readonly Block[], at: number): boolean {
  const before = blocks[at - 1]?.containers[0]?.key;
  const after = blocks[at]?.containers[0]?.key;
  return after === undefined || before !== after;
}
