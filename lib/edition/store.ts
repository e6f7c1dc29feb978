import { db, Prisma, type Tx } from '@/lib/db';
import { directionOf } from './direction';
import type { Edition, Section } from './schema';
import { imageStem } from './tei/facsimile';

/** The TEI source of a published revision, or null. */
export async function findSource(slug: string, revision: number): Promise<string | null> {
  const row = await db.revision.findFirst({
    where: { edition: slug, number: revision, publishedAt: { not: null } },
    select: { source: true },
  });
  return row?.source ?? null;
}

/**
 * Locks an edition against a publication until the transaction ends, and returns the number of its current revision.
 * Null for an edition that is unknown or was never published.
 */
export async function lockCurrentRevision(tx: Tx, slug: string): Promise<number | null> {
  const [row] = await tx.$queryRaw<{ current: number | null }[]>`
    SELECT current FROM edition WHERE slug = ${slug} FOR KEY SHARE`;
  return row?.current ?? null;
}

/**
 * Those of the editions in `revisions` (revision by slug) that still have this current revision, locked against a
 * publication until the transaction ends: a part of a statement that writes what stands in their texts.
 */
export function currentRevisions(revisions: Map<string, number>): Prisma.Sql {
  // In one order for all, so that two writers on the same two editions do not wait for each other.
  return Prisma.sql`SELECT e.slug FROM edition e
      JOIN unnest(${[...revisions.keys()]}::text[], ${[...revisions.values()]}::int[]) AS held(slug, revision)
        ON held.slug = e.slug
     WHERE e.current = held.revision ORDER BY e.slug FOR KEY SHARE OF e`;
}

/** Locks editions as `currentRevisions` does. False where one has another current revision. */
export async function lockCurrentRevisions(tx: Tx, revisions: Map<string, number>): Promise<boolean> {
  return (await tx.$queryRaw<unknown[]>(currentRevisions(revisions))).length === revisions.size;
}

/**
 * Counts a change of an edition's page images, and locks the edition until the transaction ends; then every server is
 * notified (`NOTIFY scholion_edition`). False where the edition is unknown or was never published.
 */
export async function bumpImagesVersion(tx: Tx, slug: string): Promise<boolean> {
  const changed = await tx.$executeRaw`
    UPDATE edition SET images_version = images_version + 1 WHERE slug = ${slug} AND current IS NOT NULL`;
  if (changed > 0) await tx.$executeRaw`SELECT pg_notify('scholion_edition', ${slug})`;
  return changed > 0;
}

/**
 * The pages of an edition's current text whose picture has this name, as `imageStem` gives it: several where a sheet has
 * them all; none where different pictures have it.
 */
export async function findPagesByImage(slug: string, stem: string): Promise<string[]> {
  const rows = await db.$queryRaw<{ label: string; image: string }[]>`
    SELECT DISTINCT p.label, p.image FROM page p JOIN edition e ON e.slug = p.edition AND e.current = p.revision
     WHERE e.slug = ${slug} AND strpos(lower(p.image), ${stem.toLowerCase()}) > 0 ORDER BY p.label LIMIT 1000`;
  const shown = rows.filter(({ image }) => imageStem(image).toLowerCase() === stem.toLowerCase());
  const pictures = new Set(shown.map(({ image }) => image));
  return pictures.size === 1 ? shown.map(({ label }) => label) : [];
}

/** The header of a published revision, or with `isDraft` of a draft, and its sections in order, without their texts. */
export async function findEdition(
  slug: string,
  revision: number,
  isDraft = false,
): Promise<Omit<Edition, 'access'> | null> {
  const [row] = await db.$queryRaw<(Omit<Edition, 'published' | 'access'> & { published: Date | null })[]>`
    SELECT e.slug, coalesce(nullif(r.header->'source'->>'title', ''), r.header->>'title') AS title,
           r.header->>'language' AS language, r.number AS revision, r.published_at AS published, r.header,
           (SELECT coalesce(json_agg(json_build_object(
                     'id', s.id, 'title', s.title, 'parent', s.parent, 'reference', s.reference,
                     'language', s.language, 'length', char_length(s.text), 'sha256', s.sha256,
                     'paragraphs', coalesce(s.blocks, (SELECT count(*) FROM paragraph p WHERE p.edition = s.edition
                                     AND p.revision = s.revision AND p.section = s.id)),
                     'prose', coalesce(s.prose, (SELECT count(*) FROM paragraph p WHERE p.edition = s.edition
                                AND p.revision = s.revision AND p.section = s.id AND p.kind = 'p')),
                     'opening', coalesce(s.opening, (SELECT substring(s.text FROM p.start + 1 FOR p."end" - p.start)
                                  FROM paragraph p WHERE p.edition = s.edition AND p.revision = s.revision
                                   AND p.section = s.id AND p.kind = 'p' ORDER BY p.position LIMIT 1), ''),
                     'notes', (SELECT count(*) FROM note n WHERE n.edition = s.edition AND n.revision = s.revision
                                AND n.section = s.id),
                     'pages', coalesce((SELECT json_agg(json_strip_nulls(json_build_object('label', p.label, 'offset', p."offset", 'image', p.image))
                                         ORDER BY p."offset") FROM page p WHERE p.edition = s.edition
                                         AND p.revision = s.revision AND p.section = s.id), '[]'))
                   ORDER BY s.position), '[]')
              FROM section s WHERE s.edition = r.edition AND s.revision = r.number AND s.kind = 'section') AS sections,
           (SELECT coalesce(json_agg(json_build_object(
                     'id', s.id, 'home', s.home, 'label', s.label, 'length', char_length(s.text), 'targets', n.targets)
                   ORDER BY s.position), '[]')
              FROM section s JOIN note n ON n.edition = s.edition AND n.revision = s.revision AND n.id = s.id
             WHERE s.edition = r.edition AND s.revision = r.number AND s.kind = 'note') AS notes,
           (SELECT coalesce(json_agg(json_build_object(
                     'id', d.id, 'parent', d.parent, 'section', d.section, 'start', d.start, 'title', d.title,
                     'reference', d.reference) ORDER BY s.position, d.position), '[]')
              FROM division d JOIN section s ON s.edition = d.edition AND s.revision = d.revision AND s.id = d.section
             WHERE d.edition = r.edition AND d.revision = r.number) AS divisions
      FROM edition e JOIN revision r ON r.edition = e.slug
     WHERE e.slug = ${slug} AND r.number = ${revision} AND (r.published_at IS NULL) = ${isDraft}`;
  return row ? { ...row, published: row.published?.toISOString() ?? '' } : null;
}

