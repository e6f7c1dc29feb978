import { randomInt } from 'node:crypto';
import { latinSlug } from '@/lib/kernel/latin-slug';
import { slugSchema } from './schema';

/** A slug from a group's name: «Пражская весна» → `prazhskaia-vesna`; `group` for a name without usable letters. */
export function slugify(name: string): string {
  const latin = latinSlug(name);
  return slugSchema.safeParse(latin).success ? latin : `group${latin && `-${latin}`}`;
}

/** A slug with four random digits, for one that another group has. */
export function withRandomSuffix(slug: string): string {
  return `${slug}-${randomInt(1000, 10_000)}`;
}
