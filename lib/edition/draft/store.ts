import { db, Prisma, type Tx, transaction } from '@/lib/db';
import { AppError, notFound } from '@/lib/kernel/errors';
import type { ImportReport } from '../import-report';
import type { DraftTable } from '../import-steps';
import type { EditionAccess, EditionHeader } from '../schema';
import type { EarlierSection } from '../sections/assign-ids';
import { lockCurrentRevision } from '../store';

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

/** The draft of an edition, and the revision that it is to follow; `current` null before the first publication. */
export type Draft = {
  edition: string;
  revision: number;
  sha256: string;
  importedAt: Date;
  current: number | null;
  format: string;
  /** Null for a draft that is older than reports. */
  report: ImportReport | null;
};

/** Sections whose paragraphs are read at a time. */
const EARLIER_BATCH = 50;

/** An edition that a draft belongs to, as it is made where it is new. */
export type EditionRow = {
  slug: string;
  title: string;
  language: string;
  access: EditionAccess;
  homeGroup: string | null;
};

/** Inserts an edition; false where it is there already. */
export async function insertEdition(tx: Tx, edition: EditionRow): Promise<boolean> {
  const { count } = await tx.edition.createMany({ data: [edition], skipDuplicates: true });
  return count > 0;
}

/** Gives an edition that was never published the title and language of its draft. */
export async function renameDraft(tx: Tx, slug: string, title: string, language: string): Promise<void> {
  await tx.edition.update({ where: { slug }, data: { title, language }, select: { slug: true } });
}

/** The newest published revision of an edition, by what tells whether a file is the same. */
export function findNewestPublished(
  tx: Tx,
  edition: string,
): Promise<{ number: number; sha256: string; canon: string } | null> {
  return tx.revision.findFirst({
    where: { edition, publishedAt: { not: null } },
    orderBy: { number: 'desc' },
    select: { number: true, sha256: true, canon: true },
  });
}

type RevisionRow = {
  edition: string;
  number: number;
  sha256: string;
  canon: string;
  header: EditionHeader;
  format: string;
  report: ImportReport;
};

/** Inserts a draft revision, without its source and its rows. */
export async function insertRevision(tx: Tx, row: RevisionRow): Promise<void> {
  await tx.revision.create({ data: { ...row, source: '' }, select: { number: true } });
}

/** Puts a piece of its source behind those that a draft has. */
export async function appendSource(tx: Tx, edition: string, number: number, piece: string): Promise<void> {
  await tx.$executeRaw`
    UPDATE revision SET source = source || ${piece} WHERE edition = ${edition} AND number = ${number}`;
}

export async function updateReport(
  tx: Tx,
  edition: string,
  number: number,
  report: ImportReport,
): Promise<void> {
  await tx.revision.update({
    where: { edition_number: { edition, number } },
    data: { report },
    select: { number: true },
  });
}

/** The draft of an edition by what a person may change of it, or null. */
export function findDraftHeader(
  tx: Tx,
  edition: string,
): Promise<{ number: number; header: unknown; report: unknown } | null> {
  return tx.revision.findFirst({
    where: { edition, publishedAt: null },
    select: { number: true, header: true, report: true },
  });
}

export async function updateDraft(
  tx: Tx,
  edition: string,
  number: number,
  { header, report }: { header: EditionHeader; report: ImportReport | null },
): Promise<void> {
  await tx.revision.update({
    where: { edition_number: { edition, number } },
    data: { header, ...(report && { report }) },
    select: { number: true },
  });
}

/** Gives what is in one language of a draft another: the language of the whole, which its parts take over. */
export async function updateDraftLanguage(
  tx: Tx,
  edition: string,
  revision: number,
  from: string,
  to: string,
): Promise<void> {
  const where = { edition, revision, language: from };
  await tx.section.updateMany({ where, data: { language: to } });
  await tx.paragraph.updateMany({ where, data: { language: to } });
}

/** Tells Postgres how much there is now: without it, a large text is read by plans for a small one. */
export async function analyzeTexts(): Promise<void> {
  await db.$executeRaw`ANALYZE section, division, paragraph, note, page, correction, span`;
}

/** The rows of one table, as they come from JSON: a statement each, whatever their number. */
export async function insertRows(tx: Tx, table: DraftTable, json: string): Promise<void> {
  const name = Prisma.raw(`"${table}"`);
  await tx.$executeRaw`INSERT INTO ${name} SELECT * FROM json_populate_recordset(NULL::${name}, ${json}::json)`;
}

/**
 * The sections of a revision, with the MD5 of each paragraph's text: by it a new one finds what it has again. A few at a
 * time, since a long text has hundreds of thousands of paragraphs.
 */
