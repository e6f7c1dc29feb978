import { isMuted, type Membership, type Viewer } from '@/lib/identity/schema';
import { AppError, notFound } from '@/lib/kernel/errors';
import { type ActingRole, actingRole, canInGroup } from '@/lib/policy';
import { findFormerMember, findGroup } from './store';

/** How a viewer relates to a group: as a member, or as a `reader` of a group that anybody may read. */
export type ResolvedMembership = Pick<Membership, 'groupId' | 'slug' | 'name'> & {
  role: ActingRole;
  member: boolean;
} & WritingLimits;

/** What keeps a member from writing for the time being. */
type WritingLimits = Partial<Pick<Membership, 'readOnly' | 'mutedUntil' | 'mutedReason'>>;

/** The part of a viewer that says which groups are theirs. */
type Member = { memberships: Membership[] };

/**
 * How `viewer` relates to the group `slug`. Throws not_found where the viewer may not know of the group, exactly as
 * where there is none.
 */
export async function resolveMembership(viewer: Member, slug: string): Promise<ResolvedMembership> {
  const own = viewer.memberships.find((membership) => membership.slug === slug);
  if (own) {
    const { groupId, name, readOnly = false, mutedUntil = null, mutedReason = '' } = own;
    return { groupId, slug, name, role: actingRole(own), member: true, readOnly, mutedUntil, mutedReason };
  }
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
  settings: () => new AppError('forbidden', 'Your role in this group does not allow this.'),
  audit: () => new AppError('forbidden', 'Only the members of this group may see this.'),
};

/**
 * Throws forbidden where policy does not let a viewer with this role (null: no member) do `action` in the group, muted or
 * locked where they write nothing for the time being.
 */
export function requireGroupAction(
  { role, readOnly: isReadOnly = false, ...limits }: { role: ActingRole | null } & WritingLimits,
  action: keyof typeof refusals,
): void {
  const facts = { muted: isMuted(limits), readOnly: isReadOnly };
  if (canInGroup(role, action, facts)) return;
  if (!canInGroup(role, action)) throw refusals[action]();
  throw facts.muted ? mutedUntil(limits) : readOnly();
}

/** The refusal of what a muted member writes: until when, and why. */
export function muted({ memberships }: Pick<Viewer, 'memberships'>, groupId: string): AppError {
  return mutedUntil(memberships.find((own) => own.groupId === groupId) ?? {});
}

function mutedUntil({ mutedUntil, mutedReason: reason = '' }: WritingLimits): AppError {
  const until = new Date(mutedUntil ?? Date.now()).toISOString();
  const date = `${until.slice(0, 10)} ${until.slice(11, 16)} UTC`;
  return new AppError(
    'muted',
    'Staff has muted you here until {date}, because: “{reason}”. You can read, report notes, delete your own and appeal.',
    { values: { date, reason }, extensions: { until, reason } },
  );
}

/** The refusal of what is written in a group in which nobody but staff writes. */
export function readOnly(): AppError {
  return new AppError('locked', 'Nobody but staff writes in this seminar for the time being.');
}
