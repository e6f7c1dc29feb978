/**
 * A text as symbols to compare. A symbol is one UTF-16 unit and represents one cluster: a letter with its combining
 * marks, in any normal form.
 */
export type NormalizedText = {
  symbols: string;
  /** The offset of each symbol in code points, and one entry more for the end of the text. */
  starts: Uint32Array;
  codePoints: Uint32Array;
};

/** The symbols of two texts that are compared: equal clusters have the same symbol in both. */
export type Alphabet = { symbols: Map<string, string>; private: number };

export function createAlphabet(): Alphabet {
  return { symbols: new Map(), private: 0xe000 };
}

/** For each UTF-16 unit, whether it is a combining mark: 0 not known yet, 1 no, 2 yes. */
const marks = new Uint8Array(0x10000);

/** Combining marks outside the basic multilingual plane are rare, and not cached. */
function isMark(codePoint: number): boolean {
  const known = codePoint < 0x10000 ? marks[codePoint] : 0;
  if (known) return known === 2;
  const mark = /^\p{M}$/u.test(String.fromCodePoint(codePoint));
  if (codePoint < 0x10000) marks[codePoint] = mark ? 2 : 1;
  return mark;
}

/** Characters with the same meaning in print: dashes, quotes, ё and е, cedilla and comma below in Romanian. */
const ALIKE = new Map<string, string>([
  ...[...'‐‑‒–—―−'].map((dash): [string, string] => [dash, '-']),
  ...[...'«»„“”‟"‹›‘’‚‛`´'].map((quote): [string, string] => [quote, "'"]),
  ['ё', 'е'],
  ['ş', 'ș'],
  ['ţ', 'ț'],
]);

/** Vowel points, accents and cantillation of Hebrew, Arabic and Syriac, which one edition prints and another leaves out. */
const POINTS =
  /[\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u0610-\u061a\u064b-\u0652\u0656-\u065f\u0670\u06d6-\u06dc\u06df-\u06e4\u06e7\u06e8\u06ea-\u06ed\u0730-\u074a]/g;

/** Turns `text` into symbols of `alphabet`; the text that it is compared with needs the same alphabet. */
export function normalize(text: string, alphabet: Alphabet): NormalizedText {
  const codePoints = Uint32Array.from(text, (character) => character.codePointAt(0) as number);
  const starts: number[] = [];
  const symbols: string[] = [];
  for (let at = 0, unit = 0; at < codePoints.length; ) {
    starts.push(at);
    let units = 0;
    do units += (codePoints[at++] as number) > 0xffff ? 2 : 1;
    while (at < codePoints.length && isMark(codePoints[at] as number));
    symbols.push(symbolOf(text.slice(unit, unit + units), alphabet));
    unit += units;
  }
  starts.push(codePoints.length);
  return { symbols: symbols.join(''), starts: Uint32Array.from(starts), codePoints };
}

function symbolOf(cluster: string, alphabet: Alphabet): string {
  const known = alphabet.symbols.get(cluster);
  if (known !== undefined) return known;
  const lower = cluster.replace(POINTS, '').normalize('NFC').toLowerCase() || cluster;
  const alike = /^\s$/.test(lower) ? ' ' : (ALIKE.get(lower) ?? lower);
  // A cluster of several units gets a symbol of the private use area, the same for every way to write it.
  const symbol =
    alike.length === 1 ? alike : (alphabet.symbols.get(alike) ?? String.fromCharCode(alphabet.private++));
  alphabet.symbols.set(cluster, symbol);
  if (alike.length > 1) alphabet.symbols.set(alike, symbol);
  return symbol;
}

/** Index of the symbol at the code point `offset`. */
export function symbolIndexAt({ starts }: NormalizedText, offset: number): number {
  let low = 0;
  let high = starts.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((starts[middle] as number) <= offset) low = middle;
    else high = middle - 1;
  }
  return low;
}