/**
 * A section of a published revision, or with `isDraft` of a draft, followed by its notes, each with everything in it. One statement, whose subqueries
 * each read one index range. Empty where there is no such section.
 */
export async function selectSections(
  slug: string,
  revision: number,
  id: string,
  isDraft = false,
): Promise<Section[]> {
  const rows = await db.$queryRaw<Omit<Section, 'direction'>[]>`
    SELECT s.id, s.edition, s.revision, s.kind, s.home, s.label, s.title, s.language, s.parent, s.reference, s.text, s.sha256,
           (SELECT coalesce(json_agg(json_build_object('id', p.id, 'start', p.start, 'end', p."end", 'language', p.language,
                     'kind', p.kind, 'reference', p.reference, 'containers', coalesce(p.containers, '[]'),
                     'details', coalesce(p.details, '{}'),
                     'number', coalesce(p.number, CASE WHEN p.kind = 'p' THEN substring(p.id FROM '\\.p([^.]+)$') END))
                     ORDER BY p.position), '[]')
              FROM paragraph p WHERE p.edition = s.edition AND p.revision = s.revision AND p.section = s.id) AS paragraphs,
           (SELECT coalesce(json_agg(json_build_object('id', n.id, 'label', n.label, 'offset', n."offset",
                     'targets', n.targets) ORDER BY n."offset", n.label), '[]')
              FROM note n WHERE n.edition = s.edition AND n.revision = s.revision AND n.section = s.id) AS notes,
           (SELECT coalesce(json_agg(json_strip_nulls(json_build_object('label', p.label, 'offset', p."offset", 'image', p.image))
                     ORDER BY p."offset", p.label), '[]')
              FROM page p WHERE p.edition = s.edition AND p.revision = s.revision AND p.section = s.id) AS pages,
           (SELECT coalesce(json_agg(json_build_object('start', c.start, 'end', c."end", 'printed', c.printed,
                     'corrected', c.corrected, 'certainty', c.certainty, 'kind', c.kind, 'note', c.note,
                     'resp', c.resp) ORDER BY c.position), '[]')
              FROM correction c WHERE c.edition = s.edition AND c.revision = s.revision AND c.section = s.id) AS corrections,
           (SELECT coalesce(json_agg(json_build_object('start', x.start, 'end', x."end", 'kind', x.kind, 'id', x.id,
                     'language', x.language, 'targets', x.targets, 'details', coalesce(x.details, '{}')) ORDER BY x.position), '[]')
              FROM span x WHERE x.edition = s.edition AND x.revision = s.revision AND x.section = s.id) AS spans,
           (SELECT json_build_object('id', o.id, 'title', o.title) FROM section o
             WHERE s.kind = 'section' AND o.edition = s.edition AND o.revision = s.revision AND o.kind = 'section'
               AND o.position < s.position ORDER BY o.position DESC LIMIT 1) AS previous,
           (SELECT json_build_object('id', o.id, 'title', o.title) FROM section o
             WHERE s.kind = 'section' AND o.edition = s.edition AND o.revision = s.revision AND o.kind = 'section'
               AND o.position > s.position ORDER BY o.position LIMIT 1) AS next
      FROM section s JOIN revision r ON r.edition = s.edition AND r.number = s.revision
     WHERE s.edition = ${slug} AND s.revision = ${revision} AND (s.id = ${id} OR s.home = ${id})
       AND (r.published_at IS NULL) = ${isDraft}
     ORDER BY s.position`;
  return rows.map((row) => ({ ...row, direction: directionOf(row.language) }));
}
