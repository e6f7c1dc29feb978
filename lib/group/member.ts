import { recordActivity } from '@/lib/activity';
import { type Tx, transaction } from '@/lib/db';
import { recordEntry } from '@/lib/decision-log';
import { requireModerateScope, requireWriteScope, type Viewer } from '@/lib/identity';
import { AppError, notFound } from '@/lib/kernel/errors';
import { isId } from '@/lib/kernel/ids';
import { type ActingRole, actingRole, canInGroup, losesLastManager, type Role } from '@/lib/policy';
import { toInvitedMember } from './email-invitation';
import * as emailInvitations from './email-invitation/store';
import { forbiddenByRole, lockGroupOf } from './group-lock';
import { resolveMembership } from './resolve-membership';
import type { InvitedMember, Member, MemberChange } from './schema';
import * as store from './store';
import { leaveSubgroups } from './subgroup/store';

/** A member as somebody who acts as `asker` in the group is told of them. */
function toMember(row: store.MemberRow, asker: ActingRole | null): Member {
  const { userId, role, moderates, joinedAt, user, premoderated, mutedUntil, mutedReason } = row;
  const isMutedNow = mutedUntil !== null && mutedUntil.getTime() > Date.now();
  const muted = isMutedNow ? { until: mutedUntil.toISOString(), reason: mutedReason } : null;
  return {
    id: userId,
    name: user.name ?? '',
    role,
    moderates,
    state: 'member',
    joined: joinedAt.toISOString(),
    ...(canInGroup(asker, 'emails') && { email: user.email }),
    ...(canInGroup(asker, 'moderate') && { premoderated, muted }),
  };
}

/** The members, owners first; with their e-mail addresses for staff. For members only: throws `forbidden`. */
export async function listMembers(viewer: Viewer, slug: string): Promise<Member[]> {
  const { groupId, member, role: asReader } = await resolveMembership(viewer, slug);
  const role = member ? asReader : null;
  if (!canInGroup(role, 'members')) throw forbiddenByRole();
  const rows = await store.selectMembers(groupId);
  return rows.map((row) => toMember(row, role));
}

/** Who teaches each of the viewer's own groups, by the group's slug: the names of its owners and instructors. */
export async function listTeachers(viewer: Viewer): Promise<Map<string, string[]>> {
  const rows = await store.selectTeachers(viewer.memberships.map(({ groupId }) => groupId));
  return new Map(
    viewer.memberships.map(({ groupId, slug }) => [
      slug,
      rows.filter((row) => row.groupId === groupId).map(({ name }) => name),
    ]),
  );
}

/**
 * Gives a member another role, or somebody who was invited by e-mail, or a student the right to moderate alone, which ends with
 * that role. Throws `conflict` where the last owner would be lost, or the right is for anybody but a student, `forbidden`,
 * `not_found`.
 */
export async function changeMember(
  viewer: Viewer,
  slug: string,
  id: string,
  change: MemberChange,
): Promise<Member | InvitedMember> {
  const { id: actorId } = requireModerateScope(viewer);
  return transaction(async (tx) => {
    const { group, target, isInvited } = await lockMember(tx, slug, viewer, id);
    const { role = target.role } = change;
    if (!canInGroup(group.role, 'set-role', { target: target.role, wanted: role })) throw forbiddenByRole();
    if (change.moderates && (role !== 'student' || isInvited))
      throw new AppError('conflict', 'The right to moderate alone is for students who are members.');
    if (isInvited) {
      const row = await emailInvitations.updateEmailInvitation(tx, group.id, id, role);
      await recordActivity(tx, { groupId: group.id, kind: 'invitation.changed', actorId });
      return toInvitedMember(row);
    }
    await requireRemainingOwner(tx, group.id, target.role, role);
    const row = await setRole(
      tx,
      group.id,
      { actorId, before: target },
      { role, moderates: change.moderates },
    );
    return toMember(row, group.role);
  });
}

/** Sets the role in which a member acts, with its entry in the log where it is another. */
export async function setRole(
  tx: Tx,
  groupId: string,
  { actorId, before }: { actorId: string; before: store.MemberRow },
  { role, moderates: given = before.moderates }: { role: Role; moderates?: boolean | undefined },
): Promise<store.MemberRow> {
  const moderates = role === 'student' && given;
  const row = await store.updateRole(tx, groupId, before.userId, { role, moderates });
  const details = { from: actingRole(before), to: actingRole(row) };
  if (details.from !== details.to)
    await recordEntry(tx, groupId, { ...onMember(before.userId, actorId), action: 'role', details });
  await recordActivity(tx, { groupId, kind: 'member.changed', actorId, subjectId: before.userId });
  return row;
}

/**
 * Removes a member; everybody may leave. What they wrote stays. An invitation by e-mail is withdrawn. Throws `conflict` where the last
 * owner would be lost, `forbidden`, `not_found`.
 */
export async function removeMember(viewer: Viewer, slug: string, id: string): Promise<void> {
  const isSelf = id === viewer.id;
  const { id: actorId } = isSelf ? requireWriteScope(viewer) : requireModerateScope(viewer);
  await transaction(async (tx) => {
    const { group, target, isInvited } = await lockMember(tx, slug, viewer, id);
    const facts = { target: target.role, self: id === actorId };
    if (!canInGroup(group.role, 'remove-member', facts)) throw forbiddenByRole();
    if (isInvited) {
      await emailInvitations.deleteEmailInvitation(tx, group.id, id);
      await recordActivity(tx, { groupId: group.id, kind: 'invitation.revoked', actorId });
      return;
    }
    await requireRemainingOwner(tx, group.id, target.role, null);
    await store.deleteMember(tx, group.id, id, { removed: !isSelf });
    await leaveSubgroups(tx, group.id, id);
    if (!isSelf) {
      const details = { role: target.role };
      await recordEntry(tx, group.id, { ...onMember(id, actorId), action: 'remove', details });
    }
    await recordActivity(tx, { groupId: group.id, kind: 'member.left', actorId, subjectId: id });
  });
}

/** What an entry of the log has that is on a member. */
export function onMember(subjectId: string, actorId: string) {
  return { annotationId: null, subjectId, actorId, reason: '', before: null, after: null, version: null };
}

/** A member by their id, or somebody who was invited by e-mail by the id of that invitation, for staff. */
export async function lockMember(tx: Tx, slug: string, viewer: Viewer, id: string) {
  const group = await lockGroupOf(tx, slug, viewer);
  // A viewer who may not see the members must not learn who is a member.
  if (!canInGroup(group.role, 'members')) throw forbiddenByRole();
  if (!isId(id)) throw notFound();
  const target = await store.findMember(tx, group.id, id);
  if (target) return { group, target, isInvited: false } as const;
  const mayKnow = canInGroup(group.role, 'emails');
  const invited = mayKnow ? await emailInvitations.findEmailInvitation(tx, group.id, id) : null;
  if (!invited) throw notFound();
  return { group, target: invited, isInvited: true } as const;
}

async function requireRemainingOwner(
  tx: Tx,
  groupId: string,
  before: Role,
  after: Role | null,
): Promise<void> {
  const lost = losesLastManager(await store.countManagers(tx, groupId), before, after);
  if (lost === 'owner') {
    throw new AppError('conflict', 'A group needs an owner: make somebody else one first.');
  }
  if (lost === 'manager') {
    throw new AppError('conflict', 'A group needs an instructor: make somebody else one first.');
  }
}
