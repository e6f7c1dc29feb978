import { LRUCache } from 'lru-cache';
import { requireOnSite } from '@/lib/identity';
import type { Viewer } from '@/lib/identity/schema';
import { AppError, notFound } from '@/lib/kernel/errors';
import { saveDraft } from './draft/store';
import { parseTeiInWorker } from './parse-in-worker';
import type { Edition, EditionSummary, ReadingPage, Section } from './schema';
import { openingWords } from './split-runs';
import {
  findCurrentRevision,
  findEdition,
  findImagesVersion,
  findSource,
  selectEditions,
  selectSections,
} from './store';

export {
  claimSection,
  claimSections,
  clearStaging,
  type Draft,
  findDraft,
  lockDraft,
  lockDraftForPublication,
  promoteDraft,
  type SectionChange,
  selectChangedSections,
  selectSectionChange,
} from './draft/store';
export type * from './schema';
export { bumpImagesVersion, lockCurrentRevision } from './store';

/** Length of a section's opening words in the contents, in code points. */
const OPENING = 160;

// A published revision never changes (a trigger refuses it), so that these entries never get old.
// The size of an entry is the length of its texts, in code units.
const pages = new LRUCache<string, ReadingPage>({
  maxSize: 20_000_000,
  sizeCalculation: ({ section, notes }) =>
    1000 + section.text.length + notes.reduce((sum, note) => sum + note.text.length, 0),
});
const editions = new LRUCache<string, Edition>({ max: 200 });

/**
 * Stores a TEI file as the draft of its edition (`TEI/@xml:id`), for administrators; nobody sees it before it is
 * published. `sections` counts sections and notes. Nothing is stored where the file is refused, or is not of the
 * edition `wanted`.
 *
 * @throws AppError `forbidden`; `invalid` with line, column and reason; `too_large`; `conflict` (another edition).
 */
export async function importDraft(
  viewer: Viewer,
  source: string,
  wanted?: string,
): Promise<{ slug: string; revision: number; sections: number; unchanged: boolean }> {
  requireOnSite(viewer, 'manage-editions');
  const parsed = await parseTeiInWorker(source);
  if (wanted !== undefined && parsed.slug !== wanted) {
    throw new AppError('conflict', 'This file is of the edition “{slug}”: import it there.', {
      values: { slug: parsed.slug },
    });
  }
  const saved = await saveDraft(parsed, source);
  return { slug: parsed.slug, ...saved, sections: parsed.sections.length };
}

/** Every published edition, by title. */
export function listEditions(): Promise<EditionSummary[]> {
  return selectEditions();
}

/**
 * Number of the current revision.
 *
 * @throws AppError `not_found` for an edition that is unknown or was never published.
 */
export async function getCurrentRevision(slug: string): Promise<number> {
  const current = await findCurrentRevision(slug);
  if (current === null) throw notFound();
  return current;
}

/**
 * The number of changes of an edition's page images. A cached page with another number is old.
 *
 * @throws AppError `not_found` for an edition that is unknown or was never published.
 */
export async function getImagesVersion(slug: string): Promise<number> {
  const version = await findImagesVersion(slug);
  if (version === null) throw notFound();
  return version;
}

/** The largest number that a column of integers holds (PostgreSQL, Numeric Types). */
const MOST_REVISION = 2_147_483_647;

/** The revision that is asked for, or the current one. @throws AppError `not_found` for what no revision can be. */
async function revisionOf(slug: string, revision: number | undefined): Promise<number> {
  if (revision === undefined) return getCurrentRevision(slug);
  if (!Number.isInteger(revision) || revision < 1 || revision > MOST_REVISION) throw notFound();
  return revision;
}

/** The edition's header and contents; the current revision unless another is named. @throws AppError `not_found` */
export async function getEdition(slug: string, revision?: number): Promise<Edition> {
  const number = await revisionOf(slug, revision);
  const key = `${slug}/${number}`;
  const known = editions.get(key);
  if (known) return known;
  const read = await findEdition(slug, number);
  if (!read) throw notFound();
  const shorten = (opening: string) => openingWords(opening, OPENING);
  const edition = {
    ...read,
    sections: read.sections.map((section) => ({ ...section, opening: shorten(section.opening) })),
  };
  editions.set(key, edition);
  return edition;
}

/** A section or a note, with its text and everything in it. @throws AppError `not_found` */
export async function getSection(slug: string, section: string, revision?: number): Promise<Section> {
  return (await getReadingPage(slug, section, revision)).section;
}

/**
 * A section and its notes, each a section of its own, in order: everything that a reading page shows. Two statements at
 * most, one if it is cached. Callers must not change the result.
 *
 * @throws AppError `not_found`
 */
export async function getReadingPage(slug: string, section: string, revision?: number): Promise<ReadingPage> {
  const number = await revisionOf(slug, revision);
  const key = `${slug}/${number}/${section}`;
  const known = pages.get(key);
  if (known) return known;
  const [first, ...notes] = await selectSections(slug, number, section);
  if (!first) throw notFound();
  const page = { section: first, notes };
  pages.set(key, page);
  return page;
}

/** The TEI source of a published revision, as it was imported. @throws AppError `not_found` */
export async function getSource(slug: string, revision?: number): Promise<string> {
  const source = await findSource(slug, await revisionOf(slug, revision));
  if (source === null) throw notFound();
  return source;
}
