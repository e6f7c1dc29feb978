import { transaction } from '@/lib/db';
import { canManageEdition, changeDraft, requireManagedEdition, updateEdition } from '@/lib/edition';
import { forgetEditionStates } from '@/lib/edition/access/state';
import { listReadingGroups, setReadingGroups } from '@/lib/group';
import type { Viewer } from '@/lib/identity/schema';
import { AppError } from '@/lib/kernel/errors';
import type { EditionChange, EditionSettings } from './schema';

/** What those who manage an edition decide about it. Throws unauthenticated, not_found, forbidden. */
export async function getEditionSettings(viewer: Viewer, slug: string): Promise<EditionSettings> {
  const { title, access } = await requireManagedEdition(viewer, slug);
  const groups = (await listReadingGroups(viewer, slug)).map((group) => group.slug);
  return { slug, title, access, groups };
}

/**
 * Changes the title of an edition, who may read it, which groups have it on their reading lists, and what its draft says
 * of itself, for those who manage it. Only an administrator opens one to everybody.
 * Throws unauthenticated, not_found, forbidden, invalid with the pointer of a group that is not there, and conflict where
 * language, authors or licence are to change and there is no draft.
 */
export async function changeEdition(
  viewer: Viewer,
  slug: string,
  { groups, language, authors, licence, ...fields }: EditionChange,
): Promise<EditionSettings> {
  const edition = await requireManagedEdition(viewer, slug);
  if (fields.access === 'public' && !canManageEdition(viewer, edition, 'make-public'))
    throw new AppError('forbidden', 'Only an administrator opens an edition to everybody.');
  const details = { language, authors, licence };
  if (Object.values(details).some((value) => value !== undefined))
    await changeDraft(slug, { ...details, title: fields.title });
  // The lists come first: an edition that is closed now is read by these groups at once.
  if (groups !== undefined) await setReadingGroups(viewer, slug, groups);
  if (fields.title !== undefined || fields.access !== undefined)
    await transaction((tx) => updateEdition(tx, slug, fields));
  // Other processes hear of it by the notification; this one knows it before it answers.
  forgetEditionStates();
  return getEditionSettings(viewer, slug);
}
