/** Decides which paragraphs of a page are folded in the margin. Pure. */
import { isUnanswered } from '../data/filter-threads';
import type { BlockLayout } from '../text/layout';
import { firstIndex, type TextBlock } from '../text/text-position';
import type { MarginPlan, NotedParagraph } from './margin-plan';
import type { PlacedThread } from './thread-locations';

/** A paragraph of more threads than this is folded into one line. */
export const MOST_CARDS = 6;
/** Heights that are expected of a closed card and of a folded paragraph, with the gaps after them, in pixels. */
export const CARD_HEIGHT = 92;
export const STUB_HEIGHT = 48;
/** Pixels that cards may be pushed below their paragraph before it is folded as well. */
const MOST_DRIFT = 420;

/** The plan for the threads of a page, given by section in the order of the text, on its measured layout. */
export function planMargin(
  placedBySection: ReadonlyMap<string, readonly PlacedThread[]>,
  layout: ReadonlyMap<string, BlockLayout>,
): MarginPlan {
  const paragraphs: NotedParagraph[] = [];
  let free = Number.NEGATIVE_INFINITY;
  for (const [section, { blocks, tops }] of layout) {
    const here = placedBySection.get(section) ?? [];
    for (const [i, places] of splitByBlock(blocks, here).entries()) {
      if (places.length === 0) continue;
      const block = blocks[i]!;
      const from = Math.max(free, tops[i]!);
      const isFolded = isTooMany(places.length, from - tops[i]!);
      const lead = isFolded ? leadOf(places) : null;
      free = from + (isFolded ? STUB_HEIGHT + (lead ? CARD_HEIGHT : 0) : places.length * CARD_HEIGHT);
      paragraphs.push({ id: block.id, section, block, places, isFolded, lead });
    }
  }
  return {
    paragraphs,
    byId: new Map(paragraphs.map((paragraph) => [paragraph.id, paragraph])),
    quiet: new Set(paragraphs.flatMap(quietRoots)),
  };
}

/** Whether a paragraph is folded, that has `count` threads and whose cards begin `drift` pixels below its top. */
function isTooMany(count: number, drift: number): boolean {
  return count > MOST_CARDS || (count > 1 && drift > MOST_DRIFT);
}

/** The threads that begin in each block; both are in the order of the text. */
function splitByBlock(blocks: readonly TextBlock[], places: readonly PlacedThread[]): PlacedThread[][] {
  let from = 0;
  return blocks.map((block) => {
    const to = from + firstIndex(places.length - from, (i) => places[from + i]!.start >= block.end);
    const here = places.slice(from, to);
    from = to;
    return here;
  });
}

function leadOf(places: readonly PlacedThread[]): PlacedThread | null {
  return (
    newest(places.filter(({ root }) => root.endorsed)) ??
    newest(places.filter(({ root }) => root.kind === 'question' && !root.isTombstone))
  );
}

function newest(places: readonly PlacedThread[]): PlacedThread | null {
  let found: PlacedThread | null = null;
  for (const place of places) if (!found || place.root.created >= found.root.created) found = place;
  return found;
}

/** Of a folded paragraph one's own notes, questions that wait for an answer, and the lead keep their lines. */
function quietRoots({ isFolded, places, lead }: NotedParagraph): string[] {
  if (!isFolded) return [];
  const quiet = places.filter((place) => place !== lead && !place.root.mine && !isUnanswered(place.thread));
  return quiet.map(({ root }) => root.id);
}
