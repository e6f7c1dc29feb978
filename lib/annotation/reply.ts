import { recordActivity } from '@/lib/activity';
import { initialState, requireOpenThread } from '@/lib/assignment';
import { transaction } from '@/lib/db';
import type { Viewer } from '@/lib/identity/schema';
import { newId } from '@/lib/kernel/ids';
import { requireRenderable } from '@/lib/markdown';
import { lockForAction, requireAbility } from './modify';
import { replyCeiling, requireVisibility } from './reply-visibility';
import { type ExternalOrigin, isNarrower, type NewReply, type Visibility } from './schema';
import * as store from './store';

/**
 * Inserts a reply to any annotation of a thread, for `createReply` of lib/thread, and returns its id; `attempt` is as of
 * `createGloss`.
 * Without a visibility it is for the group, or as its parent is where that is a private word. Throws not_found,
 * unauthenticated, forbidden, locked, conflict (an assignment that is not open), invalid (shown to more than its parent).
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
    const assignment = await requireOpenThread(viewer, tx, parent);
    const visibility = visibilityOf(input, await replyCeiling(tx, parent));
    const state = initialState(viewer, groupId, assignment, visibility);
    const key = { groupId, id, rootId, parentId, authorId, edition, section, assignmentId };
    await store.insertAnnotation(tx, { ...key, ...input, visibility, state });
    await recordActivity(tx, { groupId, kind: 'annotation.created', annotationId: id, actorId: authorId });
  });
  return id;
}

/** The visibility asked for, within `ceiling`. Throws invalid where our own pages or a script ask for more. */
function visibilityOf(
  { visibility, received }: Pick<NewReply, 'visibility'> & Partial<ExternalOrigin>,
  ceiling: 'author' | 'group',
): Visibility {
  if (visibility === undefined) return ceiling;
  // A client of the W3C protocol knows nothing of this rule, and mostly says nothing of visibility.
  if (received !== undefined && isNarrower(ceiling, visibility)) return ceiling;
  requireVisibility(visibility, { isReply: true, ceiling });
  return visibility;
}
