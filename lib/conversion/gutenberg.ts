import type { ConversionMetadata } from './schema';

/** The lines around the text of a Project Gutenberg file. */
export const START_MARK =
  /\*{3}\s*START OF (?:THE|THIS) PROJECT GUTENBERG[^*]*\*{3}|\*END\*?\s*THE SMALL PRINT![^*]*\*END\*/;
export const END_MARK =
  /(?:End of (?:the )?Project Gutenberg(?:['’]s)?[^\n]*\n\s*)?\*{3}\s*END OF (?:THE|THIS) PROJECT GUTENBERG[^*]*\*{3}/;

const LICENCE = 'Public domain in the USA (Project Gutenberg)';

/** Languages as Gutenberg's heads name them. */
const LANGUAGES: Record<string, string> = {
  english: 'en',
  french: 'fr',
  german: 'de',
  italian: 'it',
  spanish: 'es',
  portuguese: 'pt',
  latin: 'la',
  greek: 'el',
  dutch: 'nl',
  russian: 'ru',
  romanian: 'ro',
  polish: 'pl',
  czech: 'cs',
  hungarian: 'hu',
  finnish: 'fi',
  swedish: 'sv',
  danish: 'da',
  norwegian: 'no',
  chinese: 'zh',
  japanese: 'ja',
  hebrew: 'he',
  arabic: 'ar',
  esperanto: 'eo',
};

/** What the head of a Project Gutenberg file says of the book: title, authors, language, date of release. */
export function gutenbergMetadata(head: string): Partial<ConversionMetadata> {
  if (!/Project Gutenberg/i.test(head)) return {};
  const field = (name: string) =>
    new RegExp(`^${name}:[ \\t]*(.+(?:\\r?\\n[ \\t]+\\S.*)*)`, 'm')
      .exec(head)?.[1]
      ?.replace(/\s+/g, ' ')
      .trim();
  const title = field('Title');
  const author = field('Author');
  const language = field('Language');
  const date = field('Release Date')?.replace(/\s*\[.*$/, '');
  return {
    ...(title && { title }),
    ...(author && { authors: [author] }),
    ...(language && LANGUAGES[language.toLowerCase()] && { language: LANGUAGES[language.toLowerCase()] }),
    ...(date && { date }),
    licence: LICENCE,
  };
}