export async function selectEarlierSections(
  tx: Tx,
  edition: string,
  revision: number,
): Promise<EarlierSection[]> {
  const found: EarlierSection[] = [];
  for (let after = -1; ; ) {
    const rows = await tx.$queryRaw<(EarlierSection & { position: number })[]>`
      SELECT s.id, s.position,
             (SELECT coalesce(json_agg(json_build_object('id', p.id, 'md5', md5(t.text)) ORDER BY p.position), '[]')
                FROM unnest(string_to_array(s.text, E'\\n')) WITH ORDINALITY AS t (text, place)
                JOIN paragraph p ON p.edition = s.edition AND p.revision = s.revision AND p.section = s.id
                                AND p.position = t.place - 1) AS paragraphs
        FROM section s
       WHERE s.edition = ${edition} AND s.revision = ${revision} AND s.kind = 'section' AND s.position > ${after}
       ORDER BY s.position LIMIT ${EARLIER_BATCH}`;
    found.push(...rows.map(({ id, paragraphs }) => ({ id, paragraphs })));
    const last = rows.at(-1);
    if (!last || rows.length < EARLIER_BATCH) return found;
    after = last.position;
  }
}

/** The TEI source of the draft of an edition, or null. */
export async function findDraftSource(slug: string): Promise<string | null> {
  const row = await db.revision.findFirst({
    where: { edition: slug, publishedAt: null },
    select: { source: true },
  });
  return row?.source ?? null;
}

/** The xml:id that the newest text of an edition gives itself (`TEI/@xml:id`), or null. */
export async function findOwnId(slug: string): Promise<string | null> {
  const [row] = await db.$queryRaw<{ id: string | null }[]>`
    SELECT substring(left(source, 10000) FROM '<TEI\\M[^>]*\\sxml:id\\s*=\\s*["'']([^"'']+)') AS id
      FROM revision WHERE edition = ${slug} ORDER BY number DESC LIMIT 1`;
  return row?.id ?? null;
}

/** Whether there is an edition of this name, published or not. */
export async function hasEdition(slug: string): Promise<boolean> {
  return (await db.edition.count({ where: { slug } })) > 0;
}

/** The draft of an edition, or null. @throws AppError `not_found` for an unknown edition */
export async function findDraft(slug: string): Promise<Draft | null> {
  const row = await db.edition.findUnique({
    where: { slug },
    select: {
      current: true,
      revisions: {
        where: { publishedAt: null },
        select: { number: true, sha256: true, importedAt: true, format: true, report: true },
      },
    },
  });
  if (!row) throw notFound();
  const [draft] = row.revisions;
  if (!draft) return null;
  const { number: revision, report, ...rest } = draft;
  return { edition: slug, revision, current: row.current, ...rest, report: report as ImportReport | null };
}

/** The sections whose text a draft changes, in its order; removed sections come last. */
export async function selectChangedSections({ edition, revision, current }: Draft): Promise<string[]> {
  const rows = await db.$queryRaw<{ section: string }[]>`
    SELECT coalesce(b.id, a.id) AS section
      FROM (SELECT * FROM section WHERE edition = ${edition} AND revision = ${current}::int) a
      FULL JOIN (SELECT * FROM section WHERE edition = ${edition} AND revision = ${revision}::int) b ON a.id = b.id
     WHERE a.sha256 IS DISTINCT FROM b.sha256
     ORDER BY b.position, a.position`;
  return rows.map(({ section }) => section);
}

/** One section before and after a draft. */
export async function selectSectionChange(
  draft: Draft,
  section: string,
  tx: Tx = db,
): Promise<SectionChange> {
  const { edition, revision, current: previous } = draft;
  const rows = await tx.section.findMany({
    where: { edition, id: section, revision: { in: [revision, ...(previous === null ? [] : [previous])] } },
    select: { revision: true, text: true },
  });
  const textIn = (number: number | null) => rows.find((row) => row.revision === number)?.text ?? null;
  return { edition, section, revision, previous, before: textIn(previous), after: textIn(revision) };
}

/**
 * Locks the draft and the current revision against a publication and another draft, until the transaction ends; writers
 * go on.
 *
 * @throws AppError `conflict` where the draft was replaced or published meanwhile.
 */
export async function lockDraft(tx: Tx, draft: Draft): Promise<void> {
  await lockCurrentRevision(tx, draft.edition);
  await requireSameDraft(tx, draft);
}

/**
 * Locks the edition against every writer until the transaction ends.
 *
 * @throws AppError `conflict` where the draft was replaced or published meanwhile.
 */
export async function lockDraftForPublication(tx: Tx, draft: Draft): Promise<void> {
  await lockEdition(tx, draft.edition);
  await requireSameDraft(tx, draft);
}

