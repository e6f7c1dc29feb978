import { randomInt } from 'node:crypto';
import { slugSchema } from './schema';

/** Cyrillic in Latin letters by the rules of ICAO Doc 9303 for passports, which need no diacritics. */
// biome-ignore format: the alphabet reads best in rows
const LATIN: Record<string, string> = {
  а: 'a', б: 'b', в: 'v', г: 'g', д: 'd', е: 'e', ё: 'e', ж: 'zh', з: 'z', и: 'i', й: 'i', к: 'k', л: 'l', м: 'm',
  н: 'n', о: 'o', п: 'p', р: 'r', с: 's', т: 't', у: 'u', ф: 'f', х: 'kh', ц: 'ts', ч: 'ch', ш: 'sh', щ: 'shch',
  ъ: '', ы: 'y', ь: '', э: 'e', ю: 'iu', я: 'ia',
};

/** A slug from a group's name: «Пражская весна» → `prazhskaia-vesna`; `group` for a name without usable letters. */
export function slugify(name: string): string {
  const latin = name
    .normalize('NFC')
    .toLowerCase()
    .replace(/[а-яё]/g, (letter) => LATIN[letter] ?? '')
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, 48)
    .replace(/^-+|-+$/g, '');
  return slugSchema.safeParse(latin).success ? latin : `group${latin && `-${latin}`}`;
}

/** A slug with four random digits, for one that another group has. */
export function withRandomSuffix(slug: string): string {
  return `${slug}-${randomInt(1000, 10_000)}`;
}
