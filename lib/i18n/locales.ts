/** The languages of the pages; the language of an edition is independent of them. */
export const locales = ['en', 'ru', 'ro'] as const;

export type Locale = (typeof locales)[number];

/** The name of each language in that language, for the language switch. */
export const localeNames: Record<Locale, string> = { en: 'English', ru: 'Русский', ro: 'Română' };

/** Whether `text` is the tag of one of the pages' languages. */
export function isLocale(text: string | null | undefined): text is Locale {
  return locales.includes(text as Locale);
}
