import { createHash } from 'node:crypto';
import { db, type Tx, transaction } from '@/lib/db';
import { AppError, notFound } from '@/lib/kernel/errors';
import { CANONICAL_RULES } from '../canonical-text';
import type { TeiEdition } from '../parse-tei';
import type { EditionHeader } from '../schema';
import { lockCurrentRevision } from '../store';
import { type RevisionRows, toRows } from '../to-rows';

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
};

/** Rows of one INSERT. PostgreSQL allows 65,535 parameters, and the widest row has eleven. */
const BATCH = 2000;

/**
 * Stores a parsed edition as the draft revision, and deletes an earlier draft with what was staged for it. If the file is
 * that of the current revision, and the rules are the same, there is no draft afterwards.
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
    if (newest && newest.number === current && newest.sha256 === sha256 && newest.canon === CANONICAL_RULES) {
      return { revision: newest.number, unchanged: true };
    }
    const number = (newest?.number ?? 0) + 1;
    const { canon, header } = parsed;
    await tx.revision.create({ data: { edition: slug, number, source, sha256, canon, header } });
    await insertSections(tx, toRows(slug, number, parsed.sections));
    return { revision: number, unchanged: false };
  });
}

/** The draft of an edition, or null. @throws AppError `not_found` for an unknown edition */
export async function findDraft(slug: string): Promise<Draft | null> {
  const row = await db.edition.findUnique({
    where: { slug },
    select: {
      current: true,
      revisions: { where: { publishedAt: null }, select: { number: true, sha256: true, importedAt: true } },
    },
  });
  if (!row) throw notFound();
  const [draft] = row.revisions;
  if (!draft) return null;
  const { number: revision, sha256, importedAt } = draft;
  return { edition: slug, revision, sha256, importedAt, current: row.current };
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

/** Deletes what was staged for a draft, with its anchors. */
export async function clearStaging(tx: Tx, { edition, revision }: Draft): Promise<void> {
  await tx.stagedSection.deleteMany({ where: { edition, revision } });
}

/** Makes the draft the current revision, in a transaction that has locked it for publication. */
export async function promoteDraft(tx: Tx, { edition: slug, revision: number }: Draft): Promise<void> {
  const { header } = await tx.revision.update({
    where: { edition_number: { edition: slug, number } },
    data: { publishedAt: new Date() },
    select: { header: true },
  });
  const { source, title, language } = header as EditionHeader;
  await tx.edition.update({
    where: { slug },
    data: { current: number, title: source.title || title, language },
    select: { slug: true },
  });
  await tx.$executeRaw`SELECT pg_notify('scholion_edition', ${slug})`;
}

/** Throws conflict unless the draft is still the one that was read. */
async function requireSameDraft(tx: Tx, { edition, revision, sha256, current }: Draft): Promise<void> {
  const row = await tx.revision.findFirst({
    where: { edition, number: revision, sha256, publishedAt: null, editionRow: { current } },
    select: { number: true },
  });
  if (row) return;
  throw new AppError('conflict', 'The draft was replaced or published meanwhile. Look at it again.');
}

/** Locks the edition until the transaction ends, so that drafts and publications follow one another. */
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
