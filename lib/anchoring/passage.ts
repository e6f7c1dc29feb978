import { codePointLength, sliceCodePoints, toCodePoint, toUtf16 } from '@/lib/kernel/code-points';
import { hasSameWords, looseQuote, looseText } from './loose-text';

/** A passage with the quote and context that find it again (W3C Annotation Model §4.2.4 and §4.2.5). */
export type QuotedPassage = { start: number; end: number; exact: string; prefix: string; suffix: string };

/**
 * A quote to look for. `start` prefers one of several equal places; only places in the range `within` count. Both are in
 * code points.
 */
export type Quote = {
  exact: string;
  prefix?: string;
  suffix?: string;
  start?: number;
  within?: { start: number; end: number };
};

/** Where a quote was found, or why it was not. */
export type QuoteMatch =
  | { state: 'exact'; start: number; end: number }
  | { state: 'orphaned'; why: 'absent' | 'ambiguous' };

/** Context is at least this many code points, where the text has them, and whole words. */
const CONTEXT = 32;
/** A quote of so many code points is not met by chance: if it is there once, its context may have changed. */
const LONG = 32;
/** At least so many UTF-16 units of the context must agree, or the whole of one side. */
const AGREEING = 4;

/**
 * Describes `[start, end)` of `text`, in code points, by its quote and its context.
 * Throws a RangeError where there is no such passage.
 */
export function describePassage(text: string, start: number, end: number): QuotedPassage {
  if (start < 0 || end <= start || end > codePointLength(text)) {
    throw new RangeError(`There is no passage [${start}, ${end})`);
  }
  const exact = sliceCodePoints(text, start, end);
  const before = sliceCodePoints(text, 0, start);
  const after = text.slice(before.length + exact.length);
  return { start, end, exact, prefix: lastWords(before), suffix: firstWords(after) };
}

/**
 * Finds a quote in `text`: at `start` if it is there, else where it occurs and its context agrees better than anywhere
 * else. In doubt it is orphaned, never guessed: two places that agree equally well are ambiguous, and a place whose
 * context does not agree at all does not count, unless it is the only one of a long quote. Quotes are compared in NFC
 * and with white space collapsed, as the canonical text is; if that finds nothing, by their words alone: with any white
 * space between them, and without invisible characters; and then by their letters alone, whatever quotes, hyphens at line
 * ends, cedillas and spaces between paragraphs the other copy has.
 */
export function findQuote(text: string, quote: Quote): QuoteMatch {
  const found = findIn(text, quote, canonical);
  if (found.state === 'exact' || found.why === 'ambiguous') return found;
  // Every white-space character is one unit, as a space is, so that the offsets stay the same.
  const words = findIn(spaced(text), { ...quote, exact: wordsOf(quote.exact).trim() }, wordsOf);
  return words.state === 'exact' || words.why === 'ambiguous' ? words : findLoosely(text, quote);
}

/** The last text that was spaced: the quotes of a file are looked for in one after the other. */
let lastSpaced = { text: '', spaced: '' };

/** The text with a space for every white-space character. */
function spaced(text: string): string {
  if (lastSpaced.text !== text) lastSpaced = { text, spaced: text.replace(/\s/g, ' ') };
  return lastSpaced.spaced;
}

/** As `findIn`, by letters alone. */
function findLoosely(text: string, { exact, prefix = '', suffix = '', start, within }: Quote): QuoteMatch {
  const letters = looseQuote(exact);
  if (letters.symbols === '') return { state: 'orphaned', why: 'absent' };
  const loose = looseText(text);
  const { symbols, offsets, ends } = loose;
  const symbolAt = (offset: number) => lowerBound(offsets, offset);
  const quote: Quote = {
    exact: letters.symbols,
    prefix: looseQuote(prefix).symbols,
    suffix: looseQuote(suffix).symbols,
    ...(within && {
      within: {
        start: toCodePoint(symbols, symbolAt(within.start)),
        end: toCodePoint(symbols, symbolAt(within.end)),
      },
    }),
    ...(start !== undefined && { start: toCodePoint(symbols, symbolAt(start)) }),
  };
  const isThere = (index: number) => hasSameWords(letters, loose, index);
  const found = findIn(symbols, quote, (letters) => letters, isThere);
  if (found.state === 'orphaned') return found;
  const [first, last] = [toUtf16(symbols, found.start), toUtf16(symbols, found.end) - 1];
  return { state: 'exact', start: offsets[first] as number, end: ends[last] as number };
}

