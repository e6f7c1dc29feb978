import { estimateTops, measureGround } from '../text/layout';
import { bySection, type Placed } from './store';

/** The next place in the text from the `active` one, else from the top of what is seen. */
export function nextPlace(
  placed: readonly Placed[],
  roots: ReadonlyMap<string, HTMLElement>,
  active: string | null,
  forward: boolean,
): Placed | undefined {
  const at = placed.findIndex(({ root }) => root.id === active);
  if (at !== -1) return placed[at + (forward ? 1 : -1)];
  const tops = new Map<Placed, number>();
  const firsts = bySection(placed);
  for (const [section, root] of roots) {
    const here = firsts.get(section) ?? [];
    for (const [i, top] of estimateTops(measureGround(root), here).entries()) tops.set(here[i]!, top);
  }
  const seen = (place: Placed) => (tops.get(place) ?? 0) >= window.scrollY + 40;
  return forward ? placed.find(seen) : placed.findLast((place) => !seen(place));
}
