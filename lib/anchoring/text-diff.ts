import { cleanupSemantic, DIFF_DELETE, DIFF_EQUAL, DIFF_INSERT, makeDiff } from '@sanity/diff-match-patch';
import { type CommonRun, longestIncreasing, markKept, pairUnique, type TextToken } from './common-runs';
import { mapExchanged } from './exchanged-parts';
import { findMovedBlocks } from './moved-blocks';
import { createAlphabet, normalize } from './normalize';
import { shiftEdits } from './shift-edits';
import type { Gap, SymbolMapping } from './symbol-mapping';

/**
 * The difference of two texts: where each symbol of the old text is in the new one. It is computed once for a section
 * and used for every passage.
 */
export type TextDiff = SymbolMapping & {
  /** For each symbol of the new text, 1 where a symbol of the old text is mapped to it, 0 where it was inserted. */
  isKept: Uint8Array;
};

/** The longest gap, in symbols, that is compared letter by letter without being cut first. */
const LETTERS = 2_000;
/** A long gap is cut at this many letters in a row, where each text has them once. */
const CUT = 10;
/** A sentence of fewer symbols is too common to be matched by itself. */
const SENTENCE = 20;

/**
 * Compares two texts from coarse to fine: sentences that each text has once, then the words between them, then the
 * letters where words differ, and last what was deleted with what was inserted, for blocks that were moved.
 */
export function diffTexts(before: string, after: string): TextDiff {
  const alphabet = createAlphabet();
  const [old, now] = [normalize(before, alphabet), normalize(after, alphabet)];
  const difference = { before: old, after: now, map: new Int32Array(old.symbols.length).fill(-1) };
  const end = endOfFirstCopy(old.symbols, now.symbols);
  // A text that stands twice is compared with its first copy.
  const once =
    end === null ? now : { ...now, symbols: now.symbols.slice(0, end), starts: now.starts.slice(0, end + 1) };
  mapExchanged({ ...difference, after: once }, compare);
  return { ...difference, isKept: markKept(difference.map, now.symbols.length) };
}

function compare(difference: SymbolMapping): void {
  const { before: old, after: now } = difference;
  const whole = { before: 0, beforeEnd: old.symbols.length, after: 0, afterEnd: now.symbols.length };
  const sentences = longestIncreasing(pairUnique(splitSentences(old.symbols), splitSentences(now.symbols)));
  for (const gap of mapRuns(difference, whole, sentences)) {
    for (const inner of diffWords(difference, gap)) diffLetters(difference, inner);
  }
  shiftEdits(difference);
  for (const gap of findMovedBlocks(difference)) {
    for (const inner of diffWords(difference, gap)) diffLetters(difference, inner);
  }
  shiftEdits(difference);
}

/** Maps the symbols of `runs`, and returns the gaps that they leave in `gap`. */
function mapRuns({ map }: SymbolMapping, gap: Gap, runs: CommonRun[]): Gap[] {
  const gaps: Gap[] = [];
  let { before, after } = gap;
  for (const run of [...runs, { before: gap.beforeEnd, after: gap.afterEnd, length: 0 }]) {
    if (run.before > before || run.after > after) {
      gaps.push({ before, beforeEnd: run.before, after, afterEnd: run.after });
    }
    for (let k = 0; k < run.length; k++) map[run.before + k] = run.after + k;
    before = run.before + run.length;
    after = run.after + run.length;
  }
  return gaps;
}

/** A text that is so many times as long may stand in it twice. */
const TWICE = 1.6;
/** Symbols from the beginning of a word by which a place is known. */
const PLACE = 24;

/**
 * Where the first copy of a text ends that stands twice in the new one, in symbols of that; null where it does not. Most
 * places that the old text has once are there twice, at one distance.
 */
function endOfFirstCopy(before: string, after: string): number | null {
  if (after.length < before.length * TWICE) return null;
  const wanted = new Set<string>();
  for (const { key } of placesOf(before)) wanted.add(key);
  const seen = new Map<string, number>();
  const distances = new Map<number, number>();
  for (const { key, start } of placesOf(after)) {
    if (!wanted.has(key)) continue;
    const earlier = seen.get(key);
    if (earlier === undefined) seen.set(key, start);
    else distances.set(start - earlier, (distances.get(start - earlier) ?? 0) + 1);
  }
  const [distance, count] = [...distances].reduce((most, one) => (one[1] > most[1] ? one : most), [0, 0]);
  return distance > 0 && count * 2 > wanted.size ? distance : null;
}

