import type { Direction } from './schema';

/** Scripts that are written from right to left, and the languages that are written in one of them by default. */
const SCRIPTS = /^(?:Adlm|Arab|Aran|Hebr|Mand|Mend|Nkoo|Rohg|Samr|Syr[cejn]|Thaa)$/i;
const LANGUAGES =
  /^(?:ar|arc|arz|ary|ckb|dv|fa|glk|he|iw|khw|ks|lrc|mzn|nqo|ota|pnb|ps|sd|syc|syr|ug|ur|yi)$/i;

/** The direction in which a language is written, by its BCP 47 tag: its script decides, else its language. */
export function directionOf(tag: string): Direction {
  const [language = '', ...rest] = tag.split('-');
  const script = rest.find((part) => /^[A-Za-z]{4}$/.test(part));
  if (script !== undefined) return SCRIPTS.test(script) ? 'rtl' : 'ltr';
  return LANGUAGES.test(language) ? 'rtl' : 'ltr';
}
