import { recordActivity } from '@/lib/activity';
import { config } from '@/lib/config';
import { transaction } from '@/lib/db';
import { registerAccount, requireSignUpShare, type SignUpInput, type Viewer } from '@/lib/identity';
import { AppError, invalidField, notFound } from '@/lib/kernel/errors';
import { getValidInvitation } from './invitation';
import type { SignedUp } from './schema';
import * as store from './store';

/** Whether people may make their own account with an invitation, as the operator has set it. */
export function acceptsSignUps(): boolean {
  return config().SCHOLION_SIGN_UP === 'invited';
}

/**
 * Makes an account for somebody who holds an invitation's code, and joins it to the group. Where mail is configured the
 * address has to be proven by a link first, and the password is chosen then: a stranger's address with a password of
 * one's own would wait for that stranger. `address` is the client's IP address.
 *
 * Throws not_found for a code that is unknown, expired or revoked, forbidden with a session or where the operator makes
 * all accounts, conflict on /email, invalid on /email for an address of another domain, rate_limited.
 */
export async function signUp(viewer: Viewer, input: SignUpInput, address: string): Promise<SignedUp> {
  if (viewer.id !== null) throw new AppError('forbidden', 'You are signed in: open the invitation and join.');
  if (!acceptsSignUps()) throw new AppError('forbidden', 'The administrator makes the accounts here.');
  await requireSignUpShare(address);
  const { code, ...person } = input;
  const mailed = config().SMTP_URL !== undefined;
  requireDomain(person.email);
  return transaction(async (tx) => {
    const invitation = await getValidInvitation(code, tx).catch(hideReason);
    const { groupId, id: invitationId, role, group } = invitation;
    const account = await registerAccount(tx, person, { withPassword: !mailed });
    await store.insertMember(tx, groupId, account.id, role);
    await store.countUse(tx, groupId, invitationId);
    await recordActivity(tx, {
      groupId,
      kind: 'member.joined',
      actorId: account.id,
      subjectId: account.id,
    });
    return { ...account, group: { slug: group.slug, name: group.name, role }, needsMail: mailed };
  });
}

/** To somebody without an account a code that was good once is as unknown as any other. */
function hideReason(error: unknown): never {
  throw error instanceof AppError && error.code === 'gone' ? notFound() : error;
}

function requireDomain(email: string): void {
  const domains = config().SCHOLION_SIGN_UP_DOMAINS;
  const domain = email.slice(email.lastIndexOf('@') + 1);
  if (domains.length === 0 || domains.includes(domain)) return;
  throw invalidField('email', 'Use an address of one of these domains: {domains}.', {
    domains: domains.join(', '),
  });
}
