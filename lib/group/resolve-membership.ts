import { notFound } from '@/lib/kernel/errors';
import type { Role } from '@/lib/policy';
import { findGroup } from './store';

/** Where a viewer stands in a group: `reader` for anybody in a publicly readable one. */
export type GroupMembership = { groupId: string; slug: string; name: string; role: Role; member: boolean };

type Viewer = { memberships: { groupId: string; slug: string; name: string; role: Role }[] };

/**
 * Where `viewer` stands in the group `slug`. Throws not_found where the group is not theirs to know of,
 * exactly as where there is none.
 */
export async function resolveMembership(viewer: Viewer, slug: string): Promise<GroupMembership> {
  const own = viewer.memberships.find((membership) => membership.slug === slug);
  if (own) return { groupId: own.groupId, slug, name: own.name, role: own.role, member: true };
  const group = await findGroup(slug);
  if (!group || group.access === 'private') throw notFound();
  return { groupId: group.id, slug, name: group.name, role: 'reader', member: false };
}
