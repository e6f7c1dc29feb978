import { recordActivity } from '@/lib/activity';
import { type Tx, transaction } from '@/lib/db';
import { createPasswordLinkFor, type PasswordLink, requireSession, type Viewer } from '@/lib/identity';
import { AppError, notFound } from '@/lib/kernel/errors';
import { isId } from '@/lib/kernel/ids';
import { canInGroup } from '@/lib/policy';
import { forbiddenByRole, lockGroupOf } from '../group-lock';
import { findMember } from '../store';
import * as store from './store';

/**
 * Makes a link for a new password of a student or reader, which an owner or instructor hands out; where the server sends
 * mail it goes to its person alone. Whoever holds such a link is that person: so it is for accounts alone that have and
 * had nothing in groups that the viewer does not manage. Needs a session. Throws `forbidden`, `not_found`.
 */
export async function createMemberPasswordLink(
  viewer: Viewer,
  slug: string,
  id: string,
): Promise<PasswordLink> {
  const person = requireSession(viewer);
  return transaction(async (tx) => {
    const group = await lockGroupOf(tx, slug, viewer);
    if (!canInGroup(group.role, 'members')) throw forbiddenByRole();
    const target = isId(id) ? await findMember(tx, group.id, id) : null;
    if (!target) throw notFound();
    if (!canInGroup(group.role, 'password-link', { target: target.role })) throw forbiddenByRole();
    const managed = person.memberships.filter(({ role }) =>
      canInGroup(role, 'password-link', { target: 'student' }),
    );
    const ids = managed.map(({ groupId }) => groupId);
    if (await store.hasTiesElsewhere(tx, id, ids))
      throw new AppError('forbidden', 'Only an administrator may make a link for this account.');
    return createPasswordLinkFor(tx, id, { actorId: person.id, groupId: group.id });
  });
}

/**
 * Ends all memberships of an account that is deleted; what its person wrote stays. Throws `conflict` where a group would
 * have no owner.
 */
export async function endMemberships(tx: Tx, userId: string, actorId: string | null): Promise<void> {
  const groups = await store.selectSoleManaged(tx, userId);
  if (groups.length > 0) {
    const values = { groups: groups.join(', ') };
    throw actorId === userId
      ? new AppError(
          'conflict',
          'You are the only owner of: {groups}. Make another its owner first, on its settings.',
          { values },
        )
      : new AppError('conflict', 'This person is the only owner of: {groups}. Another has to own it first.', {
          values,
        });
  }
  for (const groupId of await store.endMemberships(tx, userId))
    await recordActivity(tx, { groupId, kind: 'member.left', actorId: actorId ?? userId, subjectId: userId });
}

export { movePerson as moveGroupsOfPerson } from './store';
