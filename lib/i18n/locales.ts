/** The languages of the pages. An edition's own language has nothing to do with it. */
export const locales = ['en', 'ru', 'ro'] as const;

export type Locale = (typeof locales)[number];

/** Each language by its own name, for the switch. */
export const localeNames: Record<Locale, string> = { en: 'English', ru: 'Русский', ro: 'Română' };

/** Whether `text` names a language that the pages speak. */
export function isLocale(text: string | null | undefined): text is Locale {
  return locales.includes(text as Locale);
}
