/** How the margin shows the threads of each paragraph: as cards, or folded into one line. Pure. */
import type { BlockLayout } from '../text/layout';
import type { TextBlock } from '../text/text-position';
import type { PlacedThread } from './thread-locations';

/** A paragraph with the threads that begin in it. */
export interface NotedParagraph {
  /** The id of its block. */
  id: string;
  section: string;
  block: TextBlock;
  /** In the order of their passages. */
  places: readonly PlacedThread[];
  /** Whether it is folded: the column has no room for all of its cards. */
  isFolded: boolean;
  /** The thread whose card stands under a folded paragraph: the one endorsed last, else its newest question. */
  lead: PlacedThread | null;
}

export interface MarginPlan {
  paragraphs: readonly NotedParagraph[];
  byId: ReadonlyMap<string, NotedParagraph>;
  /** Roots of the threads of folded paragraphs whose lines are not drawn under the words. */
  quiet: ReadonlySet<string>;
}

export const NO_PLAN: MarginPlan = { paragraphs: [], byId: new Map(), quiet: new Set() };

/** Plans the margin for the threads of a page, given by section in the order of the text, on its measured layout. */
export type PlanMargin = (
  placedBySection: ReadonlyMap<string, readonly PlacedThread[]>,
  layout: ReadonlyMap<string, BlockLayout>,
) => MarginPlan;

/** Number of the questions among threads. */
export function countQuestions(places: readonly PlacedThread[]): number {
  return places.filter(({ root }) => root.kind === 'question').length;
}
