import { Prisma, query, queryInBatches } from '@/lib/db';

/** A text in which words stand, with its place in the edition. */
export type FoundText = {
  id: string;
  home: string | null;
  label: string | null;
  title: string;
  language: string;
  text: string;
};

/** Texts that are read at once: a page of an edition is bounded, so that these are some megabytes at most. */
const BATCH = 4;

/** The texts of a published revision, of sections and notes, that match a pattern (PostgreSQL §9.7.3), in order. */
export function selectTextsWith(
  slug: string,
  revision: number,
  pattern: string,
): AsyncGenerator<FoundText[]> {
  return queryInBatches<FoundText>(
    Prisma.sql`
      SELECT s.id, s.home, s.label, s.title, s.language, s.text FROM section s
       WHERE s.edition = ${slug} AND s.revision = ${revision} AND s.text ~ ${pattern} ORDER BY s.position`,
    BATCH,
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

/** The paragraphs at these offsets of these sections, in the same order; null where there is none. */
export async function selectParagraphsAt(
  slug: string,
  revision: number,
  places: { section: string; offset: number }[],
): Promise<(ParagraphAt | null)[]> {
  const sections = places.map(({ section }) => section);
  const offsets = places.map(({ offset }) => offset);
  const rows = await query<{ paragraph: ParagraphAt | null }>(Prisma.sql`
    SELECT (SELECT json_build_object('id', p.id, 'start', p.start, 'end', p."end", 'kind', p.kind,
                     'reference', p.reference,
                     'number', coalesce(p.number, CASE WHEN p.kind = 'p' THEN substring(p.id FROM '\\.p([^.]+)$') END))
              FROM paragraph p
             WHERE p.edition = ${slug} AND p.revision = ${revision} AND p.section = h.section AND p.start <= h.at
             ORDER BY p.position DESC LIMIT 1) AS paragraph
      FROM unnest(${sections}::text[], ${offsets}::int[]) WITH ORDINALITY AS h(section, at, n) ORDER BY h.n`);
  return rows.map(({ paragraph }) => paragraph);
}
