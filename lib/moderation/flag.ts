import { getForAction, requireAbility } from '@/lib/annotation';
import type { Viewer } from '@/lib/identity/schema';
import { notFound } from '@/lib/kernel/errors';
import type { NewFlag, OwnFlag } from './schema';
import * as store from './store';

/** Flags an annotation for the staff. Throws not_found, unauthenticated, forbidden (one's own, or a reader). */
export async function flagAnnotation(viewer: Viewer, id: string, input: NewFlag): Promise<void> {
  const { row, actorId } = await getForAction(viewer, id);
  requireAbility(viewer, row, 'flag');
  await store.upsertFlag({ groupId: row.groupId, annotationId: id, userId: actorId, ...input });
}

/**
 * What became of the viewer's own flag on an annotation: the words for whoever reported it, never those for its author.
 * Throws not_found where they have none.
 */
export async function getOwnFlag(viewer: Viewer, id: string): Promise<OwnFlag> {
  const { row, actorId } = await getForAction(viewer, id);
  const flag = await store.findOwnFlag(row.groupId, id, actorId);
  if (!flag) throw notFound();
  const { reason, note, created, settled, action, details } = flag;
  const outcome = !settled ? 'open' : action === 'approve' ? 'kept' : 'acted';
  return {
    reason,
    note,
    created: new Date(created).toISOString(),
    outcome,
    words: details?.toReporter ?? '',
  };
}
