import { createHash } from 'node:crypto';
import { db, type Prisma, transaction } from '@/lib/db';
import { AppError, notFound } from '@/lib/kernel/errors';
import { CANON } from './canon';
import { type RevisionRows, rowsOf } from './rows';
import type { Edition, EditionHeader, EditionSummary, Section } from './schema';
import type { TeiEdition } from './tei';

type Tx = Prisma.TransactionClient;

/** A section whose text a new revision changes. `before` is null where it is new, `after` where it is gone. */
export type SectionChange = {
  edition: string;
  section: string;
  /** The revision that becomes current, and the one that was; null at the first publication. */
  revision: number;
  previous: number | null;
  before: string | null;
  after: string | null;
};

/** Rows of one INSERT: PostgreSQL takes 65,535 parameters, and our widest row has eleven. */
const BATCH = 2000;

/**
 * Stores a parsed edition as the draft revision, in place of an earlier draft. The same bytes as the current
 * revision, read by the same rules, store nothing and drop the draft.
 */
export function saveDraft(
  parsed: TeiEdition,
  source: string,
): Promise<{ revision: number; unchanged: boolean }> {
  const sha256 = createHash('sha256').update(source, 'utf8').digest('hex');
  return transaction(async (tx) => {
    const { slug, title, language } = parsed;
    await tx.edition.createMany({ data: [{ slug, title, language }], skipDuplicates: true });
    const current = await lockEdition(tx, slug);
    await deleteDraft(tx, slug);
    const newest = await tx.revision.findFirst({
      where: { edition: slug },
      orderBy: { number: 'desc' },
      select: { number: true, sha256: true, canon: true },
    });
    if (newest && newest.number === current && newest.sha256 === sha256 && newest.canon === CANON) {
      return { revision: newest.number, unchanged: true };
    }
    const number = (newest?.number ?? 0) + 1;
    const { canon, header } = parsed;
    await tx.revision.create({ data: { edition: slug, number, source, sha256, canon, header } });
    await insertSections(tx, rowsOf(slug, number, parsed.sections));
    return { revision: number, unchanged: false };
  });
}

/**
 * Makes the draft the current revision. `reanchor` is called in the same transaction, once for each section whose
 * text changed, and what it throws undoes the publication.
 *
 * @throws AppError `not_found` for an unknown edition, `conflict` where there is no draft.
 */
export function publishDraft(
  slug: string,
  reanchor: (tx: Tx, change: SectionChange) => Promise<void>,
): Promise<{ revision: number; changed: SectionChange[] }> {
  return transaction(async (tx) => {
    const previous = await lockEdition(tx, slug);
    const draft = await tx.revision.findFirst({
      where: { edition: slug, publishedAt: null },
      select: { number: true, header: true },
    });
    if (!draft) {
      throw new AppError('conflict', `${slug} has no draft to publish: import a file that differs first.`);
    }
    const changed = await compareTexts(tx, slug, previous, draft.number);
    for (const change of changed) await reanchor(tx, change);
    const header = draft.header as EditionHeader;
    await tx.revision.update({
      where: { edition_number: { edition: slug, number: draft.number } },
      data: { publishedAt: new Date() },
      select: { number: true },
    });
    await tx.edition.update({
      where: { slug },
      data: {
        current: draft.number,
        title: header.source.title || header.title,
        language: header.language,
      },
      select: { slug: true },
    });
    await tx.$executeRaw`SELECT pg_notify('scholion_edition', ${slug})`;
    return { revision: draft.number, changed };
  });
}

/** The TEI source of a published revision, or null. */
export async function readSource(slug: string, revision: number): Promise<string | null> {
  const row = await db.revision.findFirst({
    where: { edition: slug, number: revision, publishedAt: { not: null } },
    select: { source: true },
  });
  return row?.source ?? null;
}

/**
 * Number of the current revision, which stays current until the transaction ends: a publication waits for it.
 * Null for an edition that is unknown or was never published.
 */
export async function holdRevision(tx: Tx, slug: string): Promise<number | null> {
  const [row] = await tx.$queryRaw<{ current: number | null }[]>`
    SELECT current FROM edition WHERE slug = ${slug} FOR KEY SHARE`;
  return row?.current ?? null;
}

