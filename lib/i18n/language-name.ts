/**
 * The name of a language (BCP 47) in the language of the page, with a capital at its head; the tag itself where ICU knows
 * none.
 */
export function languageName(locale: string, tag: string): string {
  const name = nameOf(locale, tag);
  return name.charAt(0).toLocaleUpperCase(locale) + name.slice(1);
}

function nameOf(locale: string, tag: string): string {
  try {
    return new Intl.DisplayNames(locale, { type: 'language' }).of(tag) ?? tag;
  } catch {
    // A private tag such as `x-unknown` is no Unicode locale identifier (ECMA-402 §12.5).
    return tag;
  }
}
