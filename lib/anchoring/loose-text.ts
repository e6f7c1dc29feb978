import { LRUCache } from 'lru-cache';

/**
 * A text as what its words have in common in every copy: without white space, hyphens and invisible characters, with one
 * form of quotes, dashes and letters that are printed alike. `offsets` has the code point at which each UTF-16 unit of
 * `symbols` begins, and `ends` that at which it ends; `gaps` says what stood between it and the one before.
 */
export type LooseText = { symbols: string; offsets: Uint32Array; ends: Uint32Array; gaps: Uint8Array };

const SPACE = 1;
const LINE_END = 2;
const HYPHEN = 4;

/** What copies of a text differ in by their makers' habits: copying, typesetting, keyboards. */
const DROPPED = /[\s\p{Cf}\u002d\u00ad\u2010\u2011]/u;
const ALIKE = new Map<string, string>([
  ...[...'«»„“”‟〝〞＂'].map((quote): [string, string] => [quote, '"']),
  ...[...'‹›‘’‚‛`´′ʼ'].map((quote): [string, string] => [quote, "'"]),
  ...[...'‒–—―−'].map((dash): [string, string] => [dash, '–']),
  ...[
    ['ş', 'ș'],
    ['Ş', 'Ș'],
    ['ţ', 'ț'],
    ['Ţ', 'Ț'],
  ].map(([cedilla, comma]): [string, string] => [cedilla as string, comma as string]),
]);

/** Texts that many quotes are looked for in, one after the other; in UTF-16 units. */
const kept = new LRUCache<string, LooseText>({
  maxSize: 8_000_000,
  sizeCalculation: (_, text) => text.length + 1,
});

/** Reads a text loosely; the offsets count in its code points. That of the same text is remembered. */
export function looseText(text: string): LooseText {
  const known = kept.get(text);
  if (known) return known;
  const made = readLoosely(text);
  kept.set(text, made);
  return made;
}

/** A quote, whose offsets nobody asks for. */
export function looseQuote(quote: string): Pick<LooseText, 'symbols' | 'gaps'> {
  return readLoosely(quote.normalize('NFC'));
}

/**
 * Whether the words of `quote` are those of `text` at the symbol `index`, where its symbols stand. A word is not two: a
 * space may be missing where a line or a paragraph ends, and a hyphen where a line ended in another copy, but none may be
 * too many.
 */
export function hasSameWords(
  quote: Pick<LooseText, 'symbols' | 'gaps'>,
  text: Pick<LooseText, 'symbols' | 'gaps'>,
  index: number,
): boolean {
  for (let i = 1; i < quote.symbols.length; i++) {
    const [mine, theirs] = [quote.gaps[i] as number, text.gaps[index + i] as number];
    if (mine === theirs || !isInWord(quote.symbols, i)) continue;
    const isJoined = mine === 0 && (theirs & (LINE_END | HYPHEN)) !== 0;
    const isBroken = theirs === 0 && (mine & HYPHEN) !== 0;
    const isGapInBoth = mine !== 0 && theirs !== 0;
    if (!isJoined && !isBroken && !isGapInBoth) return false;
  }
  return true;
}

function isInWord(symbols: string, i: number): boolean {
  return WORD.test(symbols[i - 1] as string) && WORD.test(symbols[i] as string);
}

const WORD = /[\p{L}\p{N}\p{M}]/u;

function readLoosely(text: string): LooseText {
  const symbols: string[] = [];
  const offsets: number[] = [];
  const ends: number[] = [];
  const gaps: number[] = [];
  let at = 0;
  let gap = 0;
  for (const character of text) {
    const symbol = looseSymbol(character);
    symbols.push(symbol);
    for (let i = 0; i < symbol.length; i++) {
      offsets.push(at);
      ends.push(at + 1);
      gaps.push(i === 0 ? gap : 0);
    }
    gap = symbol === '' ? gap | gapOf(character) : 0;
    at++;
  }
  return {
    symbols: symbols.join(''),
    offsets: Uint32Array.from(offsets),
    ends: Uint32Array.from(ends),
    gaps: Uint8Array.from(gaps),
  };
}

function gapOf(character: string): number {
  if (character === '\n') return LINE_END;
  if (/\s/.test(character)) return SPACE;
  // A soft hyphen and what is invisible are no gap.
  return /[-\u2010\u2011]/.test(character) ? HYPHEN : 0;
}

/** Symbols of characters: there are some hundreds in a text. */
const symbolOf = new LRUCache<string, string>({ max: 10_000 });

function looseSymbol(character: string): string {
  const known = symbolOf.get(character);
  if (known !== undefined) return known;
  const alike = ALIKE.get(character) ?? character;
  // Compatibility forms are ligatures and widths of the same letters (UAX #15); what is no letter is left.
  const symbol = DROPPED.test(character)
    ? ''
    : /\p{L}/u.test(alike) || alike === '…'
      ? alike.normalize('NFKC')
      : alike;
  symbolOf.set(character, symbol);
  return symbol;
}
