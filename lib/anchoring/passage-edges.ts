import type { TextDiff } from './text-diff';

/** The largest part of a passage's symbols that is together in the new text: the first and the last of them, and how many. */
export type Kept = { first: number; last: number; count: number };
type Edges = { begin: number; finish: number };

/** Symbols beside a passage that are looked at for the next that was kept. */
const REACH = 32;

/**
 * Where the passage of the symbols `[from, to)`, of which `kept` were kept, begins and ends in the new text, in symbols
 * of that.
 */
export function edgesOf(difference: TextDiff, from: number, to: number, kept: Kept): Edges {
  const found = {
    begin: edgeOf(difference, from, kept.first, -1),
    finish: edgeOf(difference, to - 1, kept.last, 1) + 1,
  };
  return wholeWords(difference, from, to, snapEdges(difference, from, to, found));
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
  while (map[outside] === -1 && Math.abs(outside - at) < REACH) outside += side;
  const ends = outside < 0 || outside >= map.length;
  const beyond = ends ? (side < 0 ? -1 : after.symbols.length) : (map[outside] as number);
  const room = (beyond - place) * side - 1;
  // The text outside was lost or moved as well: nothing says how far the passage reaches.
  if (room <= 0 || (beyond < 0 && !ends)) return place;
  const lostOutside = Math.abs(outside - at) - 1;
  const share = lostOutside === 0 ? room : Math.round((room * lost) / (lost + lostOutside));
  return place + side * Math.min(share, lost + 2 + Math.floor(lost / 2));
}

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

/** Letters that were put to the beginning or the end of a word, at most, where it is still taken for that word. */
const AFFIX = 2;

/** Where a passage of whole words would divide one, the letters that were put to it are a part of it. */
function wholeWords({ before, after, isKept }: TextDiff, from: number, to: number, edges: Edges): Edges {
  let { begin, finish } = edges;
  if (!isInWord(before.symbols, from)) {
    let k = 0;
    while (k <= AFFIX && isInWord(after.symbols, begin - k) && !isKept[begin - k - 1]) k++;
    if (k <= AFFIX && !isInWord(after.symbols, begin - k)) begin -= k;
  }
  if (!isInWord(before.symbols, to)) {
    let k = 0;
    while (k <= AFFIX && isInWord(after.symbols, finish + k) && !isKept[finish + k]) k++;
    if (k <= AFFIX && !isInWord(after.symbols, finish + k)) finish += k;
  }
  return { begin, finish };
}

/** Whether the place before symbol `at` is inside a word. */
export function isInWord(symbols: string, at: number): boolean {
  return at > 0 && at < symbols.length && /^[\p{L}\p{N}]{2}$/u.test(symbols.slice(at - 1, at + 1));
}
