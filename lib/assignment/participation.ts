import { transaction } from '@/lib/db';
import { listMembers, requireGroupAction, resolveMembership } from '@/lib/group';
import { requireModerateScope, requireWriteScope } from '@/lib/identity';
import type { Viewer } from '@/lib/identity/schema';
import { AppError, notFound } from '@/lib/kernel/errors';
import { canInGroup } from '@/lib/policy';
import { getAssignment, requireAssigner, requireAssignmentRow } from './assignment';
import { isClosed } from './require-open';
import type { Assignment, Extension, ExtensionInput, GradeInput } from './schema';
import { extensionInputSchema, gradeInputSchema } from './schema';
import * as store from './store';

/**
 * Gives one member their own dates; null for those of the assignment. What they asked for is answered by it.
 * Throws not_found (assignment, member), forbidden.
 */
export async function setExtension(
  viewer: Viewer,
  slug: string,
  id: string,
  memberId: string,
  input: ExtensionInput,
): Promise<Extension> {
  const { due, repliesDue } = extensionInputSchema.parse(input);
  const key = await requireParticipant(viewer, slug, id, memberId);
  const dates = { due: dateOf(due), repliesDue: dateOf(repliesDue) };
  await transaction((tx) => store.upsertParticipation(tx, key, { ...dates, request: null }));
  return {
    member: memberId,
    due: dates.due?.toISOString() ?? null,
    repliesDue: dates.repliesDue?.toISOString() ?? null,
  };
}

function dateOf(moment: string | null): Date | null {
  return moment === null ? null : new Date(moment);
}

/** Grades the work of one member by hand; an empty grade takes it back. Throws as `setExtension`. */
export async function setGrade(
  viewer: Viewer,
  slug: string,
  id: string,
  memberId: string,
  input: GradeInput,
): Promise<{ member: string; grade: string | null; comment: string }> {
  const { grade, comment } = gradeInputSchema.parse(input);
  const key = await requireParticipant(viewer, slug, id, memberId);
  const fields = { grade: grade || null, comment };
  await transaction((tx) => store.upsertParticipation(tx, key, fields));
  return { member: memberId, ...fields };
}

/**
 * Says that one is done with an assignment, or takes that back. Throws not_found, unauthenticated, forbidden (who does
 * not write in the group).
 */
export async function setDone(
  viewer: Viewer,
  slug: string,
  id: string,
  isDone: boolean,
): Promise<Assignment> {
  const key = await requireOwnParticipation(viewer, slug, id);
  await transaction((tx) => store.upsertParticipation(tx, key, { doneAt: isDone ? new Date() : null }));
  return getAssignment(viewer, slug, id);
}

/**
 * Asks the staff for more time; null takes it back. Throws not_found, unauthenticated, forbidden, conflict where the
 * assignment is closed.
 */
export async function requestExtension(
  viewer: Viewer,
  slug: string,
  id: string,
  reason: string | null,
): Promise<Assignment> {
  const key = await requireOwnParticipation(viewer, slug, id);
  const row = await requireAssignmentRow(viewer, key.groupId, id);
  if (reason !== null && isClosed(row)) {
    throw new AppError('conflict', 'This assignment is closed: ask the staff to open it again.');
  }
  await transaction((tx) => store.upsertParticipation(tx, key, { request: reason }));
  return getAssignment(viewer, slug, id);
}

type ParticipationKey = { groupId: string; assignmentId: string; userId: string };

async function requireOwnParticipation(viewer: Viewer, slug: string, id: string): Promise<ParticipationKey> {
  const membership = await resolveMembership(viewer, slug);
  const { id: userId } = requireWriteScope(viewer);
  await requireAssignmentRow(viewer, membership.groupId, id);
  // It is no word to the others: whoever is muted may still say that they are done, and ask for time.
  requireGroupAction({ role: membership.role }, 'write');
  return { groupId: membership.groupId, assignmentId: id, userId };
}

/** A member who writes in the group, for a viewer who may assign. Throws not_found, forbidden. */
async function requireParticipant(
  viewer: Viewer,
  slug: string,
  id: string,
  memberId: string,
): Promise<ParticipationKey> {
  const { groupId } = await requireAssigner(viewer, slug);
  requireModerateScope(viewer);
  await requireAssignmentRow(viewer, groupId, id);
  const member = (await listMembers(viewer, slug)).find((candidate) => candidate.id === memberId);
  if (!member || !canInGroup(member.role, 'write')) throw notFound();
  return { groupId, assignmentId: id, userId: memberId };
}
