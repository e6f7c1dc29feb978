import { recordActivity } from '@/lib/activity';
import { getAnnotation, listAnnotations, lockForAction, modifyAnnotation } from '@/lib/annotation';
import type { Annotation, PageRequest, State } from '@/lib/annotation/schema';
import { transaction } from '@/lib/db';
import { type ResolvedMembership, requireGroupAction, resolveMembership } from '@/lib/group';
import type { Viewer } from '@/lib/identity/schema';
import { AppError } from '@/lib/kernel/errors';
import { newId } from '@/lib/kernel/ids';
import { type ListPage, toListPage } from '@/lib/kernel/list-page';
import { can } from '@/lib/policy';
import type { Decision, DecisionInput, NewFlag, QueueItem } from './schema';
import * as store from './store';

/** Calls a moderator to an annotation. Throws not_found, unauthenticated, forbidden (one's own, or a reader). */
export async function flagAnnotation(viewer: Viewer, id: string, input: NewFlag): Promise<void> {
  await transaction(async (tx) => {
    const { row, actorId, facts } = await lockForAction(tx, viewer, id);
    if (!can('flag', facts)) throw new AppError('forbidden', 'You may not do this here.');
    const { groupId } = row;
    await store.upsertFlag(tx, { groupId, annotationId: id, userId: actorId, ...input });
    await recordActivity(tx, { groupId, kind: 'annotation.flagged', annotationId: id, actorId });
  });
}

type Effect = Partial<
  Record<'locked' | 'pinned' | 'endorsed' | 'resolved', boolean> & { state: State; reason: string | null }
>;

/** What each action sets. */
function effectOf({ action, reason }: DecisionInput, restored: State): Effect {
  switch (action) {
    case 'approve':
      return { state: 'published', reason: null };
    case 'restore':
      return { state: restored, reason: null };
    case 'deny':
      return { state: 'denied', reason };
    case 'hide':
      return { state: 'hidden', reason };
    case 'lock':
    case 'unlock':
      return { locked: action === 'lock' };
    case 'pin':
    case 'unpin':
      return { pinned: action === 'pin' };
    case 'endorse':
    case 'unendorse':
      return { endorsed: action === 'endorse' };
    case 'resolve':
    case 'reopen':
      return { resolved: action === 'resolve' };
  }
}

/**
 * Decides on an annotation, and writes the decision to the log in the same transaction. The author's taking back
 * of an own deletion comes this way too. Throws not_found, forbidden, and conflict where `version` is stale.
 */
export async function decide(viewer: Viewer, id: string, input: DecisionInput): Promise<Annotation> {
  const { action, reason, version = 'any' } = input;
  const how = { ability: action, kind: `annotation.${action}`, version, refusal: 'conflict' } as const;
  await modifyAnnotation(viewer, id, how, async (tx, row) => {
    const restored = row.state === 'deleted' ? (row.deletedFrom ?? 'published') : 'published';
    const effect = effectOf(input, restored);
    // A note that moderation hid keeps the reason when its author takes a deletion back.
    if (effect.state === 'hidden' && action === 'restore') effect.reason = row.reason;
    const { groupId } = row;
    if (effect.state) await store.settleFlags(tx, groupId, id);
    await store.insertDecision(tx, {
      ...{ groupId, id: newId(), annotationId: id, actorId: viewer.id ?? '', action, reason },
      ...{ before: row.state, after: effect.state ?? row.state, version: row.version + 1 },
    });
    return { ...effect, ...(row.state === 'deleted' && { deletedFrom: null }) };
  });
  return getAnnotation(viewer, id);
}

/** What waits for staff in a group, oldest first, each with its thread's root and its flags. */
export async function listQueue(
  viewer: Viewer,
  groupSlug: string,
  page: PageRequest,
): Promise<ListPage<QueueItem>> {
  const { groupId } = await requireStaff(viewer, groupSlug);
  const { items, next } = await listAnnotations(viewer, groupSlug, {}, page, store.AWAITING_REVIEW);
  const rootIds = items.filter(({ parent }) => parent !== null).map(({ root }) => root);
  const [roots, flags] = await Promise.all([
    rootIds.length > 0
      ? listAnnotations(viewer, groupSlug, {}, { limit: 500 }, store.among(rootIds))
      : { items: [] },
    store.selectFlags(
      groupId,
      items.map(({ id }) => id),
    ),
  ]);
  const rootOf = new Map(roots.items.map((root) => [root.id, root]));
  return {
    next,
    items: items.map((annotation) => ({
      annotation,
      root: rootOf.get(annotation.root) ?? null,
      flags: flags
        .filter((flag) => flag.annotation === annotation.id)
        .map(({ annotation: _, ...flag }) => ({ ...flag, created: new Date(flag.created).toISOString() })),
    })),
  };
}

/** The moderation log of a group, newest first, for staff. */
export async function listDecisions(
  viewer: Viewer,
  groupSlug: string,
  { limit, cursor }: PageRequest,
): Promise<ListPage<Decision>> {
  const { groupId } = await requireStaff(viewer, groupSlug);
  const rows = await store.selectDecisions(groupId, limit + 1, cursor);
  const { items, next } = toListPage(rows, limit);
  return { items: items.map((row) => ({ ...row, created: new Date(row.created).toISOString() })), next };
}

async function requireStaff(viewer: Viewer, groupSlug: string): Promise<ResolvedMembership> {
  const membership = await resolveMembership(viewer, groupSlug);
  requireGroupAction(membership, 'moderate');
  return membership;
}
