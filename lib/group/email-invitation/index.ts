import { recordActivity } from '@/lib/activity';
import { config } from '@/lib/config';
import { type Tx, transaction } from '@/lib/db';
import type { Locale } from '@/lib/i18n';
import { mailPerson, requireModerateScope, type Viewer } from '@/lib/identity';
import { AppError } from '@/lib/kernel/errors';
import { canInGroup } from '@/lib/policy';
import { forbiddenByRole, lockGroupOf } from '../group-lock';
import { resolveMembership } from '../resolve-membership';
import { type InvitedMember, type MemberInput, memberInputSchema } from '../schema';
import * as store from './store';

export function toInvitedMember({ id, email, role, createdAt }: store.EmailInvitationRow): InvitedMember {
  return { id, email, role, state: 'invited', invited: createdAt.toISOString() };
}

/**
 * Invites the person with this e-mail address, who is a member from the first time that they use the server. The answer
 * is the same whether an account has the address or not, and so is the time that it takes. They are told by mail, in
 * their own language or `locale`. Throws `conflict` for a member and for an address that is invited, `forbidden`,
 * `not_found`.
 */
export async function inviteByEmail(
  viewer: Viewer,
  slug: string,
  input: MemberInput,
  locale: Locale = 'en',
): Promise<InvitedMember> {
  const { id: createdBy } = requireModerateScope(viewer);
  const { email, role } = memberInputSchema.parse(input);
  const invited = await transaction(async (tx) => {
    const group = await lockGroupOf(tx, slug, viewer);
    if (!canInGroup(group.role, 'add-member', { wanted: role })) throw forbiddenByRole();
    // Who may see the members' addresses learns nothing by this.
    if (canInGroup(group.role, 'emails') && (await store.isMemberAddress(tx, group.id, email)))
      throw alreadyThere('This person is a member already.');
    const row = await store.insertEmailInvitation(tx, { groupId: group.id, email, role, createdBy });
    await recordActivity(tx, { groupId: group.id, kind: 'invitation.created', actorId: createdBy });
    return { row, group: group.name };
  }).catch((error) => {
    throw error instanceof store.AlreadyInvited ? alreadyThere('This address was invited already.') : error;
  });
  mailInvitation(viewer, { slug, name: invited.group, email, locale });
  return toInvitedMember(invited.row);
}

/** Tells somebody by mail that they are invited, in their own language or `locale`. */
export function mailInvitation(
  viewer: Viewer,
  { slug, name, email, locale }: { slug: string; name: string; email: string; locale: Locale },
): void {
  const url = `${config().address}/groups/${slug}`;
  mailPerson(email, locale, (t) => ({
    subject: t('mail.invitation.subject', { group: name }),
    text: t('mail.invitation.text', { name: viewer.name, group: name, url, email }),
  }));
}

function alreadyThere(detail: string): AppError {
  return new AppError('conflict', detail, { errors: [{ pointer: '/email', detail }] });
}

/** Those who were invited by e-mail and have not come yet, for staff; none for others. Throws `not_found`. */
export async function listInvitedMembers(viewer: Viewer, slug: string): Promise<InvitedMember[]> {
  const { groupId, member, role } = await resolveMembership(viewer, slug);
  if (!canInGroup(member ? role : null, 'emails')) return [];
  return (await store.selectEmailInvitations(groupId)).map(toInvitedMember);
}

/** Makes a person a member of the groups that invited their e-mail address. */
export async function acceptEmailInvitations(viewer: Viewer): Promise<void> {
  const { id: userId, email } = viewer;
  if (userId === null || email === null) return;
  await transaction(async (tx) => {
    const groupIds = await store.acceptInvitations(tx, userId, email);
    await recordJoining(tx, userId, groupIds);
  });
}

/** One event for each group, in one order for all writers. */
async function recordJoining(tx: Tx, userId: string, groupIds: string[]): Promise<void> {
  for (const groupId of groupIds)
    await recordActivity(tx, { groupId, kind: 'member.joined', actorId: userId, subjectId: userId });
}
