import {
  type AnnotationRow,
  getForAction,
  listAnnotations,
  modifyAnnotation,
  presentAnnotation,
  requireAbility,
} from '@/lib/annotation';
import type { Annotation, PageRequest, State } from '@/lib/annotation/schema';
import type { Prisma } from '@/lib/db';
import { type ResolvedMembership, requireGroupAction, resolveMembership } from '@/lib/group';
import { requireSignedIn } from '@/lib/identity';
import type { Viewer } from '@/lib/identity/schema';
import { type ListPage, toListPage } from '@/lib/kernel/list-page';
import { canInGroup } from '@/lib/policy';
import type { Decision, DecisionInput, ModerationInput, NewFlag, QueueItem } from './schema';
import * as store from './store';

/** Flags an annotation for the staff. Throws not_found, unauthenticated, forbidden (one's own, or a reader). */
export async function flagAnnotation(viewer: Viewer, id: string, input: NewFlag): Promise<void> {
  const { row, actorId } = await getForAction(viewer, id);
  requireAbility(viewer, row, 'flag');
  await store.upsertFlag({ groupId: row.groupId, annotationId: id, userId: actorId, ...input });
}

/**
 * Decides on an annotation's state, and logs the decision in the same statement. An author restores an own deletion
 * this way, too. Throws not_found, forbidden, and conflict where `version` is stale.
 */
export async function moderateAnnotation(
  viewer: Viewer,
  id: string,
  input: ModerationInput,
): Promise<Annotation> {
  const { action, version = 'any' } = input;
  const modification = {
    ability: action,
    kind: `annotation.${action}`,
    version,
    refusal: 'conflict',
  } as const;
  const row = await modifyAnnotation(viewer, id, modification, (row) => {
    const fields = decidedFields(row, input);
    const decision = decisionOf(viewer, row, { ...input, after: fields.state });
    return { fields, parts: [store.FLAGS_DISMISSED, decision] };
  });
  return presentAnnotation(viewer, row);
}

/** The fields that a decision sets. */
function decidedFields(row: AnnotationRow, { action, reason }: ModerationInput) {
  const deletedFrom = row.state === 'deleted' ? null : row.deletedFrom;
  switch (action) {
    case 'approve':
      return { state: 'published', reason: null, deletedFrom } as const;
    case 'deny':
      return { state: 'denied', reason, deletedFrom } as const;
    case 'hide':
      return { state: 'hidden', reason, deletedFrom } as const;
    case 'restore': {
      const state = row.state === 'deleted' ? (row.deletedFrom ?? 'published') : 'published';
      // An annotation that moderation hid before its author deleted it is hidden again, for the same reason.
      return { state, reason: state === 'hidden' ? row.reason : null, deletedFrom };
    }
  }
}

/**
 * The part of a statement that logs a decision on `row` with what carries it out (`modifyAnnotation`); `after` is the
 * state that it leads to, where it changes that. lib/thread logs its acts with this.
 */
export function decisionOf(
  viewer: Viewer,
  { state, version }: AnnotationRow,
  { action, reason, after = state }: Pick<DecisionInput, 'action' | 'reason'> & { after?: State },
): Prisma.Sql {
  const actorId = requireSignedIn(viewer).id;
  return store.loggedDecision({ actorId, action, reason, before: state, after, version: version + 1 });
}

/** The annotations of a group that wait for staff, oldest first, each with its thread's root and its flags. */
export async function listQueue(
  viewer: Viewer,
  groupSlug: string,
  page: PageRequest,
): Promise<ListPage<QueueItem>> {
  const { groupId } = await requireStaff(viewer, groupSlug);
  const { items, next } = await listAnnotations(viewer, groupSlug, {}, page, store.awaitsReview([groupId]));
  const rootIds = items.filter(({ parent }) => parent !== null).map(({ root }) => root);
  const [roots, flags] = await Promise.all([
    rootIds.length > 0
      ? listAnnotations(viewer, groupSlug, {}, { limit: 500 }, store.hasIdAmong(rootIds))
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

/** How many notes wait for the viewer in each group that they moderate, by its slug; none for a group without any. */
export async function countQueues(viewer: Viewer): Promise<Map<string, number>> {
  const moderated = viewer.memberships.filter(({ role }) => canInGroup(role, 'moderate'));
  if (moderated.length === 0) return new Map();
  const rows = await store.countAwaitingReview(
    viewer,
    moderated.map(({ groupId }) => groupId),
  );
  const counts = new Map(rows.map(({ groupId, count }) => [groupId, count]));
  return new Map(moderated.map(({ groupId, slug }) => [slug, counts.get(groupId) ?? 0]));
}

/** The moderation log of a group, newest first, for staff. */
export async function listDecisions(
  viewer: Viewer,
  groupSlug: string,
  { limit, cursor }: PageRequest,
): Promise<ListPage<Decision>> {
  const { groupId } = await requireStaff(viewer, groupSlug);
  const rows = await store.selectDecisions(viewer, groupId, limit + 1, cursor);
  const { items, next } = toListPage(rows, limit);
  return { items: items.map((row) => ({ ...row, created: new Date(row.created).toISOString() })), next };
}

async function requireStaff(viewer: Viewer, groupSlug: string): Promise<ResolvedMembership> {
  const membership = await resolveMembership(viewer, groupSlug);
  requireGroupAction(membership, 'moderate');
  return membership;
}

export { moveFlagsOfPerson } from './store';
