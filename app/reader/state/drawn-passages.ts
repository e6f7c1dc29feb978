/** Which passages have a line under their words. Pure. */
import type { HighlightChoice } from '../data/highlight-choice';
import type { MarginPlan } from './margin-plan';
import type { ReaderState } from './reducer';
import type { PlacedThread } from './thread-locations';

/**
 * Whether a thread's words are marked: not where the reader chose so, and not in a folded paragraph, where the lines of
 * dozens would be read as one; those of an opened paragraph that are listed in the margin are marked.
 */
export function isDrawn(
  { root }: Pick<PlacedThread, 'root'>,
  highlights: HighlightChoice,
  plan: MarginPlan,
  listed: ReadonlySet<string>,
): boolean {
  if (highlights === 'none') return false;
  if (highlights === 'mine') return root.mine;
  return !plan.quiet.has(root.id) || listed.has(root.id);
}

/** The roots of the threads that an opened paragraph lists. */
export function listedRoots(plan: MarginPlan, unfolded: ReaderState['unfolded']): ReadonlySet<string> {
  const places = unfolded ? (plan.byId.get(unfolded.paragraph)?.places ?? []) : [];
  return new Set(places.slice(0, unfolded?.limit).map(({ root }) => root.id));
}
