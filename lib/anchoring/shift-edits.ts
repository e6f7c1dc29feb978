import { markKept } from './common-runs';
import type { NormalizedText } from './normalize';
import type { SymbolMapping } from './symbol-mapping';

const LINE_FEED = 0x0a;

/**
 * Shifts insertions and deletions to natural boundaries. `ab[ab]c` and `a[ba]bc` make the same text of the same text:
 * a diff takes either, a person edits whole lines, sentences and words. Only an insertion or a deletion alone between
 * kept symbols is shifted. This is diff-match-patch's `diff_cleanupSemanticLossless` for a map of symbols.
 */
export function shiftEdits({ before, after, map }: SymbolMapping): void {
  const kept = markKept(map, after.symbols.length);
  for (let i = 0; i <= map.length; i++) {
    const last = i === 0 ? -1 : (map[i - 1] as number);
    if (last < 0 && i > 0) continue;
    let next = i;
    while (map[next] === -1) next++;
    const place = map[next] ?? after.symbols.length;
    const room = place - last - 1;
    if (next > i && room === 0) shiftDeletion(before, map, i, next);
    else if (next === i && room > 0 && !kept.subarray(last + 1, place).includes(1))
      shiftInsertion(after, map, i, last + 1, place);
    i = next;
  }
}

/** Shifts the deletion of `[from, to)` of the old text. */
function shiftDeletion(before: NormalizedText, map: Int32Array, from: number, to: number): void {
  const by = bestShift(before, from, to, reachOf(map, from - 1, -1), reachOf(map, to, 1));
  for (let k = 0; k < by; k++) {
    map[from + k] = map[to + k] as number;
    map[to + k] = -1;
  }
  for (let k = 0; k < -by; k++) {
    map[to - 1 - k] = map[from - 1 - k] as number;
    map[from - 1 - k] = -1;
  }
}

/** Shifts the insertion of `[from, to)` of the new text, before symbol `at` of the old one. */
function shiftInsertion(after: NormalizedText, map: Int32Array, at: number, from: number, to: number): void {
  const by = bestShift(after, from, to, reachOf(map, at - 1, -1), reachOf(map, at, 1));
  for (let k = 0; k < by; k++) map[at + k] = from + k;
  for (let k = 0; k < -by; k++) map[at - 1 - k] = to - 1 - k;
}

/** How many symbols after `at` are kept in a row: so far an edit can be shifted over them. */
function reachOf(map: Int32Array, at: number, side: 1 | -1): number {
  let reach = 0;
  while (map[at + side * (reach + 1)] === (map[at] as number) + side * (reach + 1)) reach++;
  return reach;
}

/**
 * By how many symbols `[from, to)` is best shifted, to the left where negative. Of equally good shifts the rightmost:
 * a repetition was inserted after what it repeats.
 */
function bestShift(text: NormalizedText, from: number, to: number, left: number, right: number): number {
  const { symbols } = text;
  let least = 0;
  while (-least < left && symbols[from + least - 1] === symbols[to + least - 1]) least--;
  let [best, most] = [least, -1];
  for (
    let by = least;
    by === least || (by <= right && (by <= 0 || symbols[from + by - 1] === symbols[to + by - 1]));
    by++
  ) {
    const score = boundaryScore(text, from + by) + boundaryScore(text, to + by);
    if (score >= most) [best, most] = [by, score];
  }
  return best;
}

/** How natural a boundary before symbol `at` is: 5 between lines, 3 after a sentence, 2 between words, 0 in one. */
function boundaryScore({ symbols, starts, codePoints }: NormalizedText, at: number): number {
  const [before, after] = [symbols[at - 1], symbols[at]];
  if (before === undefined || after === undefined) return 5;
  const isLineFeed = (symbol: number) => codePoints[starts[symbol] as number] === LINE_FEED;
  if (isLineFeed(at - 1)) return 5;
  if (isLineFeed(at)) return 4;
  if (before === ' ') return /[.!?;:。]/.test(symbols[at - 2] ?? '') ? 3 : 2;
  if (after === ' ') return 2;
  return /[\p{L}\p{N}]/u.test(before) && /[\p{L}\p{N}]/u.test(after) ? 0 : 1;
}
