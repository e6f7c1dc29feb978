import { symbolIndexAt } from './normalize';
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

/**
 * Follows the passage `[start, end)` (code points of the old text) through the difference, and compares its words and
 * its context with what is found there. In doubt it is orphaned, never guessed.
 */
export function reanchor(difference: TextDiff, start: number, end: number): ReanchorResult {
  const { map, before, after } = difference;
  const from = symbolIndexAt(before, start);
  const to = symbolIndexAt(before, end - 1) + 1;
  const kept = keptTogether(map, from, to);
  if (!kept) return { state: 'orphaned' };
  const found = {
    begin: edgeOf(difference, from, kept.first, -1),
    finish: edgeOf(difference, to - 1, kept.last, 1) + 1,
  };
  const { begin, finish } = snapEdges(difference, from, to, found);
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

type Kept = { first: number; last: number; count: number };

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
 * The new edge of a passage whose outermost symbols, up to `kept`, were lost: it includes the text that replaced them,
 * up to the next kept symbol outside. `at` is the old edge, `side` the direction outward.
 */
function edgeOf({ map, after }: TextDiff, at: number, kept: number, side: 1 | -1): number {
  const place = map[kept] as number;
  const lost = Math.abs(kept - at);
  if (lost === 0) return place;
  let outside = at + side;
  while (map[outside] === -1 && Math.abs(outside - at) < CONTEXT) outside += side;
  const ends = outside < 0 || outside >= map.length;
  const beyond = ends ? (side < 0 ? -1 : after.symbols.length) : (map[outside] as number);
  const room = (beyond - place) * side - 1;
  // The text outside was lost or moved as well: nothing says how far the passage reaches.
  if (room <= 0 || (beyond < 0 && !ends)) return place;
  const lostOutside = Math.abs(outside - at) - 1;
  const share = lostOutside === 0 ? room : Math.round((room * lost) / (lost + lostOutside));
  return place + side * Math.min(share, lost + 2 + Math.floor(lost / 2));
}

type Edges = { begin: number; finish: number };

/**
 * A text that was inserted at an edge may look inserted one word further in, if it ends or begins with the same word:
 * then the passage is taken to be in one piece. A passage that began and ended with words has no white space there.
 */
function snapEdges({ map, before, after }: TextDiff, from: number, to: number, edges: Edges): Edges {
  // Code points, not symbols, so that a capital differs from a small letter.
  const symbol = (text: TextDiff['before'], at: number) => text.codePoints[text.starts[at] as number];
  let { begin, finish } = edges;
  let i = from;
  while (i + 1 < to && map[i + 1] === (map[i] as number) + 1) i++;
  const next = map[i + 1] ?? -1;
  if (map[from] === begin && i + 1 < to && next > (map[i] as number) + 1) {
    let k = 0;
    while (k <= i - from && symbol(before, i - k) === symbol(after, next - 1 - k)) k++;
    if (k === i - from + 1) begin = next - k;
  }
  let j = to - 1;
  while (j - 1 >= from && map[j - 1] === (map[j] as number) - 1) j--;
  const previous = map[j - 1] ?? -1;
  if (map[to - 1] === finish - 1 && j - 1 >= from && previous >= 0 && (map[j] as number) > previous + 1) {
    let k = 0;
    while (j + k < to && symbol(before, j + k) === symbol(after, previous + 1 + k)) k++;
    if (j + k === to) finish = previous + 1 + k;
  }
  const isSpace = (text: TextDiff['before'], at: number) => /\s/.test(text.symbols.charAt(at));
  if (!isSpace(before, from)) while (begin + 1 < finish && isSpace(after, begin)) begin++;
  if (!isSpace(before, to - 1)) while (begin + 1 < finish && isSpace(after, finish - 1)) finish--;
  return { begin, finish };
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
  const isInWord = (at: number) => /^[\p{L}\p{N}]{2}$/u.test(symbols.slice(at - 1, at + 1));
  return [from, to].filter((at) => at > 0 && isInWord(at)).length;
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
  if (width < SHORT) return likeness >= 0.65 && context >= (width < 4 ? 0.75 : 0.5);
  return (likeness >= 0.75 && context >= 0.2) || (likeness >= 0.6 && context >= 0.5);
}
