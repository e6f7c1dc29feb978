import type { Viewer } from '@/lib/identity/schema';
import { openingWords } from '../split-runs';
import {
  countLibrary,
  type LibraryEdition,
  type LibraryFilter,
  type LibrarySort,
  selectLibrary,
  selectLibraryLanguages,
} from './store';

export { LIBRARY_SORTS, type LibraryEdition, type LibraryFilter, type LibrarySort } from './store';

/** Editions on a page of the library, at most. */
export const LIBRARY_PAGE = 24;

/** Length of the first words on a card, in code points. */
const OPENING = 140;

export type Library = {
  editions: LibraryEdition[];
  /** How many there are with the filter, in all, and in the viewer's groups. */
  counts: { found: number; all: number; mine: number };
  languages: { language: string; count: number }[];
};

/** A page of the library, of the editions that the viewer may read. Pages count from 1; one after the last is empty. */
export async function getLibrary(
  viewer: Viewer,
  filter: LibraryFilter,
  { sort, page }: { sort: LibrarySort; page: number },
): Promise<Library> {
  const [editions, counts, languages] = await Promise.all([
    selectLibrary(viewer, filter, { sort, limit: LIBRARY_PAGE, offset: (page - 1) * LIBRARY_PAGE }),
    countLibrary(viewer, filter),
    selectLibraryLanguages(viewer),
  ]);
  const shorten = (edition: LibraryEdition) => ({
    ...edition,
    opening: openingWords(edition.opening, OPENING),
  });
  return { editions: editions.map(shorten), counts, languages };
}
