/** What staff says to a member, and of one. */
import { recordActivity } from '@/lib/activity';
import { transaction } from '@/lib/db';
import { recordEntry } from '@/lib/decision-log';
import { onMember, resolveMembership, restrain } from '@/lib/group';
import { requireModerateScope, requireWriteScope } from '@/lib/identity';
import type { Viewer } from '@/lib/identity/schema';
import { notFound } from '@/lib/kernel/errors';
import { isId } from '@/lib/kernel/ids';
import { canInGroup } from '@/lib/policy';
import { requireStaff } from '../require-staff';
import type { StaffNote, Warning } from '../schema';
import * as store from './store';

/** Warns a member, who says that they have read it. Throws not_found, forbidden. */
export async function warnMember(viewer: Viewer, slug: string, id: string, words: string): Promise<Warning> {
  await restrain(viewer, slug, id, async (tx, groupId, actorId) => {
    const warning = await store.insertWarning(tx, groupId, { userId: id, actorId, words });
    await recordEntry(tx, groupId, {
      ...onMember(id, actorId),
      ...{ action: 'warn', reason: words, details: { warning } },
    });
    await recordActivity(tx, { groupId, kind: 'member.warn', actorId, subjectId: id });
  });
  const [newest] = await listWarnings(viewer, slug, id);
  if (!newest) throw notFound();
  return newest;
}

/** The warnings of a member, newest first, for staff and for that member. Throws not_found, forbidden. */
export async function listWarnings(viewer: Viewer, slug: string, id: string): Promise<Warning[]> {
  const { groupId, role } = await resolveMembership(viewer, slug);
  const isTold = id === viewer.id || canInGroup(role, 'moderate');
  if (!isTold || !isId(id)) throw notFound();
  return (await store.selectWarnings(groupId, id)).map(({ created, acknowledged, ...warning }) => ({
    ...warning,
    created: new Date(created).toISOString(),
    acknowledged: acknowledged === null ? null : new Date(acknowledged).toISOString(),
  }));
}

/** Says that one has read a warning. Throws not_found where it is another's, or was read already. */
export async function acknowledgeWarning(viewer: Viewer, slug: string, id: string): Promise<void> {
  const { id: userId } = requireWriteScope(viewer);
  const { groupId } = await resolveMembership(viewer, slug);
  if (!isId(id)) throw notFound();
  await transaction(async (tx) => {
    if (!(await store.acknowledge(tx, groupId, id, userId))) throw notFound();
    const details = { warning: id };
    await recordEntry(tx, groupId, { ...onMember(userId, userId), action: 'acknowledge', details });
  });
}

/** Notes something of a member for the staff alone. Throws not_found, forbidden. */
export async function noteOnMember(
  viewer: Viewer,
  slug: string,
  id: string,
  words: string,
): Promise<StaffNote[]> {
  const { id: actorId } = requireModerateScope(viewer);
  const groupId = await requireStaffOf(viewer, slug, id);
  await transaction((tx) => store.insertNote(tx, groupId, { userId: id, actorId, words }));
  return listNotesOn(viewer, slug, id);
}

/** What staff has noted of a member, newest first, for staff; never for that member. Throws not_found, forbidden. */
export async function listNotesOn(viewer: Viewer, slug: string, id: string): Promise<StaffNote[]> {
  const groupId = await requireStaffOf(viewer, slug, id);
  return (await store.selectNotes(groupId, id)).map(({ created, ...note }) => ({
    ...note,
    created: new Date(created).toISOString(),
  }));
}

/** The group of a staff member who looks at another member of it. */
async function requireStaffOf(viewer: Viewer, slug: string, id: string): Promise<string> {
  const { groupId } = await requireStaff(viewer, slug);
  // Nobody reads what the others have noted of them, staff neither.
  if (!isId(id) || id === viewer.id || !(await store.isMemberOf(groupId, id))) throw notFound();
  return groupId;
}
