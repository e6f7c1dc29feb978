/**
 * Patterns that find words whatever their accents and capitals. Not the text is folded but the pattern is widened, so
 * that a place that is found has the offsets of the text itself, and no text has to be kept twice.
 */

/** Signs that may stand after any letter: combining marks (Unicode 16, §7.9), and the soft hyphen. */
const MARKS = '\\u0300-\\u036f\\u00ad';
/** What parts words; the paragraphs of a text are parted by a line feed. */
const SPACES = '[\\u0009\\u000a\\u0020\\u00a0\\u2002-\\u200a\\u202f]+';
/** Signs that print and keyboard write differently. */
const LOOKALIKES = ["'\u2019\u2018\u02bc", '"\u201c\u201d\u201e\u00ab\u00bb', '-\u2010\u2011'];

/** A letter without its marks and in lower case. Russian й is a letter, no и with a mark; ё is found by е. */
function foldLetter(letter: string): string {
  if (!/^\p{L}$/u.test(letter)) return letter;
  if (/^[йЙ]$/u.test(letter)) return 'й';
  const folded = letter.normalize('NFD').replace(/[\u0300-\u036f]/g, '');
  // Together again what is no letter with a mark: syllables of Hangul.
  return folded.normalize('NFC').toLowerCase().replaceAll('ς', 'σ');
}

/** Letters with marks, and capitals, by what they fold to: Latin, Greek, Cyrillic (Unicode 16, ch. 7). */
const variants = new Map<string, string[]>();
for (const [from, to] of [
  [0x41, 0x24f],
  [0x370, 0x52f],
  [0x1e00, 0x1fff],
] as const) {
  for (let code = from; code <= to; code++) {
    const letter = String.fromCodePoint(code);
    if (!/\p{L}/u.test(letter)) continue;
    const folded = foldLetter(letter);
    variants.set(folded, [...(variants.get(folded) ?? []), letter]);
  }
}

/** The letters and signs of a search, without marks, with one space between words. */
export function foldWords(words: string): string {
  const composed = words.normalize('NFC').replace(/\s+/gu, ' ').trim();
  return [...composed]
    .map(foldLetter)
    .join('')
    .replace(/\u00ad|[\u0300-\u036f]/g, '');
}

/**
 * A regular expression that finds `words` (folded): of JavaScript (flag `u`), and the same of PostgreSQL (§9.7.3). It
 * takes time in proportion to the text, because no two parts of it can match the same sign.
 */
export function wordPattern(words: string, dialect: 'javascript' | 'postgresql'): string {
  const escaped = (sign: string) => {
    const code = sign.codePointAt(0) ?? 0;
    if (dialect === 'javascript') return `\\u{${code.toString(16)}}`;
    return code > 0xffff
      ? `\\U${code.toString(16).padStart(8, '0')}`
      : `\\u${code.toString(16).padStart(4, '0')}`;
  };
  return [...words]
    .map((sign) => {
      if (sign === ' ') return SPACES;
      const alike = variants.get(sign) ?? [...(LOOKALIKES.find((each) => each.includes(sign)) ?? [])];
      const signs = new Set([sign, sign.toUpperCase(), ...alike].filter((each) => [...each].length === 1));
      return `[${[...signs].map(escaped).join('')}][${MARKS}]*`;
    })
    .join('');
}
