import { recordActivity } from '@/lib/activity';
import { type Tx, transaction } from '@/lib/db';
import { findAccount, requireModerateScope, requireWriteScope, type Viewer } from '@/lib/identity';
import { AppError, invalidField, notFound } from '@/lib/kernel/errors';
import { isId } from '@/lib/kernel/ids';
import { canInGroup, losesLastManager, type Role } from '@/lib/policy';
import { forbiddenByRole, lockGroupOf } from './group-lock';
import { resolveMembership } from './resolve-membership';
import { type Member, type MemberInput, memberInputSchema } from './schema';
import * as store from './store';

function toMember({ userId, role, joinedAt, user }: store.MemberRow, withEmail: boolean): Member {
  const shown = { id: userId, name: user.name ?? '', role, joined: joinedAt.toISOString() };
  return withEmail ? { ...shown, email: user.email } : shown;
}

/** The members, owners first; with their e-mail addresses for staff. For members only: throws `forbidden`. */
export async function listMembers(viewer: Viewer, slug: string): Promise<Member[]> {
  const { groupId, member, role: asReader } = await resolveMembership(viewer, slug);
  const role = member ? asReader : null;
  if (!canInGroup(role, 'members')) throw forbiddenByRole();
  const rows = await store.selectMembers(groupId);
  return rows.map((row) => toMember(row, canInGroup(role, 'emails')));
}

/**
 * Adds the person with this e-mail address. Throws `invalid` on /email where no account has it, `conflict` for a
 * member, `forbidden`, `not_found`.
 */
export async function addMember(viewer: Viewer, slug: string, input: MemberInput): Promise<Member> {
  const { id: actorId } = requireModerateScope(viewer);
  const { email, role } = memberInputSchema.parse(input);
  // Looked up before the transaction, which must not take a second connection. Policy decides before the answer tells.
  const account = await findAccount(email);
  return transaction(async (tx) => {
    const group = await lockGroupOf(tx, slug, viewer);
    if (!canInGroup(group.role, 'add-member', { wanted: role })) throw forbiddenByRole();
    if (!account) throw invalidField('email', 'There is no account with this e-mail address.');
    if (!(await store.insertMember(tx, group.id, account.id, role)))
      throw new AppError('conflict', 'This person is a member already.', {
        errors: [{ pointer: '/email', detail: 'This person is a member already.' }],
      });
    const row = await store.findMember(tx, group.id, account.id);
    await recordActivity(tx, { groupId: group.id, kind: 'member.joined', actorId, subjectId: account.id });
    return toMember(row!, true);
  });
}

/** Gives a member another role. Throws `conflict` where the last owner would be lost, `forbidden`, `not_found`. */
export async function setRole(viewer: Viewer, slug: string, userId: string, role: Role): Promise<Member> {
  const { id: actorId } = requireModerateScope(viewer);
  return transaction(async (tx) => {
    const { group, target } = await lockMember(tx, slug, viewer, userId);
    if (!canInGroup(group.role, 'set-role', { target: target.role, wanted: role })) throw forbiddenByRole();
    await requireRemainingOwner(tx, group.id, target.role, role);
    const row = await store.updateRole(tx, group.id, userId, role);
    await recordActivity(tx, { groupId: group.id, kind: 'member.changed', actorId, subjectId: userId });
    return toMember(row, canInGroup(group.role, 'emails'));
  });
}

/**
 * Removes a member; everybody may leave. What they wrote stays. Throws `conflict` where the last
 * owner would be lost, `forbidden`, `not_found`.
 */
export async function removeMember(viewer: Viewer, slug: string, userId: string): Promise<void> {
  const isSelf = userId === viewer.id;
  const { id: actorId } = isSelf ? requireWriteScope(viewer) : requireModerateScope(viewer);
  await transaction(async (tx) => {
    const { group, target } = await lockMember(tx, slug, viewer, userId);
    const facts = { target: target.role, self: userId === actorId };
    if (!canInGroup(group.role, 'remove-member', facts)) throw forbiddenByRole();
    await requireRemainingOwner(tx, group.id, target.role, null);
    await store.deleteMember(tx, group.id, userId);
    await recordActivity(tx, { groupId: group.id, kind: 'member.left', actorId, subjectId: userId });
  });
}

async function lockMember(tx: Tx, slug: string, viewer: Viewer, userId: string) {
  const group = await lockGroupOf(tx, slug, viewer);
  // A viewer who may not see the members must not learn who is a member.
  if (!canInGroup(group.role, 'members')) throw forbiddenByRole();
  const target = isId(userId) ? await store.findMember(tx, group.id, userId) : null;
  if (!target) throw notFound();
  return { group, target };
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
