import type { Difference } from './difference';
import { symbolAt } from './fold';

/** Where a passage stands in the new text, in code points: word for word where it was, elsewhere, or changed. */
export type Place =
  | { state: 'exact' | 'moved' | 'fuzzy'; start: number; end: number }
  | { state: 'orphaned' };

/** Symbols on each side of a passage that speak for it. */
const CONTEXT = 32;

/**
 * Follows the passage `[start, end)` (code points of the old text) through the difference, and holds its words and
 * its surroundings against what is found there. In doubt it is orphaned: nothing is guessed.
 */
export function reanchor(difference: Difference, start: number, end: number): Place {
  const { map, before, after } = difference;
  const from = symbolAt(before, start);
  const to = symbolAt(before, end - 1) + 1;
  const kept = keptTogether(map, from, to);
  if (!kept) return { state: 'orphaned' };
  const begin = edgeOf(difference, from, kept.first, -1);
  const finish = edgeOf(difference, to - 1, kept.last, 1) + 1;
  const evidence = {
    width: to - from,
    kept: kept.count / (to - from),
    likeness: kept.count / Math.max(to - from, finish - begin),
    left: contextKept(map, from - 1, begin - 1, -1),
    right: contextKept(map, to, finish, 1),
  };
  if (!isBelievable(evidence)) return { state: 'orphaned' };
  const place = { start: after.starts[begin] as number, end: after.starts[finish] as number };
  if (!sameWords(difference, start, end, place)) return { state: 'fuzzy', ...place };
  return { state: place.start === start ? 'exact' : 'moved', ...place };
}

function sameWords(
  { before, after }: Difference,
  start: number,
  end: number,
  place: { start: number; end: number },
) {
  if (place.end - place.start !== end - start) return false;
  for (let k = 0; k < end - start; k++) {
    if (before.codePoints[start + k] !== after.codePoints[place.start + k]) return false;
  }
  return true;
}

type Kept = { first: number; last: number; count: number };

/** Of the symbols in `[from, to)` that are kept, those that stay together in the new text; the largest such part. */
function keptTogether(map: Int32Array, from: number, to: number): Kept | null {
  const apart = 20 + (to - from);
  let best: Kept | null = null;
  let part: Kept | null = null;
  for (let i = from; i < to; i++) {
    const place = map[i] as number;
    if (place < 0) continue;
    const step: number = part === null ? 0 : place - (map[part.last] as number);
    const joins: boolean = part !== null && step > 0 && step <= apart;
    part = { first: joins && part ? part.first : i, last: i, count: joins && part ? part.count + 1 : 1 };
    if (best === null || part.count > best.count) best = part;
  }
  return best;
}

/**
 * The new edge of a passage whose outermost symbols up to `kept` were lost: what stands in their place between the
 * symbols that are kept on both sides. `at` is the old edge, `side` where it looks.
 */
function edgeOf({ map, after }: Difference, at: number, kept: number, side: 1 | -1): number {
  const place = map[kept] as number;
  const lost = Math.abs(kept - at);
  if (lost === 0) return place;
  let outside = at + side;
  while (map[outside] === -1 && Math.abs(outside - at) < CONTEXT) outside += side;
  const ends = outside < 0 || outside >= map.length;
  const beyond = ends ? (side < 0 ? -1 : after.symbols.length) : (map[outside] as number);
  const room = (beyond - place) * side - 1;
  // What lies beyond was lost as well, or went elsewhere: then nothing says how far the passage reaches.
  if (room <= 0 || (beyond < 0 && !ends)) return place;
  const lostOutside = Math.abs(outside - at) - 1;
  const share = lostOutside === 0 ? room : Math.round((room * lost) / (lost + lostOutside));
  return place + side * Math.min(share, lost + 2 + Math.floor(lost / 2));
}

/** How much of the context on one side still stands beside the passage, 0 to 1; what is nearer counts for more. */
function contextKept(map: Int32Array, at: number, place: number, side: 1 | -1): number {
  let [kept, whole] = [0, 0];
  for (let k = 0; k < CONTEXT && at + side * k >= 0 && at + side * k < map.length; k++) {
    const weight = 1 / (k + 4);
    const now = map[at + side * k] as number;
    whole += weight;
    if (now >= 0 && Math.abs(now - (place + side * k)) <= 3 + k / 2) kept += weight;
  }
  return whole === 0 ? 1 : kept / whole;
}

type Evidence = { width: number; kept: number; likeness: number; left: number; right: number };

/** The shorter a passage, and the less of it is left, the more its surroundings must say for it. */
function isBelievable({ width, kept, likeness, left, right }: Evidence): boolean {
  const context = 0.6 * Math.max(left, right) + 0.4 * Math.min(left, right);
  if (likeness > 0.999) return width >= 40 || context >= 0.25;
  // All its words are there, and others between them.
  if (kept > 0.95 && width >= 4 && likeness >= 0.25) return context >= 0.7;
  if (width < 12) return likeness >= 0.65 && context >= (width < 4 ? 0.75 : 0.5);
  return likeness >= 0.75 || (likeness >= 0.45 && context >= 0.5);
}
