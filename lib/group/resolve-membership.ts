import { AppError, notFound } from '@/lib/kernel/errors';
import { canInGroup, type Role } from '@/lib/policy';
import { findFormerMember, findGroup } from './store';

/** How a viewer relates to a group: as a member, or as a `reader` of a group that anybody may read. */
export type ResolvedMembership = { groupId: string; slug: string; name: string; role: Role; member: boolean };

/** The part of a viewer that says which groups are theirs. */
type Member = { memberships: { groupId: string; slug: string; name: string; role: Role }[] };

/**
 * How `viewer` relates to the group `slug`. Throws not_found where the viewer may not know of the group, exactly as
 * where there is none.
 */
export async function resolveMembership(viewer: Member, slug: string): Promise<ResolvedMembership> {
  const own = viewer.memberships.find((membership) => membership.slug === slug);
  if (own) return { groupId: own.groupId, slug, name: own.name, role: own.role, member: true };
  const group = await findGroup(slug);
  if (!group || group.access === 'private') throw notFound();
  return { groupId: group.id, slug, name: group.name, role: 'reader', member: false };
}

/**
 * As `resolveMembership`, and for somebody who was a member as well: they keep what they wrote, and the visibility
 * condition shows them that alone. For exports.
 */
export async function resolveReader(
  viewer: Member & { id: string | null },
  slug: string,
): Promise<ResolvedMembership> {
  const group = viewer.memberships.some((membership) => membership.slug === slug)
    ? null
    : await findGroup(slug);
  const isFormer =
    group?.access === 'private' &&
    viewer.id !== null &&
    (await findFormerMember(group.id, viewer.id)) !== null;
  if (!isFormer) return resolveMembership(viewer, slug);
  return { groupId: group.id, slug, name: group.name, role: 'reader', member: false };
}

/** The refusal of each action that rooms ask for with `requireGroupAction`. */
const refusals = {
  write: () => new AppError('forbidden', 'Readers of this group may not write in it.'),
  moderate: () => new AppError('forbidden', 'Only the staff of this group may see this.'),
  assign: () => new AppError('forbidden', 'Only the staff of this group may do this.'),
  import: () => new AppError('forbidden', 'Only the staff of this group may do this.'),
  audit: () => new AppError('forbidden', 'Only the members of this group may see this.'),
};

/** Throws forbidden where policy does not let a viewer with this role (null: no member) do `action` in the group. */
export function requireGroupAction({ role }: { role: Role | null }, action: keyof typeof refusals): void {
  if (!canInGroup(role, action)) throw refusals[action]();
}
