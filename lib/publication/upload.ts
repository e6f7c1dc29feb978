import { hasEdition, importDraftRows, type SavedDraft } from '@/lib/edition';
import { requireOnSite } from '@/lib/identity';
import type { Viewer } from '@/lib/identity/schema';
import { AppError } from '@/lib/kernel/errors';
import { latinSlug } from '@/lib/kernel/latin-slug';

/** What a person says of a text that is brought in; what is left out is taken from the file. */
export type UploadOptions = {
  /** The edition whose text it is to become; it may be new. */
  slug?: string | undefined;
  title?: string | undefined;
  language?: string | undefined;
};

/** A file, or a function that reads it: it is called only once policy allows the import, since a file may be large. */
export type UploadSource = string | (() => Promise<string>);

/**
 * Stores a text as the draft of its edition, for administrators; nobody sees it before it is published. Nothing is stored
 * where the file is refused.
 *
 * @throws AppError `forbidden`; `invalid` with line, column and reason; `too_large`; `conflict` where the file says that
 *   it is another edition.
 */
export async function uploadDraft(
  viewer: Viewer,
  source: UploadSource,
  { slug: wanted, ...options }: UploadOptions = {},
): Promise<SavedDraft> {
  requireOnSite(viewer, 'manage-editions');
  const text = typeof source === 'string' ? source : await source();
  return importDraftRows({ source: text, format: 'tei', options }, async ({ slug, title }) => {
    if (wanted !== undefined) {
      // A file may have a name of its own; only that of another edition here is a mistake.
      if (slug !== null && slug !== wanted && (await hasEdition(slug))) {
        throw new AppError('conflict', 'This file is of the edition “{slug}”: import it there.', {
          values: { slug },
        });
      }
      return wanted;
    }
    return slug ?? nameFor(title);
  });
}

/** A name for the address that no edition has, from a title. */
async function nameFor(title: string): Promise<string> {
  const base = latinSlug(title).replace(/^[^a-z]+/, '') || 'text';
  for (let n = 1; ; n++) {
    const slug = n === 1 ? base : `${base}-${n}`;
    if (!(await hasEdition(slug))) return slug;
  }
}
