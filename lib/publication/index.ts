/** Publication: a TEI file is uploaded as the draft of an edition, previewed, and made its current revision. */
import { importDraft } from '@/lib/edition';
import { requireOnSite } from '@/lib/identity';
import type { Viewer } from '@/lib/identity/schema';

export { changeEdition, getEditionSettings } from './change-edition';
export { previewPublication } from './preview';
export { type Progress, type Publication, publishDraft } from './publish';

/**
 * Stores a TEI file as the draft of its edition, for administrators; a function is called for it only once policy
 * allows it, since a file may be large. With `slug`, a file of another edition is refused.
 * Throws forbidden, and as `importDraft`.
 */
export async function uploadDraft(
  viewer: Viewer,
  source: string | (() => Promise<string>),
  slug?: string,
): ReturnType<typeof importDraft> {
  requireOnSite(viewer, 'manage-editions');
  return importDraft(viewer, typeof source === 'string' ? source : await source(), slug);
}
