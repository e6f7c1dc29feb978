import { requireModerateScope } from '@/lib/identity';
import type { Viewer } from '@/lib/identity/schema';
import { requireStaff } from '../require-staff';
import type { Look } from '../schema';
import * as store from './store';

/**
 * Says which note of the queue the viewer has before them, for a minute (null: none), and gives what others of the staff look at.
 * Throws not_found, forbidden.
 */
export async function lookAt(viewer: Viewer, slug: string, annotation: string | null): Promise<Look[]> {
  const { id } = requireModerateScope(viewer);
  const { groupId } = await requireStaff(viewer, slug);
  await store.upsertLook(groupId, id, annotation);
  return store.selectLooks(groupId, id);
}
