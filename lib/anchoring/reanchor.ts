import { symbolIndexAt } from './normalize';
import { edgesOf, isInWord, type Kept } from './passage-edges';
import type { TextDiff } from './text-diff';

/** Where a passage is in the new text, in code points: `exact` in its place, `moved`, or `fuzzy` with other words. */
export type ReanchorResult =
  | { state: 'exact' | 'moved' | 'fuzzy'; start: number; end: number }
  | { state: 'orphaned' };

/** Symbols on each side of a passage that are its context. */
const CONTEXT = 32;
/** A passage of fewer symbols may be met by chance. */
const SHORT = 12;
/** A passage of so many symbols needs no context. */
const DISTINCT = 40;
/** The share of the context on each side that says that a changed word between is the same. */
const NEIGHBOURS = 0.9;

/**
 * Follows the passage `[start, end)` (code points of the old text) through the difference, and compares its words and
 * its context with what is found there. In doubt it is orphaned, never guessed. A point between two characters, where
 * `start` is `end`, is followed by what stands beside it.
 */
export function reanchor(difference: TextDiff, start: number, end: number): ReanchorResult {
  const { map, before, after } = difference;
  if (start === end) return followPoint(difference, start);
  const from = symbolIndexAt(before, start);
  const to = symbolIndexAt(before, end - 1) + 1;
  const kept = keptTogether(map, from, to);
  if (!kept) return { state: 'orphaned' };
  const { begin, finish } = edgesOf(difference, from, to, kept);
  const evidence = {
    width: to - from,
    kept: kept.count / (to - from),
    likeness: kept.count / Math.max(to - from, finish - begin),
    inPlace: sameInPlace(difference, from, to, begin, finish),
    keepsWords: cutsWord(before.symbols, from, to) >= cutsWord(after.symbols, begin, finish),
    left: contextKept(map, from - 1, begin - 1, -1),
    right: contextKept(map, to, finish, 1),
  };
  if (!isConvincing(evidence)) return { state: 'orphaned' };
  if (isTwin(difference, from, to, begin, evidence)) return { state: 'orphaned' };
  if (evidence.width < DISTINCT && isDoubled(difference, from, to, begin, finish))
    return { state: 'orphaned' };
  const place = { start: after.starts[begin] as number, end: after.starts[finish] as number };
  if (!sameWords(difference, start, end, place)) return { state: 'fuzzy', ...place };
  return { state: place.start === start ? 'exact' : 'moved', ...place };
}