function* placesOf(symbols: string): Generator<TextToken> {
  for (const { index } of symbols.matchAll(/(?<![\p{L}\p{N}])[\p{L}\p{N}]/gu))
    if (index + PLACE <= symbols.length) yield { key: symbols.slice(index, index + PLACE), start: index };
}

function* splitSentences(symbols: string): Generator<TextToken> {
  for (const { 0: key, index } of symbols.matchAll(/[^.!?;]+[.!?;]*\s*/g)) {
    if (key.length >= SENTENCE) yield { key, start: index };
  }
}

/** Maps equal runs of words in a gap, and returns the gaps between them. */
function diffWords(difference: SymbolMapping, gap: Gap): Gap[] {
  const ids = new Map<string, string>();
  const old = encodeWords(difference.before.symbols.slice(gap.before, gap.beforeEnd), ids);
  const now = encodeWords(difference.after.symbols.slice(gap.after, gap.afterEnd), ids);
  const runs: CommonRun[] = [];
  let [i, j] = [0, 0];
  for (const [type, run] of diff(old.ids, now.ids)) {
    const start = old.starts[i] as number;
    if (type === DIFF_EQUAL) {
      const length = (old.starts[i + run.length] as number) - start;
      runs.push({ before: gap.before + start, after: gap.after + (now.starts[j] as number), length });
    }
    if (type !== DIFF_INSERT) i += run.length;
    if (type !== DIFF_DELETE) j += run.length;
  }
  return mapRuns(difference, gap, runs);
}

function diff(old: string, now: string) {
  if (!old || !now) return [];
  return cleanupSemantic(makeDiff(old, now, { timeout: 0, checkLines: false }));
}

/** A text with one character for each word or other symbol (`ids` says which), and the index where each begins. */
function encodeWords(symbols: string, ids: Map<string, string>): { ids: string; starts: number[] } {
  const starts: number[] = [];
  const encoded: string[] = [];
  for (const { 0: word, index } of symbols.matchAll(/[\p{L}\p{N}]+|[^\p{L}\p{N}]/gu)) {
    starts.push(index);
    const known = ids.get(word);
    // The code units of surrogates are skipped, because a lone one is no character.
    const id =
      known ?? String.fromCharCode(ids.size + 1 < 0xd800 ? ids.size + 1 : (ids.size + 0x801) & 0xffff);
    if (known === undefined) ids.set(word, id);
    encoded.push(id);
  }
  starts.push(symbols.length);
  return { ids: encoded.join(''), starts };
}

/**
 * Maps equal letters in a gap. A long gap is cut first, at letters in a row that each text has once; one that cannot be
 * cut was rewritten, not corrected.
 */
function diffLetters(difference: SymbolMapping, gap: Gap): void {
  const old = difference.before.symbols.slice(gap.before, gap.beforeEnd);
  const now = difference.after.symbols.slice(gap.after, gap.afterEnd);
  if (old.length > LETTERS || now.length > LETTERS) {
    const cuts = longestIncreasing(pairUnique(letterNGrams(old), letterNGrams(now)));
    if (cuts.length === 0) return;
    const shifted = cuts.map((run) => ({
      ...run,
      before: gap.before + run.before,
      after: gap.after + run.after,
    }));
    for (const inner of mapRuns(difference, gap, shifted)) {
      const isShort = inner.beforeEnd - inner.before <= LETTERS && inner.afterEnd - inner.after <= LETTERS;
      if (isShort) diffLetters(difference, inner);
    }
    return;
  }
  let [i, j] = [gap.before, gap.after];
  for (const [type, run] of diff(old, now)) {
    if (type === DIFF_EQUAL) for (let k = 0; k < run.length; k++) difference.map[i + k] = j + k;
    if (type !== DIFF_INSERT) i += run.length;
    if (type !== DIFF_DELETE) j += run.length;
  }
}

function* letterNGrams(symbols: string): Generator<TextToken> {
  for (let start = 0; start + CUT <= symbols.length; start++) {
    yield { key: symbols.slice(start, start + CUT), start };
  }
}
