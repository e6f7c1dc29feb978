import search from 'approx-string-match';
import { diff_match_patch } from 'diff-match-patch';

/** A passage to find again: its words, what stood around them, and where, in UTF-16 units of the old text. */
export type Wanted = { exact: string; prefix: string; suffix: string; start: number };
export type Found = { start: number; end: number } | null;

/** How unlike its context a match may be, and the errors that are searched for, as in Hypothesis' match-quote. */
const MOST_ERRORS = 256;
const CONTEXT = 32;

/**
 * Hypothesis' way (its client's `anchoring/match-quote.ts`): an approximate search of the whole text for each quote,
 * scored by quote, context and position with its weights. `least` is the score under which it is not taken.
 */
export function matchQuote(text: string, { exact, prefix, suffix, start }: Wanted, least = 0): Found {
  const matches = matchesOf(text, exact, Math.min(MOST_ERRORS, exact.length / 2));
  let best: (NonNullable<Found> & { score: number }) | null = null;
  for (const match of matches) {
    const before = likeness(
      text.slice(Math.max(0, match.start - CONTEXT), match.start),
      prefix.slice(-CONTEXT),
    );
    const after = likeness(text.slice(match.end, match.end + CONTEXT), suffix.slice(0, CONTEXT));
    const quote = 1 - match.errors / exact.length;
    const near = 1 - Math.abs(match.start - start) / text.length;
    const score = (50 * quote + 20 * before + 20 * after + 2 * near) / 92;
    if (!best || score > best.score) best = { start: match.start, end: match.end, score };
  }
  return best && best.score >= least ? best : null;
}

/** Exact places where there are some, else the best approximate ones. */
function matchesOf(text: string, pattern: string, errors: number) {
  const exact: { start: number; end: number; errors: number }[] = [];
  for (let at = text.indexOf(pattern); at >= 0; at = text.indexOf(pattern, at + 1)) {
    exact.push({ start: at, end: at + pattern.length, errors: 0 });
  }
  return exact.length > 0 ? exact : search(text, pattern, errors);
}

function likeness(text: string, context: string): number {
  if (context === '') return 1;
  if (text === '') return 0;
  const [first] = matchesOf(text, context, context.length);
  return first ? 1 - first.errors / context.length : 0;
}

const matcher = new diff_match_patch();
matcher.Match_Distance = 10_000;

/** diff-match-patch's fuzzy search near the old place, in the 32 characters that it can take, at either end. */
export function matchNearby(text: string, { exact, start }: Wanted): Found {
  const width = matcher.Match_MaxBits;
  const from = matcher.match_main(text, exact.slice(0, width), start);
  if (from < 0) return null;
  if (exact.length <= width) return { start: from, end: from + exact.length };
  const last = matcher.match_main(text, exact.slice(-width), from + exact.length - width);
  return last >= from ? { start: from, end: last + width } : null;
}