function sameWords(
  { before, after }: TextDiff,
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

/** The largest part of the kept symbols in `[from, to)` that is together in the new text. */
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
 * Whether the words found are as likely those of another passage of the old text with the same words: where text beside
 * a passage was deleted, the passage may have been deleted with it, and its twin is left.
 */
function isTwin(
  { map, before, after }: TextDiff,
  from: number,
  to: number,
  begin: number,
  evidence: Evidence,
) {
  if (evidence.width >= DISTINCT || Math.min(evidence.left, evidence.right) >= 0.5) return false;
  const words = after.symbols.slice(begin, begin + to - from);
  if (words !== before.symbols.slice(from, to)) return false;
  const own = commonContext(before.symbols, from, after.symbols, begin, to - from);
  for (let at = before.symbols.indexOf(words); at >= 0; at = before.symbols.indexOf(words, at + 1)) {
    // A twin that is still in its own place is not the one found here.
    if (at === from || isKeptWhole(map, at, to - from)) continue;
    if (commonContext(before.symbols, at, after.symbols, begin, to - from) >= own) return true;
  }
  return false;
}

function isKeptWhole(map: Int32Array, at: number, width: number): boolean {
  for (let k = 0; k < width; k++) {
    if ((map[at + k] as number) < 0 || map[at + k] !== (map[at] as number) + k) return false;
  }
  return true;
}

/** How many symbols around two ranges of the same width are equal, counted outward on both sides. */
function commonContext(oldText: string, at: number, newText: string, place: number, width: number): number {
  let [left, right] = [0, 0];
  while (left < CONTEXT && left < at && oldText[at - 1 - left] === newText[place - 1 - left]) left++;
  const [end, finish] = [at + width, place + width];
  while (right < CONTEXT && end + right < oldText.length && oldText[end + right] === newText[finish + right])
    right++;
  return left + right;
}

/** A point stays between the same two characters; between others it is in doubt, with the side that kept more of its context. */
function followPoint({ map, before, after }: TextDiff, at: number): ReanchorResult {
  const index = at >= before.codePoints.length ? before.symbols.length : symbolIndexAt(before, at);
  const left = index === 0 ? -1 : (map[index - 1] as number);
  const right = index === map.length ? after.symbols.length : (map[index] as number);
  const isLeftKept = index === 0 || left >= 0;
  const isRightKept = right >= 0;
  const offset = (place: number) => after.starts[place] as number;
  if (isLeftKept && isRightKept && right === left + 1) {
    const start = offset(right);
    return { state: start === at ? 'exact' : 'moved', start, end: start };
  }
  const leftContext = left >= 0 ? contextKept(map, index - 1, left, -1) : 0;
  const rightContext = isRightKept && index < map.length ? contextKept(map, index, right, 1) : 0;
  if (Math.max(leftContext, rightContext) < 0.5) return { state: 'orphaned' };
  const start = offset(leftContext >= rightContext ? left + 1 : right);
  return { state: 'fuzzy', start, end: start };
}

/** How much of the context on one side is still beside the passage, 0 to 1; nearer symbols weigh more. */
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

function sameInPlace(
  { before, after }: TextDiff,
  from: number,
  to: number,
  begin: number,
  finish: number,
): number {
  if (finish - begin !== to - from) return 0;
  let same = 0;
  for (let k = 0; k < to - from; k++) if (before.symbols[from + k] === after.symbols[begin + k]) same++;
  return same / (to - from);
}

/**
 * Whether a text that was inserted beside the words found, or up to two symbols further, has the very same words: then
 * nothing says which of them are meant.
 */
function isDoubled(difference: TextDiff, from: number, to: number, begin: number, finish: number) {
  const { map, after, isKept } = difference;
  const isInserted = (words: string, at: number) =>
    after.symbols.startsWith(words, at) && !isKept.subarray(at, at + words.length).includes(1);
  for (let k = 0; k <= 2; k++) {
    const next = map[to + k] ?? -1;
    const behind = after.symbols.slice(begin, finish + k);
    if (next >= finish + behind.length && isInserted(behind, next - behind.length)) return true;
    const previous = map[from - 1 - k] ?? -1;
    const inFront = after.symbols.slice(Math.max(0, begin - k), finish);
    const room = begin - k - previous - 1;
    if (previous >= 0 && room >= inFront.length && isInserted(inFront, previous + 1)) return true;
  }
  return false;
}

/** At how many of its two edges a range divides a word. */
function cutsWord(symbols: string, from: number, to: number): number {
  return [from, to].filter((at) => isInWord(symbols, at)).length;
}

type Evidence = {
  width: number;
  kept: number;
  likeness: number;
  /** The share of equal symbols at equal positions, where the length did not change; else 0. */
  inPlace: number;
  left: number;
  right: number;
  /** Whether it divides no more words than it did. */
  keepsWords: boolean;
};

/** The shorter a passage is, and the less of it is left, the more of its context must agree. */
function isConvincing(evidence: Evidence): boolean {
  const { width, kept, likeness, inPlace, left, right, keepsWords } = evidence;
  const context = 0.6 * Math.max(left, right) + 0.4 * Math.min(left, right);
  if ((likeness < 0.8 || width < SHORT) && !keepsWords) return false;
  if (likeness > 0.999) return width >= DISTINCT || context >= 0.25;
  // All of it is there, perhaps with other text between its parts.
  if (kept > 0.95 && width >= 2 && likeness >= 0.25 && context >= 0.7) return true;
  // Letters were altered in place: the others are where they were.
  if (inPlace >= 0.45 && width >= 4 && context >= 0.5) return true;
  // Half of a word of few letters is another one: only the same words on both sides say that it is not.
  if (width < 4 && likeness >= 0.5 && Math.min(left, right) >= NEIGHBOURS) return true;
  if (width < SHORT) return likeness >= 0.65 && context >= (width < 4 ? 0.75 : 0.5);
  return (likeness >= 0.75 && context >= 0.2) || (likeness >= 0.6 && context >= 0.5);
}
