import { getEdition } from '@/lib/edition';
import type { Viewer } from '@/lib/identity/schema';
import { invalidFields, nullIfNotFound } from '@/lib/kernel/errors';

/** What names the sections of a list. */
type PageFilter = { edition?: string | undefined; section?: string | undefined; page?: string | undefined };

/**
 * A filter with `page` in place of its sections: the section with its notes, which may be too many for an address. In an
 * edition that the viewer may not read it is the section alone, on which nothing is shown. Throws invalid without an
 * edition.
 */
export async function expandPage<F extends PageFilter>(
  viewer: Viewer,
  { page, ...filter }: F,
): Promise<Omit<F, 'page'>> {
  if (page === undefined) return filter;
  if (filter.edition === undefined) {
    throw invalidFields([{ pointer: 'edition', detail: 'Name the edition of the page as well.' }]);
  }
  const edition = await nullIfNotFound(getEdition(viewer, filter.edition));
  const notes = edition?.notes.filter(({ home }) => home === page).map(({ id }) => id) ?? [];
  return { ...filter, section: [page, ...notes].join(',') };
}
