import { Prisma, query } from '@/lib/db';
import { readableEdition, type VisibilityScope } from '@/lib/policy/readable';
import type { EditionAccess } from '../schema';

/** An edition as a card of the library shows it. */
export type LibraryEdition = {
  slug: string;
  title: string;
  language: string;
  access: EditionAccess;
  authors: string[];
  /** The year of the printed text, as its header says it; null where it says none. */
  year: string | null;
  /** Of the text in words; null for an edition that was brought in before they were counted. */
  words: number | null;
  sections: number;
  /** The first words of its first prose, and their language. */
  opening: string;
  openingLanguage: string;
  /** The groups of the viewer that read it, by name. */
  groups: { slug: string; name: string }[];
};

export const LIBRARY_SORTS = ['title', 'author', 'year', 'newest'] as const;
export type LibrarySort = (typeof LIBRARY_SORTS)[number];

/** What of the library is wanted: words of title or author, a language (BCP 47), only what the own groups read. */
export type LibraryFilter = { q?: string; language?: string; mine?: boolean };

/**
 * Letters without case and without marks, so that "resume" finds "Résumé", and "ё" is found by "е". The marks are those
 * of the Combining Diacritical Marks block (Unicode 16, §7.9).
 */
const folded = (words: Prisma.Sql) =>
  Prisma.sql`regexp_replace(normalize(lower(${words} COLLATE "und-x-icu"), NFD), '[\\u0300-\\u036f]', '', 'g')`;

function condition(scope: VisibilityScope, { q, language, mine }: LibraryFilter): Prisma.Sql {
  const where = [Prisma.sql`e.current IS NOT NULL`, readableEdition(scope)];
  const groups = scope.memberships.map(({ groupId }) => groupId);
  if (language) where.push(Prisma.sql`e.language = ${language}`);
  if (mine) {
    where.push(Prisma.sql`EXISTS (SELECT FROM reading_list_item l
      WHERE l.edition = e.slug AND l.group_id = ANY(${groups}::uuid[]))`);
  }
  if (q) {
    const words = Prisma.sql`concat_ws(' ', e.title, r.header->>'authors', r.header->'source'->>'year')`;
    where.push(Prisma.sql`strpos(${folded(words)}, ${folded(Prisma.sql`${q}::text`)}) > 0`);
  }
  return Prisma.join(where, ' AND ');
}

const ORDER: Record<LibrarySort, Prisma.Sql> = {
  title: Prisma.sql`e.title COLLATE "und-x-icu"`,
  author: Prisma.sql`nullif(r.header->'authors'->>0, '') COLLATE "und-x-icu" NULLS LAST, e.title`,
  year: Prisma.sql`r.header->'source'->>'year' NULLS LAST, e.title`,
  newest: Prisma.sql`r.published_at DESC`,
};

const FROM = Prisma.sql`edition e JOIN revision r ON r.edition = e.slug AND r.number = e.current`;

/** The editions of the library that `scope` may read, `limit` from `offset` on. */
export function selectLibrary(
  scope: VisibilityScope,
  filter: LibraryFilter,
  { sort, limit, offset }: { sort: LibrarySort; limit: number; offset: number },
): Promise<LibraryEdition[]> {
  const groups = scope.memberships.map(({ groupId }) => groupId);
  return query<LibraryEdition>(Prisma.sql`
    SELECT shown.*, s.sections, coalesce(o.opening, '') AS opening,
           coalesce(o.language, shown.language) AS "openingLanguage", coalesce(m.groups, '[]') AS groups
      FROM (
        SELECT row_number() OVER (ORDER BY ${ORDER[sort]}, e.slug) AS place, e.slug, e.title, e.language,
               e.access::text, e.current, r.header->'authors' AS authors,
               nullif(r.header->'source'->>'year', '') AS year, (r.report->'words'->>'text')::int AS words
          FROM ${FROM} WHERE ${condition(scope, filter)}
         ORDER BY place LIMIT ${limit} OFFSET ${offset}) shown
     CROSS JOIN LATERAL (
       SELECT count(*)::int AS sections FROM section
        WHERE edition = shown.slug AND revision = shown.current AND kind = 'section') s
      LEFT JOIN LATERAL (
       SELECT opening, language FROM section
        WHERE edition = shown.slug AND revision = shown.current AND kind = 'section' AND opening <> ''
        ORDER BY position LIMIT 1) o ON true
     CROSS JOIN LATERAL (
       SELECT json_agg(json_build_object('slug', g.slug, 'name', g.name) ORDER BY g.name) AS groups
         FROM reading_list_item l JOIN "group" g ON g.id = l.group_id
        WHERE l.edition = shown.slug AND l.group_id = ANY(${groups}::uuid[])) m
     ORDER BY shown.place`);
}

/** How many editions of the library `scope` may read: with the filter, in all, and in the own groups. */
export async function countLibrary(
  scope: VisibilityScope,
  filter: LibraryFilter,
): Promise<{ found: number; all: number; mine: number }> {
  const [row] = await query<{ found: number; all: number; mine: number }>(Prisma.sql`
    SELECT count(*) FILTER (WHERE ${condition(scope, filter)})::int AS found, count(*)::int AS "all",
           count(*) FILTER (WHERE ${condition(scope, { mine: true })})::int AS mine
      FROM ${FROM} WHERE ${condition(scope, {})}`);
  return row ?? { found: 0, all: 0, mine: 0 };
}

/** The languages of the editions that `scope` may read, each with how many are in it. */
export function selectLibraryLanguages(
  scope: VisibilityScope,
): Promise<{ language: string; count: number }[]> {
  return query(Prisma.sql`
    SELECT e.language, count(*)::int AS count FROM ${FROM}
     WHERE ${condition(scope, {})} GROUP BY e.language ORDER BY count DESC, e.language LIMIT 50`);
}
