import { Prisma, query, type Tx } from '@/lib/db';
import { readableEdition, type VisibilityScope } from '@/lib/policy/readable';
import type { EditionAccess, EditionSummary } from '../schema';

/** What a cached page of an edition depends on: its current revision, page images and title, and who may read it. */
export type EditionState = { revision: number; images: number; title: string; access: EditionAccess };

const STATE = Prisma.sql`e.current AS revision, e.images_version AS images, e.title, e.access::text`;

/** The state of an edition, whoever may read it; null where it is unknown or was never published. */
export async function findEditionState(slug: string): Promise<EditionState | null> {
  const [row] = await query<EditionState>(Prisma.sql`
    SELECT ${STATE} FROM edition e WHERE e.slug = ${slug} AND e.current IS NOT NULL`);
  return row ?? null;
}

/** The state of an edition that `scope` may read; null where there is none, or none for this viewer. */
export async function findReadableState(scope: VisibilityScope, slug: string): Promise<EditionState | null> {
  const [row] = await query<EditionState>(Prisma.sql`
    SELECT ${STATE} FROM edition e
     WHERE e.slug = ${slug} AND e.current IS NOT NULL AND ${readableEdition(scope)}`);
  return row ?? null;
}

/** Every published edition that `scope` may read, by title. */
export function selectReadableEditions(scope: VisibilityScope): Promise<EditionSummary[]> {
  return query<EditionSummary>(Prisma.sql`
    SELECT e.slug, e.title, e.language, e.current AS revision, e.access::text, r.header->'authors' AS authors
      FROM edition e JOIN revision r ON r.edition = e.slug AND r.number = e.current
     WHERE ${readableEdition(scope)} ORDER BY e.title, e.slug`);
}

/** An edition as those see it who may manage or list it: with the facts for policy, and whether it was published. */
export type ManagedEdition = {
  slug: string;
  title: string;
  access: EditionAccess;
  /** The id of the group whose managers may change it; null for one of the site. */
  homeGroup: string | null;
  isPublished: boolean;
  isReadable: boolean;
};

const managedColumns = (scope: VisibilityScope) => Prisma.sql`e.slug, e.title, e.access::text,
  e.home_group AS "homeGroup", e.current IS NOT NULL AS "isPublished", ${readableEdition(scope)} AS "isReadable"`;

/** An edition with the facts for policy, whoever may read it; null for an unknown one. */
export async function findManagedEdition(
  scope: VisibilityScope,
  slug: string,
): Promise<ManagedEdition | null> {
  const [row] = await query<ManagedEdition>(Prisma.sql`
    SELECT ${managedColumns(scope)} FROM edition e WHERE e.slug = ${slug}`);
  return row ?? null;
}

/** As `findManagedEdition`, of those that `scope` may read (drafts too): these, or with null all, by title. */
export function selectManagedEditions(
  scope: VisibilityScope,
  slugs: string[] | null,
): Promise<ManagedEdition[]> {
  const among = slugs === null ? Prisma.sql`true` : Prisma.sql`e.slug = ANY(${slugs}::text[])`;
  return query<ManagedEdition>(Prisma.sql`
    SELECT ${managedColumns(scope)} FROM edition e WHERE ${among} AND ${readableEdition(scope)}
     ORDER BY e.title, e.slug`);
}

/** Sets title, access or home group, and notifies every server (`NOTIFY scholion_edition`). */
export async function updateEdition(
  tx: Tx,
  slug: string,
  data: { title?: string; access?: EditionAccess; homeGroup?: string | null },
): Promise<void> {
  await tx.edition.update({ where: { slug }, data, select: { slug: true } });
  await tx.$executeRaw`SELECT pg_notify('scholion_edition', ${slug})`;
}

/** Those of these sections that stand in the current revisions of these editions, as `edition/section`. */
export async function selectCurrentSections(editions: string[], sections: string[]): Promise<Set<string>> {
  const rows = await query<{ name: string }>(Prisma.sql`
    SELECT s.edition || '/' || s.id AS name FROM edition e
      JOIN section s ON s.edition = e.slug AND s.revision = e.current AND s.kind = 'section'
     WHERE e.slug = ANY(${editions}::text[]) AND s.id = ANY(${sections}::text[])`);
  return new Set(rows.map(({ name }) => name));
}
