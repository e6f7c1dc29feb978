import { Prisma, query, queryInBatches } from '@/lib/db';
import { readableEdition, type VisibilityScope } from '@/lib/policy/readable';

/** A text in which words stand, with its place in its edition. */
export type FoundText = {
  edition: string;
  revision: number;
  editionTitle: string;
  /** The title of the section whose page it is on. */
  pageTitle: string;
  id: string;
  home: string | null;
  label: string | null;
  title: string;
  language: string;
  text: string;
};

/** Texts that are read at once: a page of an edition is bounded, so that these are some megabytes at most. */
const BATCH = 4;

/**
 * The texts of current revisions, of sections and notes, that match a pattern (PostgreSQL §9.7.3): of every edition that
 * `scope` may read, or of the one named, in order. Edition by edition, so that the first come while others are looked
 * through. Throws where the next is not found within `milliseconds`.
 */
export function selectTextsWith(
  scope: VisibilityScope,
  { slug, pattern, milliseconds }: { slug: string | null; pattern: string; milliseconds: number },
): AsyncGenerator<FoundText[]> {
  return queryInBatches<FoundText>(
    Prisma.sql`
      SELECT k.slug AS edition, k.current AS revision, k.title AS "editionTitle", t.*
        FROM (SELECT e.slug, e.current, e.title FROM edition e
               WHERE e.current IS NOT NULL AND (${slug}::text IS NULL OR e.slug = ${slug}) AND ${readableEdition(scope)}
               ORDER BY e.title, e.slug OFFSET 0) k
       CROSS JOIN LATERAL (
         SELECT s.id, s.home, s.label, s.title, s.language, s.text,
                coalesce((SELECT h.title FROM section h WHERE h.edition = s.edition AND h.revision = s.revision AND h.id = s.home),
                         s.title) AS "pageTitle"
           FROM section s WHERE s.edition = k.slug AND s.revision = k.current AND s.text ~ ${pattern}
          ORDER BY s.position OFFSET 0) t`,
    BATCH,
    { milliseconds },
  );
}

/** The paragraph at an offset of a section. */
export type ParagraphAt = {
  id: string;
  start: number;
  end: number;
  kind: string;
  number: string | null;
  reference: string | null;
};

/** A place in a text: its offset in code points. */
export type TextOffset = { edition: string; revision: number; section: string; offset: number };

/** The paragraphs at these places, in the same order; null where there is none. */
export async function selectParagraphsAt(places: TextOffset[]): Promise<(ParagraphAt | null)[]> {
  const rows = await query<{ paragraph: ParagraphAt | null }>(Prisma.sql`
    SELECT (SELECT json_build_object('id', p.id, 'start', p.start, 'end', p."end", 'kind', p.kind,
                     'reference', p.reference,
                     'number', coalesce(p.number, CASE WHEN p.kind = 'p' THEN substring(p.id FROM '\\.p([^.]+)$') END))
              FROM paragraph p
             WHERE p.edition = h.edition AND p.revision = h.revision AND p.section = h.section AND p.start <= h.at
             ORDER BY p.position DESC LIMIT 1) AS paragraph
      FROM unnest(${places.map(({ edition }) => edition)}::text[], ${places.map(({ revision }) => revision)}::int[],
                  ${places.map(({ section }) => section)}::text[], ${places.map(({ offset }) => offset)}::int[])
           WITH ORDINALITY AS h(edition, revision, section, at, n) ORDER BY h.n`);
  return rows.map(({ paragraph }) => paragraph);
}