/** Records that a section of the draft is staged. False where it was staged already. */
export async function claimSection(tx: Tx, { edition, revision }: Draft, section: string): Promise<boolean> {
  const claimed = await tx.$executeRaw`
    INSERT INTO staged_section (edition, revision, section) VALUES (${edition}, ${revision}, ${section})
    ON CONFLICT DO NOTHING`;
  return claimed > 0;
}

/** As `claimSection`, for several. */
export async function claimSections(tx: Tx, { edition, revision }: Draft, sections: string[]): Promise<void> {
  const data = sections.map((section) => ({ edition, revision, section }));
  await tx.stagedSection.createMany({ data, skipDuplicates: true });
}

/**
 * Deletes the draft of an edition, and the edition itself where it was never published; then `clean` deletes what other
 * rooms have of it. False where there is no draft.
 */
export function deleteDraftOf(
  slug: string,
  clean: (tx: Tx, slug: string) => Promise<void>,
): Promise<boolean> {
  return transaction(async (tx) => {
    const current = await lockEdition(tx, slug);
    const drafts = await tx.revision.count({ where: { edition: slug, publishedAt: null } });
    await deleteDraft(tx, slug);
    if (current === null) {
      await clean(tx, slug);
      await tx.edition.delete({ where: { slug }, select: { slug: true } });
    }
    return drafts > 0;
  });
}

/** Deletes what was staged for a draft, with its anchors. */
export async function clearStaging(tx: Tx, { edition, revision }: Draft): Promise<void> {
  await tx.stagedSection.deleteMany({ where: { edition, revision } });
}

/**
 * Makes the draft the current revision, in a transaction that has locked it for publication. The edition is called what
 * its file calls it, unless somebody gave it another title: that stays until the file's own title changes.
 */
export async function promoteDraft(
  tx: Tx,
  { edition: slug, revision: number, current }: Draft,
): Promise<void> {
  const { header } = await tx.revision.update({
    where: { edition_number: { edition: slug, number } },
    data: { publishedAt: new Date() },
    select: { header: true },
  });
  const before =
    current === null
      ? null
      : await tx.revision.findUnique({
          where: { edition_number: { edition: slug, number: current } },
          select: { header: true },
        });
  const title = titleOf(header as EditionHeader);
  const isRenamed = before !== null && titleOf(before.header as EditionHeader) !== title;
  const { language } = header as EditionHeader;
  await tx.edition.update({
    where: { slug },
    data: { current: number, language, ...(isRenamed && { title }) },
    select: { slug: true },
  });
  await tx.$executeRaw`SELECT pg_notify('scholion_edition', ${slug})`;
}

function titleOf({ source, title }: EditionHeader): string {
  return source.title || title;
}

/** Throws conflict unless the draft is still the one that was read; it cannot be replaced before the transaction ends. */
async function requireSameDraft(tx: Tx, { edition, revision, sha256, current }: Draft): Promise<void> {
  const [row] = await tx.$queryRaw<{ number: number }[]>`
    SELECT r.number FROM revision r JOIN edition e ON e.slug = r.edition AND e.current IS NOT DISTINCT FROM ${current}::int
     WHERE r.edition = ${edition} AND r.number = ${revision} AND r.sha256 = ${sha256} AND r.published_at IS NULL
       FOR KEY SHARE OF r`;
  if (row) return;
  throw new AppError('conflict', 'The draft was replaced or published meanwhile. Look at it again.');
}

/** Locks the edition against other drafts and publications until the transaction ends; writers of annotations go on. */
export async function lockEditionForDraft(tx: Tx, slug: string): Promise<number | null> {
  const [row] = await tx.$queryRaw<{ current: number | null }[]>`
    SELECT current FROM edition WHERE slug = ${slug} FOR NO KEY UPDATE`;
  if (!row) throw notFound();
  return row.current;
}

/** Locks the edition until the transaction ends, so that drafts and publications follow one another. */
async function lockEdition(tx: Tx, slug: string): Promise<number | null> {
  const [row] = await tx.$queryRaw<{ current: number | null }[]>`
    SELECT current FROM edition WHERE slug = ${slug} FOR UPDATE`;
  if (!row) throw notFound();
  return row.current;
}

export async function deleteDraft(tx: Tx, edition: string): Promise<void> {
  // Waits for a section of it that is being staged.
  const [draft] = await tx.$queryRaw<{ number: number }[]>`
    SELECT number FROM revision WHERE edition = ${edition} AND published_at IS NULL FOR UPDATE`;
  if (!draft) return;
  const where = { edition, revision: draft.number };
  await tx.span.deleteMany({ where });
  await tx.correction.deleteMany({ where });
  await tx.page.deleteMany({ where });
  await tx.note.deleteMany({ where });
  await tx.paragraph.deleteMany({ where });
  await tx.division.deleteMany({ where });
  await tx.section.deleteMany({ where });
  await tx.revision.delete({ where: { edition_number: { edition, number: draft.number } } });
}