/** Takes the edition for this transaction, so that imports and publications follow one another. */
async function lockEdition(tx: Tx, slug: string): Promise<number | null> {
  const [row] = await tx.$queryRaw<{ current: number | null }[]>`
    SELECT current FROM edition WHERE slug = ${slug} FOR UPDATE`;
  if (!row) throw notFound();
  return row.current;
}

async function deleteDraft(tx: Tx, edition: string): Promise<void> {
  const draft = await tx.revision.findFirst({
    where: { edition, publishedAt: null },
    select: { number: true },
  });
  if (!draft) return;
  const where = { edition, revision: draft.number };
  await tx.span.deleteMany({ where });
  await tx.correction.deleteMany({ where });
  await tx.page.deleteMany({ where });
  await tx.note.deleteMany({ where });
  await tx.paragraph.deleteMany({ where });
  await tx.section.deleteMany({ where });
  await tx.revision.delete({ where: { edition_number: { edition, number: draft.number } } });
}

async function insertSections(tx: Tx, rows: RevisionRows): Promise<void> {
  await inBatches(rows.sections, (data) => tx.section.createMany({ data }));
  await inBatches(rows.paragraphs, (data) => tx.paragraph.createMany({ data }));
  await inBatches(rows.notes, (data) => tx.note.createMany({ data }));
  await inBatches(rows.pages, (data) => tx.page.createMany({ data }));
  await inBatches(rows.corrections, (data) => tx.correction.createMany({ data }));
  await inBatches(rows.spans, (data) => tx.span.createMany({ data }));
}

async function inBatches<T>(rows: T[], insert: (data: T[]) => Promise<unknown>): Promise<void> {
  for (let from = 0; from < rows.length; from += BATCH) await insert(rows.slice(from, from + BATCH));
}

/** The sections whose text differs between two revisions; `previous` null compares with nothing. */
function compareTexts(
  tx: Tx,
  edition: string,
  previous: number | null,
  revision: number,
): Promise<SectionChange[]> {
  return tx.$queryRaw<SectionChange[]>`
    SELECT ${edition} AS edition, coalesce(b.id, a.id) AS section, ${revision}::int AS revision,
           ${previous}::int AS previous, a.text AS before, b.text AS after
      FROM (SELECT * FROM section WHERE edition = ${edition} AND revision = ${previous}::int) a
      FULL JOIN (SELECT * FROM section WHERE edition = ${edition} AND revision = ${revision}::int) b ON a.id = b.id
     WHERE a.sha256 IS DISTINCT FROM b.sha256
     ORDER BY b.position, a.position`;
}

/** Number of the edition's current revision; null where the edition is unknown or was never published. */
export async function readCurrent(slug: string): Promise<number | null> {
  const row = await db.edition.findUnique({ where: { slug }, select: { current: true } });
  return row?.current ?? null;
}

/** Every published edition, by title. */
export function readEditions(): Promise<EditionSummary[]> {
  return db.$queryRaw<EditionSummary[]>`
    SELECT e.slug, e.title, e.language, e.current AS revision, r.header->'authors' AS authors
      FROM edition e JOIN revision r ON r.edition = e.slug AND r.number = e.current
     ORDER BY e.title, e.slug`;
}

