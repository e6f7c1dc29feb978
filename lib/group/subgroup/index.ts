import { recordActivity } from '@/lib/activity';
import { type Tx, transaction } from '@/lib/db';
import { requireModerateScope, type Viewer } from '@/lib/identity';
import { AppError, type FieldError, invalidFields, notFound } from '@/lib/kernel/errors';
import { isId } from '@/lib/kernel/ids';
import { canInGroup } from '@/lib/policy';
import { forbiddenByRole, lockGroupOf } from '../group-lock';
import { resolveMembership } from '../resolve-membership';
import { type Subgroup, type SubgroupChange, type SubgroupInput, subgroupInputSchema } from '../schema';
import { selectMemberIds, selectMembers } from '../store';
import * as store from './store';

/** Subgroups of a group, at most. */
const MOST = 500;

/**
 * The subgroups of a group with their members: all for staff, their own for a student. Throws `not_found`, `forbidden`
 * for who is no member.
 */
export async function listSubgroups(viewer: Viewer, slug: string): Promise<Subgroup[]> {
  const { groupId, member, role } = await resolveMembership(viewer, slug);
  if (!canInGroup(member ? role : null, 'members')) throw forbiddenByRole();
  const [subgroups, people] = await Promise.all([store.selectSubgroups(groupId), selectMembers(groupId)]);
  const names = new Map(people.map(({ userId, user }) => [userId, user.name ?? '']));
  const isOwn = ({ members }: store.SubgroupRow) => viewer.id !== null && members.includes(viewer.id);
  return subgroups
    .filter((subgroup) => canInGroup(role, 'moderate') || isOwn(subgroup))
    .map(({ id, name, assignmentId, members }) => ({
      id,
      name,
      assignment: assignmentId,
      members: members.flatMap((userId) => {
        const memberName = names.get(userId);
        return memberName === undefined ? [] : [{ id: userId, name: memberName }];
      }),
    }));
}

/**
 * Makes a subgroup of members, who leave the one that they were in. Throws `not_found`, `forbidden`, `invalid` with the
 * pointer of somebody who is no member, `conflict` where there are too many.
 */
export async function createSubgroup(viewer: Viewer, slug: string, input: SubgroupInput): Promise<Subgroup> {
  const { name, members } = subgroupInputSchema.parse(input);
  const id = await changing(viewer, slug, async (tx, groupId) => {
    if ((await store.countSubgroups(tx, groupId)) >= MOST) {
      throw new AppError('conflict', 'A group has at most {most} subgroups.', { values: { most: MOST } });
    }
    await requireMembers(tx, groupId, members);
    return store.insertSubgroup(tx, groupId, { name, members, assignmentId: null });
  });
  return getSubgroup(viewer, slug, id);
}

/** Changes the name or the members of a subgroup. Throws as `createSubgroup`. */
export async function updateSubgroup(
  viewer: Viewer,
  slug: string,
  id: string,
  { name, members }: SubgroupChange,
): Promise<Subgroup> {
  await changing(viewer, slug, async (tx, groupId) => {
    const subgroup = await requireSubgroup(tx, groupId, id);
    if (name !== undefined) await store.renameSubgroup(tx, groupId, id, name);
    if (members !== undefined) {
      await requireMembers(tx, groupId, members);
      await store.setMembers(tx, groupId, subgroup, members);
    }
  });
  return getSubgroup(viewer, slug, id);
}

/** Removes a subgroup; its members stay in the group. Throws `not_found`, `forbidden`. */
export async function deleteSubgroup(viewer: Viewer, slug: string, id: string): Promise<void> {
  await changing(viewer, slug, async (tx, groupId) => {
    await requireSubgroup(tx, groupId, id);
    await store.deleteSubgroup(tx, groupId, id);
  });
}

async function getSubgroup(viewer: Viewer, slug: string, id: string): Promise<Subgroup> {
  const found = (await listSubgroups(viewer, slug)).find((subgroup) => subgroup.id === id);
  if (!found) throw notFound();
  return found;
}

async function requireSubgroup(tx: Tx, groupId: string, id: string) {
  const found = isId(id) ? await store.findSubgroup(tx, groupId, id) : null;
  if (!found) throw notFound();
  return found;
}

/** Changes subgroups for a viewer who may set up the group, with the group locked. */
async function changing<T>(
  viewer: Viewer,
  slug: string,
  work: (tx: Tx, groupId: string) => Promise<T>,
): Promise<T> {
  const { id: actorId } = requireModerateScope(viewer);
  return transaction(async (tx) => {
    const { id: groupId, role } = await lockGroupOf(tx, slug, viewer);
    if (!canInGroup(role, 'assign')) throw forbiddenByRole();
    const result = await work(tx, groupId);
    await recordActivity(tx, { groupId, kind: 'group.updated', actorId });
    return result;
  });
}

async function requireMembers(tx: Tx, groupId: string, ids: string[]): Promise<void> {
  const known = await selectMemberIds(tx, groupId);
  const errors: FieldError[] = ids.flatMap((id, i) =>
    known.has(id) ? [] : { pointer: `/members/${i}`, detail: 'This person is no member of the group.' },
  );
  if (errors.length > 0) throw invalidFields(errors);
}
