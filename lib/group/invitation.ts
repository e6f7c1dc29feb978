import { randomInt } from 'node:crypto';
import { recordActivity } from '@/lib/activity';
import { config } from '@/lib/config';
import { type Tx, transaction } from '@/lib/db';
import { requireModerateScope, requireUnscopedToken, type Viewer } from '@/lib/identity';
import { AppError, notFound } from '@/lib/kernel/errors';
import { isId } from '@/lib/kernel/ids';
import { canInGroup } from '@/lib/policy';
import { forbiddenByRole, lockGroupOf } from './group-lock';
import { resolveMembership } from './resolve-membership';
import { type Invitation, type InvitationInput, invitationInputSchema, type JoinedGroup } from './schema';
import * as store from './store';

/** Letters and digits that are not confused when a code is read aloud. Twelve of them have 58 bits. */
const LETTERS = 'abcdefghjkmnpqrstuvwxyz23456789';

function newCode(): string {
  return Array.from({ length: 12 }, () => LETTERS[randomInt(LETTERS.length)]).join('');
}

function toInvitation({ id, code, role, createdAt, expiresAt, uses }: store.InvitationRow): Invitation {
  return {
    id,
    code,
    role,
    uses,
    url: `${config().address}/join/${code}`,
    created: createdAt.toISOString(),
    expires: expiresAt?.toISOString() ?? null,
    expired: expiresAt !== null && expiresAt <= new Date(),
  };
}

/** Creates a code that lets its holders join the group, as `assistant` at most. Throws `forbidden`, `not_found`. */
export async function createInvitation(
  viewer: Viewer,
  slug: string,
  input: InvitationInput,
): Promise<Invitation> {
  const { id: createdBy } = requireModerateScope(viewer);
  const { role, expires } = invitationInputSchema.parse(input);
  return transaction(async (tx) => {
    const { id: groupId, role: own } = await lockGroupOf(tx, slug, viewer);
    if (!canInGroup(own, 'invite')) throw forbiddenByRole();
    const expiresAt = expires ? new Date(expires) : null;
    const row = await store.insertInvitation(tx, { groupId, code: newCode(), role, createdBy, expiresAt });
    await recordActivity(tx, { groupId, kind: 'invitation.created', actorId: createdBy });
    return toInvitation(row);
  });
}

/** The group's invitations without the revoked ones, newest first. Throws `forbidden`, `not_found`. */
export async function listInvitations(viewer: Viewer, slug: string): Promise<Invitation[]> {
  // A code makes its holder a member: it goes to whoever could have made it, and with that alone.
  requireModerateScope(viewer);
  const { groupId, member, role } = await resolveMembership(viewer, slug);
  if (!canInGroup(member ? role : null, 'invite')) throw forbiddenByRole();
  return (await store.selectInvitations(groupId)).map(toInvitation);
}

/** Revokes an invitation; members who joined by it stay. Throws `forbidden`, `not_found`. */
export async function revokeInvitation(viewer: Viewer, slug: string, id: string): Promise<void> {
  const { id: actorId } = requireModerateScope(viewer);
  await transaction(async (tx) => {
    const { id: groupId, role } = await lockGroupOf(tx, slug, viewer);
    if (!canInGroup(role, 'invite')) throw forbiddenByRole();
    if (!isId(id) || (await store.revokeInvitation(tx, groupId, id)) === 0) throw notFound();
    await recordActivity(tx, { groupId, kind: 'invitation.revoked', actorId });
  });
}

/** The invitation with this code. Throws `not_found` for an unknown code, `gone` for a revoked or expired one. */
export async function getValidInvitation(code: string, tx?: Tx) {
  const found = await store.findInvitation(code.trim().toLowerCase(), tx);
  if (!found || found.group.deletedAt) throw notFound();
  if (found.revokedAt) throw new AppError('gone', 'This invitation was revoked. Ask for another one.');
  if (found.expiresAt && found.expiresAt <= new Date())
    throw new AppError('gone', 'This invitation has expired. Ask for another one.');
  return found;
}

/** The group that a code invites to, for anybody who holds the code. Throws `not_found`, `gone`. */
export async function previewInvitation(
  viewer: Viewer,
  code: string,
): Promise<JoinedGroup & { description: string; member: boolean }> {
  const { group, groupId, role } = await getValidInvitation(code);
  const { slug, name, description } = group;
  const own = viewer.memberships.find((membership) => membership.groupId === groupId);
  return { slug, name, description, role: own?.role ?? role, member: own !== undefined };
}

/** Joins the viewer to the code's group; a member keeps their role. Throws `not_found`, `gone`. */
export async function joinByCode(viewer: Viewer, code: string): Promise<JoinedGroup> {
  const { id: userId } = requireUnscopedToken(viewer);
  return transaction(async (tx) => {
    const { group, groupId, id, role } = await getValidInvitation(code, tx);
    const { slug, name } = group;
    await requireNotRemoved(tx, groupId, userId);
    if (!(await store.insertMember(tx, groupId, userId, role))) {
      const member = await store.findMember(tx, groupId, userId);
      return { slug, name, role: member?.role ?? role };
    }
    await store.countUse(tx, groupId, id);
    await recordActivity(tx, { groupId, kind: 'member.joined', actorId: userId, subjectId: userId });
    return { slug, name, role };
  });
}

/** Joins the viewer to an `open` group as a student. Throws `forbidden` where it is not open, `not_found`. */
export async function joinOpen(viewer: Viewer, slug: string): Promise<JoinedGroup> {
  const { id: userId } = requireUnscopedToken(viewer);
  return transaction(async (tx) => {
    const { id: groupId, name, access, role } = await lockGroupOf(tx, slug, viewer);
    if (role) return { slug, name, role: role === 'moderator' ? 'student' : role };
    if (access !== 'open') throw new AppError('forbidden', 'This group is joined by invitation only.');
    await requireNotRemoved(tx, groupId, userId);
    await store.insertMember(tx, groupId, userId, 'student');
    await recordActivity(tx, { groupId, kind: 'member.joined', actorId: userId, subjectId: userId });
    return { slug, name, role: 'student' };
  });
}

/** Whoever was taken out of a group comes back by its staff alone. Throws `forbidden`. */
async function requireNotRemoved(tx: Tx, groupId: string, userId: string): Promise<void> {
  const former = await store.findFormerMember(groupId, userId, tx);
  if (former?.removed) {
    throw new AppError('forbidden', 'You were taken out of this group: ask its staff to add you again.');
  }
}
