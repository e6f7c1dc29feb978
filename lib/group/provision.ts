import { recordActivity } from '@/lib/activity';
import { transaction } from '@/lib/db';
import { findAccount, requireOnSite, type Viewer } from '@/lib/identity';
import { notFound } from '@/lib/kernel/errors';
import { canOnSite, type Role } from '@/lib/policy';
import { forbiddenByRole } from './group';
import { type GroupInput, groupInputSchema } from './schema';
import * as store from './store';

/**
 * Sets up a seminar for others, as the operator does: the group with its members in their roles. Does nothing,
 * and returns false, where the slug is there already. Throws `forbidden` for anybody but an administrator.
 */
export async function provisionGroup(
  viewer: Viewer,
  input: GroupInput & { slug: string },
  members: { email: string; role: Role }[],
): Promise<boolean> {
  requireOnSite(viewer, 'provision-groups');
  const { slug = input.slug, ...fields } = groupInputSchema.parse(input);
  if (await store.findGroup(slug)) return false;
  const people = await Promise.all(
    members.map(async ({ email, role }) => ({ id: (await findAccount(email))?.id, role })),
  );
  await transaction(async (tx) => {
    const groupId = await store.insertGroup(tx, { ...fields, slug });
    await recordActivity(tx, { groupId, kind: 'group.created', actorId: viewer.id });
    for (const { id, role } of people) if (id) await store.insertMember(tx, groupId, id, role);
  });
  return true;
}

/**
 * The operator as if of a group's staff: what an export at the command line holds, and no private note with it.
 * Throws `not_found`, and `forbidden` for anybody but the operator.
 */
export async function operatorAsStaff(viewer: Viewer, slug: string): Promise<Viewer> {
  requireOnSite(viewer, 'provision-groups');
  if (!canOnSite(viewer, 'act-for-groups')) throw forbiddenByRole();
  const group = await store.findGroup(slug);
  if (!group) throw notFound();
  return { ...viewer, memberships: [{ groupId: group.id, slug, name: group.name, role: 'owner' }] };
}
