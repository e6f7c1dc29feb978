import { deleteImagesOfEdition, imagePath, insertTextImages } from '@/lib/canvas';
import {
  canManageEdition,
  type DraftTarget,
  deleteDraftOf,
  findOwnId,
  hasEdition,
  importDraft,
  listListable,
  pageBounds,
  requireManagedEdition,
  requireNewEdition,
  type SavedDraft,
} from '@/lib/edition';
import type { EditionAccess } from '@/lib/edition/schema';
import { deleteFromAllLists, resolveMembership, setReadingGroups } from '@/lib/group';
import type { Viewer } from '@/lib/identity/schema';
import { AppError, invalidField } from '@/lib/kernel/errors';
import { latinSlug } from '@/lib/kernel/latin-slug';

/** A file that is brought in, with its media type and name where they are known. */
export type UploadFile = { bytes: Uint8Array; mediaType?: string | undefined; name?: string | undefined };

/** A file or the text of one, or a function that reads it: called only once policy allows the import. */
export type UploadSource = string | UploadFile | (() => Promise<UploadFile>);

/** What a person says of a text that is brought in; what is left out is taken from the file. */
export type UploadOptions = {
  /** The edition whose text it becomes. */
  slug?: string | undefined;
  title?: string | undefined;
  /** BCP 47. */
  language?: string | undefined;
  /** The longest page, in code points. */
  pageLength?: number | undefined;
  /** Ends the import once it is aborted: nothing is stored. */
  signal?: AbortSignal | undefined;
};

/** What a new edition is. */
export type NewUploadOptions = UploadOptions & {
  access?: EditionAccess | undefined;
  /** The group that it is for: it goes on its reading list, and its owners and instructors manage it. */
  group?: string | undefined;
};

/**
 * Stores a text of any format as the draft of an edition, for those who manage it; an administrator also of one that is
 * new. Nobody else sees it before it is published. Nothing is stored where the file is refused.
 *
 * @throws AppError `forbidden`; `not_found`; `invalid` with line, column and reason; `too_large`; `conflict` where the
 *   file says that it is another edition here.
 */
export async function uploadDraft(
  viewer: Viewer,
  source: UploadSource,
  { slug: wanted, ...options }: UploadOptions = {},
): Promise<SavedDraft> {
  const site = { access: 'public', homeGroup: null } as const;
  // For anybody but an administrator an edition that is not theirs is refused as one that is not there.
  if (wanted !== undefined && !canManageEdition(viewer, site)) await requireManagedEdition(viewer, wanted);
  else requireNewEdition(viewer, site);
  return importFile(source, options, async ({ slug, title }) => {
    const named = wanted ?? slug ?? (await freeSlug(title));
    // A file may have a name of its own. Another than the edition's, where its texts bear it, is a mistake; so is that
    // of another edition, if it is there for them.
    const isOther = wanted !== undefined && slug !== null && slug !== wanted;
    if (isOther && ((await findOwnId(wanted)) === wanted || (await isListable(viewer, slug)))) {
      throw new AppError('conflict', 'This file is of the edition “{slug}”: import it there.', {
        values: { slug },
      });
    }
    if (wanted === undefined && (await hasEdition(named))) await requireManagedEdition(viewer, named);
    return { slug: named, access: 'public', homeGroup: null, mustBeNew: false };
  });
}

/**
 * Stores a text of any format as the draft of a new edition: an administrator for the site, an owner or instructor for
 * their group, which reads it as soon as it is published.
 *
 * @throws AppError as `uploadDraft`; `conflict` where the edition is there already.
 */
export async function uploadNewEdition(
  viewer: Viewer,
  source: UploadSource,
  { slug: wanted, access: wantedAccess, group, ...options }: NewUploadOptions,
): Promise<SavedDraft> {
  const homeGroup = group === undefined ? null : (await resolveMembership(viewer, group)).groupId;
  const access = wantedAccess ?? (homeGroup === null ? 'public' : 'groups');
  requireNewEdition(viewer, { access, homeGroup });
  if (wanted !== undefined && !/^[a-z][a-z0-9-]{0,63}$/.test(wanted))
    throw invalidField('slug', 'A name of small letters, digits and hyphens, please.');
  if (wanted !== undefined && (await hasEdition(wanted))) throw slugTaken(wanted);
  const saved = await importFile(source, options, async ({ slug, title }) => {
    if (wanted !== undefined) return { slug: wanted, access, homeGroup, mustBeNew: true };
    const own = slug !== null && !(await hasEdition(slug)) ? slug : await freeSlug(title);
    return { slug: own, access, homeGroup, mustBeNew: true };
  });
  try {
    if (group !== undefined) await setReadingGroups(viewer, saved.slug, [group]);
    options.signal?.throwIfAborted();
  } catch (error) {
    await deleteDraftWhole(saved.slug);
    throw error;
  }
  return saved;
}

/**
 * Deletes the draft of an edition, for those who manage it; the edition too, where it was never published.
 *
 * @throws AppError `forbidden`, `not_found`.
 */
export async function discardDraft(viewer: Viewer, slug: string): Promise<void> {
  await requireManagedEdition(viewer, slug);
  if (!(await deleteDraftWhole(slug))) throw new AppError('not_found', 'This edition has no draft.');
}

/** Deletes a draft, and the edition where it was never published, from every table. False where there is none. */
function deleteDraftWhole(slug: string): Promise<boolean> {
  return deleteDraftOf(slug, async (tx) => {
    await deleteFromAllLists(tx, slug);
    await deleteImagesOfEdition(tx, slug);
  });
}

async function importFile(
  source: UploadSource,
  { title, language, pageLength, signal }: UploadOptions,
  nameEdition: (file: { slug: string | null; title: string }) => Promise<DraftTarget>,
): Promise<SavedDraft> {
  const file = typeof source === 'function' ? await source() : source;
  const task = typeof file === 'string' ? { bytes: new TextEncoder().encode(file) } : file;
  const bounds = pageLength === undefined ? undefined : pageBounds(pageLength);
  return importDraft(
    { ...task, options: { title, language, bounds }, imageAddress: imagePath('{id}') },
    nameEdition,
    async (tx, slug, images) => {
      await insertTextImages(tx, slug, images);
    },
    signal,
  );
}

function slugTaken(slug: string): AppError {
  return new AppError('conflict', 'There is an edition named “{slug}” already.', {
    values: { slug },
    errors: [{ pointer: '/slug', detail: 'This name is taken.' }],
  });
}

/** Whether there is such an edition that the viewer may know of. */
async function isListable(viewer: Viewer, slug: string): Promise<boolean> {
  return (await listListable(viewer, [slug])).length > 0;
}

/** A name for the address that no edition has, from a title. */
async function freeSlug(title: string): Promise<string> {
  const base = latinSlug(title).replace(/^[^a-z]+/, '') || 'text';
  for (let n = 1; ; n++) {
    const slug = n === 1 ? base : `${base}-${n}`;
    if (!(await hasEdition(slug))) return slug;
  }
}