/** A published revision's header and its sections in order, without their texts. */
export async function readEdition(slug: string, revision: number): Promise<Edition | null> {
  const [row] = await db.$queryRaw<Edition[]>`
    SELECT e.slug, coalesce(nullif(r.header->'source'->>'title', ''), r.header->>'title') AS title,
           r.header->>'language' AS language, r.number AS revision, r.header,
           (SELECT json_agg(json_build_object(
                     'id', s.id, 'title', s.title, 'kind', s.kind, 'home', s.home, 'label', s.label,
                     'language', s.language, 'length', char_length(s.text), 'sha256', s.sha256,
                     'paragraphs', (SELECT count(*) FROM paragraph p WHERE p.edition = s.edition
                                     AND p.revision = s.revision AND p.section = s.id),
                     'prose', (SELECT count(*) FROM paragraph p WHERE p.edition = s.edition
                                AND p.revision = s.revision AND p.section = s.id AND p.kind = 'p'),
                     'opening', coalesce((SELECT substring(s.text FROM p.start + 1 FOR p."end" - p.start)
                                  FROM paragraph p WHERE p.edition = s.edition AND p.revision = s.revision
                                   AND p.section = s.id AND p.kind IN ('p', 'note') ORDER BY p.position LIMIT 1), ''),
                     'pages', coalesce((SELECT json_agg(json_build_object('label', p.label, 'offset', p."offset")
                                         ORDER BY p."offset") FROM page p WHERE p.edition = s.edition
                                         AND p.revision = s.revision AND p.section = s.id), '[]'),
                     'targets', coalesce((SELECT to_json(n.targets) FROM note n WHERE n.edition = s.edition
                                           AND n.revision = s.revision AND n.id = s.id), '[]'))
                   ORDER BY s.position)
              FROM section s WHERE s.edition = r.edition AND s.revision = r.number) AS sections
      FROM edition e JOIN revision r ON r.edition = e.slug
     WHERE e.slug = ${slug} AND r.number = ${revision} AND r.published_at IS NOT NULL`;
  return row ?? null;
}

/**
 * A section of a published revision and, after it, its notes, each with everything in it: one statement, whose
 * subqueries each read one index range. Empty where there is none.
 */
export function readSections(slug: string, revision: number, id: string): Promise<Section[]> {
  return db.$queryRaw<Section[]>`
    SELECT s.id, s.edition, s.revision, s.kind, s.home, s.label, s.title, s.language, s.text, s.sha256,
           (SELECT coalesce(json_agg(json_build_object('id', p.id, 'start', p.start, 'end', p."end", 'language', p.language,
                     'kind', p.kind, 'number', CASE WHEN p.kind = 'p' THEN substring(p.id FROM '\\.p([^.]+)$') END)
                     ORDER BY p.position), '[]')
              FROM paragraph p WHERE p.edition = s.edition AND p.revision = s.revision AND p.section = s.id) AS paragraphs,
           (SELECT coalesce(json_agg(json_build_object('id', n.id, 'label', n.label, 'offset', n."offset",
                     'targets', n.targets) ORDER BY n."offset", n.label), '[]')
              FROM note n WHERE n.edition = s.edition AND n.revision = s.revision AND n.section = s.id) AS notes,
           (SELECT coalesce(json_agg(json_build_object('label', p.label, 'offset', p."offset")
                     ORDER BY p."offset", p.label), '[]')
              FROM page p WHERE p.edition = s.edition AND p.revision = s.revision AND p.section = s.id) AS pages,
           (SELECT coalesce(json_agg(json_build_object('start', c.start, 'end', c."end", 'printed', c.printed,
                     'corrected', c.corrected, 'certainty', c.certainty, 'kind', c.kind, 'note', c.note,
                     'resp', c.resp) ORDER BY c.position), '[]')
              FROM correction c WHERE c.edition = s.edition AND c.revision = s.revision AND c.section = s.id) AS corrections,
           (SELECT coalesce(json_agg(json_build_object('start', x.start, 'end', x."end", 'kind', x.kind, 'id', x.id,
                     'language', x.language, 'targets', x.targets) ORDER BY x.position), '[]')
              FROM span x WHERE x.edition = s.edition AND x.revision = s.revision AND x.section = s.id) AS spans,
           (SELECT json_build_object('id', o.id, 'title', o.title) FROM section o
             WHERE s.kind = 'section' AND o.edition = s.edition AND o.revision = s.revision AND o.kind = 'section'
               AND o.position < s.position ORDER BY o.position DESC LIMIT 1) AS previous,
           (SELECT json_build_object('id', o.id, 'title', o.title) FROM section o
             WHERE s.kind = 'section' AND o.edition = s.edition AND o.revision = s.revision AND o.kind = 'section'
               AND o.position > s.position ORDER BY o.position LIMIT 1) AS next
      FROM section s JOIN revision r ON r.edition = s.edition AND r.number = s.revision
     WHERE s.edition = ${slug} AND s.revision = ${revision} AND (s.id = ${id} OR s.home = ${id})
       AND r.published_at IS NOT NULL
     ORDER BY s.position`;
}
