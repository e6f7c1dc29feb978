/** Names that older files give to languages, where a tag is wanted (TEI P4 left it open). */
const NAMES = new Map([
  ['arabic', 'ar'],
  ['english', 'en'],
  ['french', 'fr'],
  ['german', 'de'],
  ['greek', 'grc'],
  ['hebrew', 'he'],
  ['italian', 'it'],
  ['latin', 'la'],
  ['russian', 'ru'],
  ['spanish', 'es'],
]);

/** A language tag in canonical form (BCP 47 §4.5), or null where it is none. `eng` is `en`, `x-unknown` stays. */
export function canonicalLanguage(tag: string): string | null {
  try {
    const name = NAMES.get(tag.trim().toLowerCase());
    return name ?? Intl.getCanonicalLocales(tag.trim().replaceAll('_', '-'))[0] ?? null;
  } catch {
    return null;
  }
}
