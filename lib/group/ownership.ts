import { recordActivity } from '@/lib/activity';
import { transaction } from '@/lib/db';
import { requireModerateScope, requireSession, type Viewer } from '@/lib/identity';
import { invalidField, notFound } from '@/lib/kernel/errors';
import { canInGroup } from '@/lib/policy';
import { forbiddenByRole, lockGroupOf } from './group-lock';
import { setRole } from './member';
import type { DeletedGroup } from './schema';
import * as store from './store';

/**
 * Hands a group over: the member becomes its owner, and the viewer, who owned it, an instructor. Throws `not_found`,
 * `forbidden`, `invalid` on /member, `conflict` where it is archived.
 */
export async function handOver(viewer: Viewer, slug: string, memberId: string): Promise<void> {
  const { id: actorId } = requireModerateScope(viewer);
  await transaction(async (tx) => {
    const group = await lockGroupOf(tx, slug, viewer);
    if (!canInGroup(group.role, 'own')) throw forbiddenByRole();
    const target = await store.findMember(tx, group.id, memberId);
    if (!target || memberId === actorId) throw invalidField('member', 'Choose another member of the group.');
    const own = await store.findMember(tx, group.id, actorId);
    if (!own) throw forbiddenByRole();
    await setRole(tx, group.id, { actorId, before: target }, { role: 'owner' });
    await setRole(tx, group.id, { actorId, before: own }, { role: 'instructor' });
  });
}

/**
 * Deletes a group, by an owner who has typed its name, with a session: from now on it is there for nobody, and what was
 * written in it for its authors alone. An owner can bring it back. Throws `not_found`, `forbidden`, `invalid` on /name.
 */
export async function deleteGroup(viewer: Viewer, slug: string, name: string): Promise<void> {
  const { id: actorId } = requireSession(viewer);
  await transaction(async (tx) => {
    const group = await lockGroupOf(tx, slug, viewer);
    if (!canInGroup(group.role, 'own')) throw forbiddenByRole();
    if (name.trim() !== group.name) throw invalidField('name', 'This is not the name of the group.');
    // Where anybody could read it, nobody may.
    await store.updateGroup(tx, group.id, { deletedAt: new Date(), access: 'private' });
    await recordActivity(tx, { groupId: group.id, kind: 'group.updated', actorId });
  });
}

/** The deleted groups that the viewer owned, newest first. */
export async function listDeletedGroups(viewer: Viewer): Promise<DeletedGroup[]> {
  const rows = viewer.id === null ? [] : await store.selectDeletedGroups(viewer.id);
  return rows.map(({ slug, name, deletedAt }) => ({ slug, name, deleted: deletedAt?.toISOString() ?? '' }));
}

/** Brings a deleted group back, for its members alone. Throws `not_found` where the viewer did not own one. */
export async function restoreGroup(viewer: Viewer, slug: string): Promise<void> {
  const { id: actorId } = requireSession(viewer);
  await transaction(async (tx) => {
    const groupId = await store.restoreGroup(tx, slug, actorId);
    if (groupId === undefined) throw notFound();
    await recordActivity(tx, { groupId, kind: 'group.updated', actorId });
  });
}
