import Negotiator from 'negotiator';
import { compiledMessages, type Key, type Namespace } from './catalogues';
import { isLocale, type Locale, locales } from './locales';
import { makeTranslate, type Translate } from './translate';

export type { Key, Namespace } from './catalogues';
export { languageName } from './language-name';
export { isLocale, type Locale, localeNames, locales } from './locales';
export { formatDate, type Translate } from './translate';

/**
 * The language of an answer: the user's choice (cookie `locale`) if it is one of ours, else the best match of
 * Accept-Language (RFC 9110 §12.5.4), else English.
 */
export function negotiateLocale(
  cookie: string | null | undefined,
  acceptLanguage: string | null | undefined,
): Locale {
  if (isLocale(cookie)) return cookie;
  const asked = new Negotiator({ headers: { 'accept-language': acceptLanguage ?? '' } });
  const best = acceptLanguage ? asked.language([...locales]) : undefined;
  return isLocale(best) ? best : 'en';
}

/** The texts of one namespace in one language, for mail, the command line, problems and server components. */
export function translator<N extends Namespace>(locale: Locale, namespace: N): Translate<Key<N>> {
  return makeTranslate(locale, compiledMessages(locale, namespace));
}
