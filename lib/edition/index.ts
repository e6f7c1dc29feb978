import { LRUCache } from 'lru-cache';
import type { Viewer } from '@/lib/identity/schema';
import { notFound } from '@/lib/kernel/errors';
import { type EditionState, findReadableState, selectReadableEditions } from './access/store';
import type { Edition, EditionSummary, ReadingPage, Section } from './schema';
import { openingWords } from './split-runs';
import { findEdition, findSource, selectSections } from './store';

export {
  canBringIn,
  canManageEdition,
  listListable,
  requireManagedEdition,
  requireNewEdition,
} from './access';
export { type ManagedEdition, selectCurrentSections, updateEdition } from './access/store';
export { changeDraft } from './draft/change-draft';
export { type DraftTarget, importDraft, type SavedDraft } from './draft/import-draft';
export { getDraftEdition, getDraftPage, getDraftSource } from './draft/read-draft';
export {
  claimSection,
  claimSections,
  clearStaging,
  type Draft,
  deleteDraftOf,
  findDraft,
  findOwnId,
  hasEdition,
  lockDraft,
  lockDraftForPublication,
  promoteDraft,
  type SectionChange,
  selectChangedSections,
  selectSectionChange,
} from './draft/store';
export {
  getLibrary,
  LIBRARY_PAGE,
  LIBRARY_SORTS,
  type LibraryEdition,
  type LibraryFilter,
  type LibrarySort,
} from './library';
export type * from './schema';
export {
  type FoundPlace,
  type FoundPlaces,
  MOST_PLACES,
  PLACES_PAGE,
  searchEdition,
  searchLibrary,
  type TextSearch,
} from './search';
export { pageBounds } from './sections/paginate';
export { bumpImagesVersion, currentRevisions, findPagesByImage, lockCurrentRevisions } from './store';
export { imageStem } from './tei/facsimile';

/** Length of a section's opening words in the contents, in code points. */
const OPENING = 160;

// A published revision never changes (a trigger refuses it), so that these entries never get old.
// The size of an entry is the length of its texts, in code units.
const pages = new LRUCache<string, ReadingPage>({
  maxSize: 20_000_000,
  sizeCalculation: ({ section, notes }) =>
    1000 + section.text.length + notes.reduce((sum, note) => sum + note.text.length, 0),
});
const editions = new LRUCache<string, Omit<Edition, 'access'>>({ max: 200 });

/** The published editions that the viewer may read, by title. */
export function listEditions(viewer: Viewer): Promise<EditionSummary[]> {
  return selectReadableEditions(viewer);
}

/**
 * The state of an edition that the viewer may read. For anybody else a closed edition is not there.
 *
 * @throws AppError `not_found` for an edition that is unknown, was never published, or is not for this viewer.
 */
export async function getEditionState(viewer: Viewer, slug: string): Promise<EditionState> {
  const state = await findReadableState(viewer, slug);
  if (!state) throw notFound();
  return state;
}

/** Number of the current revision. @throws AppError `not_found`, as `getEditionState` */
export async function getCurrentRevision(viewer: Viewer, slug: string): Promise<number> {
  return (await getEditionState(viewer, slug)).revision;
}

/** The largest number that a column of integers holds (PostgreSQL, Numeric Types). */
const MOST_REVISION = 2_147_483_647;

/** The revision that is asked for, or the current one. @throws AppError `not_found` for what no revision can be. */
function revisionOf({ revision: current }: EditionState, revision: number | undefined): number {
  if (revision === undefined) return current;
  if (!Number.isInteger(revision) || revision < 1 || revision > MOST_REVISION) throw notFound();
  return revision;
}

/** The edition's header and contents; the current revision unless another is named. @throws AppError `not_found` */
export async function getEdition(viewer: Viewer, slug: string, revision?: number): Promise<Edition> {
  const state = await getEditionState(viewer, slug);
  const edition = await editionOf(slug, revisionOf(state, revision));
  const { access, title } = state;
  return { ...edition, access, ...(edition.revision === state.revision && { title }) };
}

async function editionOf(slug: string, number: number): Promise<Omit<Edition, 'access'>> {
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
export async function getSection(
  viewer: Viewer,
  slug: string,
  section: string,
  revision?: number,
): Promise<Section> {
  return (await getReadingPage(viewer, slug, section, revision)).section;
}

/**
 * Finds sections of the current revisions for `viewer`. Each edition is asked for its revision once, so that all of its
 * sections are of the same one. What it returns throws not_found.
 */
export function currentSections(viewer: Viewer): (slug: string, section: string) => Promise<Section> {
  const states = new Map<string, Promise<EditionState>>();
  return async (slug, section) => {
    const state = states.get(slug) ?? getEditionState(viewer, slug);
    states.set(slug, state);
    return (await readingPageOf(slug, section, (await state).revision)).section;
  };
}

/**
 * A section and its notes, each a section of its own, in order: everything that a reading page shows. Two statements at
 * most, one if it is cached. Callers must not change the result.
 *
 * @throws AppError `not_found`
 */
export async function getReadingPage(
  viewer: Viewer,
  slug: string,
  section: string,
  revision?: number,
): Promise<ReadingPage> {
  return readingPageOf(slug, section, revisionOf(await getEditionState(viewer, slug), revision));
}

async function readingPageOf(slug: string, section: string, number: number): Promise<ReadingPage> {
  const key = `${slug}/${number}/${section}`;
  const known = pages.get(key);
  if (known) return known;
  const [first, ...notes] = await selectSections(slug, number, section);
  if (!first) throw notFound();
  const page = { section: first, notes };
  pages.set(key, page);
  return page;
}

/**
 * The text of a section in a published revision, for what a viewer was let through to already: rows that the one
 * visibility condition gave. @throws AppError `not_found`
 */
export async function getTextBehindRow(slug: string, section: string, revision: number): Promise<string> {
  return (await readingPageOf(slug, section, revision)).section.text;
}

/** The TEI source of a published revision, as it was imported. @throws AppError `not_found` */
export async function getSource(viewer: Viewer, slug: string, revision?: number): Promise<string> {
  const source = await findSource(slug, revisionOf(await getEditionState(viewer, slug), revision));
  if (source === null) throw notFound();
  return source;
}
