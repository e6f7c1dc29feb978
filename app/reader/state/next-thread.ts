import { estimateTops, measureBlocks } from '../text/layout';
import { groupBySection, type PlacedThread } from './store';

/** The next place in the text from the `active` one, else from the top of what is seen. */
export function nextThread(
  placed: readonly PlacedThread[],
  roots: ReadonlyMap<string, HTMLElement>,
  active: string | null,
  forward: boolean,
): PlacedThread | undefined {
  const at = placed.findIndex(({ root }) => root.id === active);
  if (at !== -1) return placed[at + (forward ? 1 : -1)];
  const tops = new Map<PlacedThread, number>();
  const firsts = groupBySection(placed);
  for (const [section, root] of roots) {
    const here = firsts.get(section) ?? [];
    for (const [i, top] of estimateTops(measureBlocks(root), here).entries()) tops.set(here[i]!, top);
  }
  const seen = (place: PlacedThread) => (tops.get(place) ?? 0) >= window.scrollY + 40;
  return forward ? placed.find(seen) : placed.findLast((place) => !seen(place));
}
