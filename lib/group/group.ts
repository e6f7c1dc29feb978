import { recordActivity } from '@/lib/activity';
import { type Tx, transaction } from '@/lib/db';
import { requireModerateScope, requireSignedIn, requireUnscopedToken, type Viewer } from '@/lib/identity';
import { AppError, notFound } from '@/lib/kernel/errors';

import { canInGroup, type Role } from '@/lib/policy';
import {
  GROUP_ABILITIES,
  type Group,
  type GroupChange,
  type GroupInput,
  groupChangeSchema,
  groupInputSchema,
} from './schema';
import { slugify, withRandomSuffix } from './slug';
import * as store from './store';

function roleOf(viewer: Viewer, groupId: string): Role | null {
  return viewer.memberships.find((membership) => membership.groupId === groupId)?.role ?? null;
}

function toGroup(viewer: Viewer, row: store.GroupRow, role = roleOf(viewer, row.id)): Group {
  const { slug, name, description, access, edition, _count } = row;
  const abilities = GROUP_ABILITIES.filter((action) => canInGroup(role, action));
  const mayJoin = canInGroup(role, 'join', { access, signedIn: viewer.id !== null });
  return {
    slug,
    name,
    description,
    access,
    edition,
    role,
    members: _count.members,
    can: mayJoin ? [...abilities, 'join'] : abilities,
  };
}

/** The viewer's own groups, and those that anybody may read, by name. */
export async function listGroups(viewer: Viewer): Promise<Group[]> {
  const rows = await store.selectGroups(viewer.memberships.map(({ groupId }) => groupId));
  return rows.map((row) => toGroup(viewer, row));
}

/** A group. Throws `not_found` where there is none, or none that the viewer may know of. */
export async function getGroup(viewer: Viewer, slug: string): Promise<Group> {
  const row = await store.findGroup(slug);
  if (!row || !canInGroup(roleOf(viewer, row.id), 'read', row)) throw notFound();
  return toGroup(viewer, row);
}

/**
 * Creates a group with the viewer as its owner. Without a slug, one is made from the name. Throws `conflict` on /slug
 * where another group has the given one, `invalid` on /edition.
 */
export async function createGroup(viewer: Viewer, input: GroupInput): Promise<Group> {
  const { id: userId } = requireUnscopedToken(viewer);
  const { slug: given, ...fields } = groupInputSchema.parse(input);
  const wanted = given ?? slugify(fields.name);
  const slug = await insert(wanted).catch((error) => {
    if (!(error instanceof store.SlugTaken)) throw error;
    if (given === undefined) return insert(withRandomSuffix(wanted));
    throw new AppError('conflict', 'Another group has this slug.', {
      errors: [{ pointer: '/slug', detail: 'Another group has this slug.' }],
    });
  });
  const row = await store.findGroup(slug);
  if (!row) throw notFound();
  return toGroup(viewer, row, 'owner');

  function insert(slug: string): Promise<string> {
    return transaction(async (tx) => {
      const groupId = await store.insertGroup(tx, { ...fields, slug });
      await store.insertMember(tx, groupId, userId, 'owner');
      await recordActivity(tx, { groupId, kind: 'group.created', actorId: userId });
      return slug;
    });
  }
}

/** Changes a group's name, description, access or edition. Throws `not_found`, `forbidden`, `invalid`. */
export async function updateGroup(viewer: Viewer, slug: string, input: GroupChange): Promise<Group> {
  const { id: actorId } = requireModerateScope(viewer);
  const change = groupChangeSchema.parse(input);
  await transaction(async (tx) => {
    const group = await lockGroupOf(tx, slug, viewer);
    if (!canInGroup(group.role, 'settings')) throw forbiddenByRole();
    await store.updateGroup(tx, group.id, change);
    await recordActivity(tx, { groupId: group.id, kind: 'group.updated', actorId });
  });
  return getGroup(viewer, slug);
}

/** The refusal of an action to a viewer who may know of the group. */
export function forbiddenByRole(): AppError {
  return new AppError('forbidden', 'Your role in this group does not allow this.');
}

/** Locks a group for its viewer. Throws `not_found` where they may not know of it, or their token is for another. */
export async function lockGroupOf(tx: Tx, slug: string, viewer: Viewer) {
  const group = await store.lockGroup(tx, slug, requireSignedIn(viewer).id);
  if (!group || !canInGroup(group.role, 'read', group)) throw notFound();
  if (viewer.only !== null && viewer.only !== group.id) throw notFound();
  return group;
}
