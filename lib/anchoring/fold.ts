/**
 * A text as symbols to compare. A symbol is one UTF-16 unit and stands for one cluster: a letter with its combining
 * marks, in whichever normal form it came.
 */
export type Folded = {
  symbols: string;
  /** Where symbol `i` begins, in code points; one more entry for the end of the text. */
  starts: Uint32Array;
  codePoints: Uint32Array;
};

/** The symbols that two texts share: clusters that are alike have the same symbol in both. */
export type Alphabet = { symbols: Map<string, string>; private: number };

export function newAlphabet(): Alphabet {
  return { symbols: new Map(), private: 0xe000 };
}

const CLUSTER = /\P{M}\p{M}*|\p{M}+/gu;

/** What is written in two ways without being another text: dashes, quotes, ё, the Romanian cedillas. */
const ALIKE = new Map<string, string>([
  ...[...'‐‑‒–—―−'].map((dash): [string, string] => [dash, '-']),
  ...[...'«»„“”‟"‹›‘’‚‛`´'].map((quote): [string, string] => [quote, "'"]),
  ['ё', 'е'],
  ['ş', 'ș'],
  ['ţ', 'ț'],
]);

/** Folds `text` into an alphabet; fold the text that it is compared to into the same one. */
export function fold(text: string, alphabet: Alphabet): Folded {
  const codePoints = Uint32Array.from(text, (character) => character.codePointAt(0) as number);
  const starts: number[] = [];
  const symbols: string[] = [];
  let offset = 0;
  for (const [cluster] of text.matchAll(CLUSTER)) {
    starts.push(offset);
    symbols.push(symbolOf(cluster, alphabet));
    offset += cluster.length === 1 ? 1 : [...cluster].length;
  }
  starts.push(offset);
  return { symbols: symbols.join(''), starts: Uint32Array.from(starts), codePoints };
}

function symbolOf(cluster: string, alphabet: Alphabet): string {
  const known = alphabet.symbols.get(cluster);
  if (known !== undefined) return known;
  const lower = cluster.normalize('NFC').toLowerCase();
  const alike = /^\s$/.test(lower) ? ' ' : (ALIKE.get(lower) ?? lower);
  // What takes several units gets one of the private use area, the same for every way to write it.
  const symbol =
    alike.length === 1 ? alike : (alphabet.symbols.get(alike) ?? String.fromCharCode(alphabet.private++));
  alphabet.symbols.set(cluster, symbol);
  if (alike.length > 1) alphabet.symbols.set(alike, symbol);
  return symbol;
}

/** Index of the symbol that holds the code point `offset`. */
export function symbolAt({ starts }: Folded, offset: number): number {
  let low = 0;
  let high = starts.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((starts[middle] as number) <= offset) low = middle;
    else high = middle - 1;
  }
  return low;
}
