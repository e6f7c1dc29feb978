import { recordActivity } from '@/lib/activity';
import { transaction } from '@/lib/db';
import type { Viewer } from '@/lib/identity/schema';
import { getForAction, requireAbility } from '../modify';
import { presentAnnotation } from '../present';
import { getAnnotationRow } from '../read';
import type { Annotation } from '../schema';
import * as store from './store';

/**
 * Says that the viewer agrees with what another wrote (of a question: that they have it too), or takes that back. Its
 * version stays: an edit that its author has begun is not stale by it. Throws not_found, unauthenticated, forbidden (one's
 * own, or a reader), conflict (archived).
 */
export async function setAgreement(viewer: Viewer, id: string, agrees: boolean): Promise<Annotation> {
  const { row, actorId } = await getForAction(viewer, id);
  requireAbility(viewer, row, 'agree');
  const { groupId } = row;
  const key = { groupId, annotationId: id, userId: actorId };
  await transaction(async (tx) => {
    const changed = await (agrees ? store.insertAgreement(tx, key) : store.deleteAgreement(tx, key));
    if (!changed) return;
    const kind = agrees ? 'annotation.agree' : 'annotation.unagree';
    await recordActivity(tx, { groupId, kind, annotationId: id, actorId });
  });
  return presentAnnotation(viewer, await getAnnotationRow(viewer, id));
}
