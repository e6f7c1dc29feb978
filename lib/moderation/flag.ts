import { getForAction, requireAbility } from '@/lib/annotation';
import type { Viewer } from '@/lib/identity/schema';
import type { NewFlag } from './schema';
import * as store from './store';

/** Flags an annotation for the staff. Throws not_found, unauthenticated, forbidden (one's own, or a reader). */
export async function flagAnnotation(viewer: Viewer, id: string, input: NewFlag): Promise<void> {
  const { row, actorId } = await getForAction(viewer, id);
  requireAbility(viewer, row, 'flag');
  await store.upsertFlag({ groupId: row.groupId, annotationId: id, userId: actorId, ...input });
}
