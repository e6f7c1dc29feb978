/** A language tag in canonical form (BCP 47 §4.5), or null where it is none. `eng` is `en`, `x-unknown` stays. */
export function canonicalLanguage(tag: string): string | null {
  try {
    return Intl.getCanonicalLocales(tag.trim().replaceAll('_', '-'))[0] ?? null;
  } catch {
    return null;
  }
}
