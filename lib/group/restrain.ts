import { recordActivity } from '@/lib/activity';
import { type Tx, transaction } from '@/lib/db';
import { recordEntry } from '@/lib/decision-log';
import { requireModerateScope, type Viewer } from '@/lib/identity';
import { invalidField, notFound } from '@/lib/kernel/errors';
import { canInGroup } from '@/lib/policy';
import { forbiddenByRole } from './group-lock';
import { lockMember, onMember } from './member';
import type { Mute, MuteInput } from './schema';
import { updateMember } from './store';

/** Longest time for which somebody is muted, in milliseconds: a year. */
const LONGEST_MS = 366 * 86_400_000;

/**
 * Has a member write nothing until a date; they read why. Throws not_found, forbidden, invalid on /until where that is
 * past, or more than a year away.
 */
export async function muteMember(
  viewer: Viewer,
  slug: string,
  id: string,
  { until, reason }: MuteInput,
): Promise<Mute> {
  const date = new Date(until);
  const left = date.getTime() - Date.now();
  if (left <= 0 || left > LONGEST_MS) throw invalidField('until', 'Choose a date within a year from now.');
  await restrain(viewer, slug, id, async (tx, groupId, actorId) => {
    await updateMember(tx, groupId, id, { mutedUntil: date, mutedReason: reason });
    const details = { until: date.toISOString() };
    await recordEntry(tx, groupId, { ...onMember(id, actorId), action: 'mute', reason, details });
    await recordActivity(tx, { groupId, kind: 'member.mute', actorId, subjectId: id });
  });
  return { member: id, until: date.toISOString(), reason };
}

/** Lets a member write again. Throws not_found, forbidden. */
export async function unmuteMember(viewer: Viewer, slug: string, id: string): Promise<void> {
  await restrain(viewer, slug, id, async (tx, groupId, actorId) => {
    await updateMember(tx, groupId, id, { mutedUntil: null, mutedReason: '' });
    await recordEntry(tx, groupId, { ...onMember(id, actorId), action: 'unmute' });
    await recordActivity(tx, { groupId, kind: 'member.changed', actorId, subjectId: id });
  });
}

/** Has what a member writes wait for approval, or no longer. Throws not_found, forbidden. */
export async function setPremoderation(
  viewer: Viewer,
  slug: string,
  id: string,
  premoderated: boolean,
): Promise<void> {
  await restrain(viewer, slug, id, async (tx, groupId, actorId) => {
    await updateMember(tx, groupId, id, { premoderated });
    const details = { premoderated };
    await recordEntry(tx, groupId, { ...onMember(id, actorId), action: 'premoderate', details });
    await recordActivity(tx, { groupId, kind: 'member.changed', actorId, subjectId: id });
  });
}

/**
 * Does something about a member that policy calls `restrain`, in one transaction. For a warning as well (lib/moderation).
 * Throws not_found, forbidden.
 */
export async function restrain(
  viewer: Viewer,
  slug: string,
  id: string,
  work: (tx: Tx, groupId: string, actorId: string) => Promise<void>,
): Promise<void> {
  const { id: actorId } = requireModerateScope(viewer);
  await transaction(async (tx) => {
    const { group, target, isInvited } = await lockMember(tx, slug, viewer, id);
    const facts = { target: target.role, archived: group.archived };
    if (!canInGroup(group.role, 'restrain', facts) || id === actorId) throw forbiddenByRole();
    if (isInvited) throw notFound();
    await work(tx, group.id, actorId);
  });
}
