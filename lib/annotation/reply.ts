import { recordActivity } from '@/lib/activity';
import { findThreadAssignment, initialState } from '@/lib/assignment';
import { transaction } from '@/lib/db';
import type { Viewer } from '@/lib/identity/schema';
import { newId } from '@/lib/kernel/ids';
import { requireRenderable } from '@/lib/markdown';
import { lockForAction, requireAbility } from './modify';
import type { ExternalOrigin, NewReply } from './schema';
import * as store from './store';

/**
 * Inserts a reply to any annotation of a thread, for `createReply` of lib/thread, and returns its id; `attempt` is as of `createGloss`.
 * Throws not_found, unauthenticated, forbidden, locked.
 */
export async function insertReply(
  viewer: Viewer,
  parentId: string,
  input: NewReply & Partial<ExternalOrigin>,
  attempt?: string,
): Promise<string> {
  await requireRenderable(input.body);
  const id = attempt ?? newId();
  await transaction(async (tx) => {
    const { row: parent, actorId: authorId } = await lockForAction(tx, viewer, parentId);
    requireAbility(viewer, parent, 'reply');
    const { groupId, rootId, edition, section, assignmentId } = parent;
    if (attempt && (await store.isWritten(tx, groupId, attempt))) return;
    const assignment = await findThreadAssignment(tx, parent);
    const state = initialState(viewer, groupId, assignment, input.visibility);
    const key = { groupId, id, rootId, parentId, authorId, edition, section, assignmentId };
    await store.insertAnnotation(tx, { ...key, ...input, state });
    await recordActivity(tx, { groupId, kind: 'annotation.created', annotationId: id, actorId: authorId });
  });
  return id;
}
