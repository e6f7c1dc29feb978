import { recordActivity } from '@/lib/activity';
import { transaction } from '@/lib/db';
import { findAccount, requireOnSite, type Viewer } from '@/lib/identity';
import { notFound } from '@/lib/kernel/errors';
import { canOnSite, type Role } from '@/lib/policy';
import { forbiddenByRole } from './group-lock';
import * as readingList from './reading-list/store';
import { type GroupInput, groupInputSchema } from './schema';
import * as store from './store';

/**
 * Creates a group for others, with its members in their roles, as the operator does. Does nothing and returns false where
 * a group has this slug. Throws `forbidden` for anybody but an administrator.
 */
export async function provisionGroup(
  viewer: Viewer,
  input: GroupInput & { slug: string },
  members: { email: string; role: Role }[],
): Promise<boolean> {
  requireOnSite(viewer, 'provision-groups');
  const { slug = input.slug, edition, ...fields } = groupInputSchema.parse(input);
  if (await store.findGroup(slug)) return false;
  const people = await Promise.all(
    members.map(async ({ email, role }) => ({ id: (await findAccount(email))?.id, role })),
  );
  await transaction(async (tx) => {
    const groupId = await store.insertGroup(tx, { ...fields, slug });
    if (edition !== null) await readingList.appendToLists(tx, [groupId], edition);
    await recordActivity(tx, { groupId, kind: 'group.created', actorId: viewer.id });
    for (const { id, role } of people) if (id) await store.insertMember(tx, groupId, id, role);
  });
  return true;
}

/**
 * The operator with the rights of a group's staff, for an export at the command line: without private annotations.
 * Throws `not_found`, and `forbidden` for anybody but the operator.
 */
export async function operatorAsStaff(viewer: Viewer, slug: string): Promise<Viewer> {
  requireOnSite(viewer, 'provision-groups');
  if (!canOnSite(viewer, 'act-for-groups')) throw forbiddenByRole();
  const group = await store.findGroup(slug);
  if (!group) throw notFound();
  return { ...viewer, memberships: [{ groupId: group.id, slug, name: group.name, role: 'owner' }] };
}