/** The index of the first of `sorted` that is not less than `value`. */
function lowerBound(sorted: Uint32Array, value: number): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((sorted[middle] as number) < value) low = middle + 1;
    else high = middle;
  }
  return low;
}

function findIn(
  text: string,
  quote: Quote,
  canonical: (quote: string) => string,
  isThere: (index: number) => boolean = () => true,
): QuoteMatch {
  const exact = canonical(quote.exact);
  if (!exact.trim()) return { state: 'orphaned', why: 'absent' };
  const width = codePointLength(exact);
  const isInside = (start: number) =>
    !quote.within || (start >= quote.within.start && start + width <= quote.within.end);
  if (
    quote.start !== undefined &&
    isInside(quote.start) &&
    sliceCodePoints(text, quote.start, quote.start + width) === exact &&
    isThere(toUtf16(text, quote.start))
  ) {
    return { state: 'exact', start: quote.start, end: quote.start + width };
  }
  // Clients trim the context, so that the white space beside the quote cannot be compared.
  const prefix = canonical(quote.prefix ?? '').trimEnd();
  const suffix = canonical(quote.suffix ?? '').trimStart();
  const from = quote.within ? toUtf16(text, quote.within.start) : 0;
  const to = quote.within ? toUtf16(text, quote.within.end) : text.length;
  const places = occurrences(text, exact, from, to)
    .filter(isThere)
    .map((index) => {
      const before = commonLength(text.slice(0, index).trimEnd(), prefix, -1);
      const after = commonLength(text.slice(index + exact.length).trimStart(), suffix, 1);
      const isWhole =
        (prefix !== '' && before === prefix.length) || (suffix !== '' && after === suffix.length);
      const hasNone = prefix === '' && suffix === '';
      return { index, score: before + after, isSupported: hasNone || isWhole || before + after >= AGREEING };
    });
  const best = Math.max(...places.map(({ score }) => score));
  const [place, ...others] = places.filter(({ score }) => score === best);
  if (!place) return { state: 'orphaned', why: 'absent' };
  if (others.length > 0) return { state: 'orphaned', why: 'ambiguous' };
  if (!place.isSupported && (places.length > 1 || width < LONG)) return { state: 'orphaned', why: 'absent' };
  const start = toCodePoint(text, place.index);
  return { state: 'exact', start, end: start + width };
}

/** A quote in the form of canonical text: NFC, runs of white space as one space, line ends kept as such. */
function canonical(quote: string): string {
  return quote
    .normalize('NFC')
    .replace(/[ \t\r]*\n\s*/g, '\n')
    .replace(/[ \t\r]+/g, ' ');
}

/** The words of a quote with single spaces, without soft hyphens, joiners and byte order marks, which are invisible. */
function wordsOf(quote: string): string {
  return quote
    .normalize('NFC')
    .replace(/[\u00ad\u200b\u2060\ufeff]/g, '')
    .replace(/\s+/g, ' ');
}

/** Every UTF-16 index in `[from, to)` at which `exact` occurs. */
function occurrences(text: string, exact: string, from: number, to: number): number[] {
  const found: number[] = [];
  for (
    let at = text.indexOf(exact, from);
    at >= 0 && at + exact.length <= to;
    at = text.indexOf(exact, at + 1)
  ) {
    found.push(at);
  }
  return found;
}

/** How many UTF-16 units of `context` agree with `text`, counted outward from the quote. */
function commonLength(text: string, context: string, direction: 1 | -1): number {
  const most = Math.min(text.length, context.length);
  let n = 0;
  while (n < most && text.at(direction > 0 ? n : -1 - n) === context.at(direction > 0 ? n : -1 - n)) n++;
  return n;
}

function lastWords(text: string): string {
  const length = codePointLength(text);
  if (length <= CONTEXT) return text;
  let index = toUtf16(text, length - CONTEXT);
  while (index > 0 && !/\s/.test(text.charAt(index - 1))) index--;
  return text.slice(index);
}

function firstWords(text: string): string {
  let index = toUtf16(text, CONTEXT);
  while (index < text.length && !/\s/.test(text.charAt(index))) index++;
  return text.slice(0, index);
}
