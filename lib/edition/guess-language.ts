import { detect } from 'tinyld';

/** Code units that a guess is made of, and letters that it needs. */
const SAMPLE = 20_000;
const LEAST_LETTERS = 60;

/** The letters of scripts that are several of Unicode's (ISO 15924, Unicode UAX #24). */
const MIXED_SCRIPTS = new Map([
  ['Jpan', ['Hiragana', 'Katakana', 'Han']],
  ['Kore', ['Hangul', 'Han']],
  ['Hans', ['Han']],
  ['Hant', ['Han']],
]);

/**
 * The likeliest language of a text of which nothing is said (tinyld); null for too few words, and where the text is not
 * in the script of that language. A guess is proposed to a person and never taken: old and mixed texts mislead it.
 */
export function guessLanguage(text: string): string | null {
  // The middle of a text has fewer titles and names than its beginning.
  const from = Math.max(0, Math.floor((text.length - SAMPLE) / 2));
  const sample = text.slice(from, from + SAMPLE).normalize('NFC');
  const letters = sample.match(/\p{L}/gu)?.length ?? 0;
  if (letters < LEAST_LETTERS) return null;
  const language = detect(sample);
  if (language === '') return null;
  const written = sample.match(lettersOf(language))?.length ?? 0;
  if (2 * written < letters) return null;
  // The guesser knows one Greek; only the ancient is written with breathings and three accents.
  const polytonic = sample.match(/[\u1F00-\u1FFF]/g)?.length ?? 0;
  return language === 'el' && polytonic > letters / 100 ? 'grc' : language;
}

/** The letters of the script that a language is mostly written in. */
function lettersOf(language: string): RegExp {
  const script = new Intl.Locale(language).maximize().script ?? 'Latn';
  const names = MIXED_SCRIPTS.get(script) ?? [script];
  return new RegExp(names.map((name) => `\\p{Script=${name}}`).join('|'), 'gu');
}
