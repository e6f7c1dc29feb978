import { config } from '@/lib/config';
import { afterCommit, type Tx, transaction } from '@/lib/db';
import { isLocale, translator } from '@/lib/i18n';
import { AppError, notFound } from '@/lib/kernel/errors';
import { isId } from '@/lib/kernel/ids';
import { log } from '@/lib/log';
import { canMail, sendMail } from '@/lib/mail';
import { insertAccountChange } from '../account-state/store';
import { hashPassword } from '../password';
import type { NewPasswordInput, PasswordLink, Viewer } from '../schema';
import { hashSecret, newSecret } from '../session';
import { mayMailLink, requirePasswordLinkShare } from '../sign-in';
import { findUserByEmail } from '../store';
import { requireAccountManager } from '../viewer';
import * as store from './store';

/** How long a link is good, in milliseconds: an hour in a mailbox, a day where a person hands it on. */
const MAILED_MS = 3_600_000;
const HANDED_OUT_MS = 24 * MAILED_MS;

/** Whether people can ask for a link themselves: it has to be mailed. */
export function mailsPasswordLinks(): boolean {
  return canMail();
}

/**
 * Mails a link for a new password to `email` if an account in use has it. It returns at once, so that neither the answer
 * nor its time tells whether there is such an account. `address` is the client's IP address. Throws `conflict` where this
 * server sends no mail, `rate_limited`.
 */
export async function requestPasswordLink(email: string, address: string): Promise<void> {
  if (!mailsPasswordLinks())
    throw new AppError(
      'conflict',
      'This server sends no mail. Ask your instructor or the administrator for a link.',
    );
  await requirePasswordLinkShare(address);
  logFailure(mailLink(email));
}

function logFailure(sending: Promise<void>): void {
  sending.catch((error) => log().error({ err: error }, 'a link for a new password could not be mailed'));
}

async function mailLink(email: string): Promise<void> {
  const user = await findUserByEmail(email);
  if (!user || user.deactivatedAt !== null) return;
  const { url } = await transaction((tx) => makeLink(tx, user.id, { mailed: true }));
  await sendLink({ email, name: user.name, locale: user.locale }, url);
}

/** Nothing is sent where the address was mailed to too often. */
async function sendLink(
  { email, name, locale }: { email: string; name: string | null; locale: string | null },
  url: string,
): Promise<void> {
  if (!(await mayMailLink(email))) return;
  const t = translator(isLocale(locale) ? locale : 'en', 'account');
  await sendMail({
    to: email,
    subject: t('mail.password.subject'),
    text: t('mail.password.text', { name: name ?? '', url }),
  });
}

/** The secret stands after `#`: browsers send it to no server, and so to no log. */
async function makeLink(
  tx: Tx,
  userId: string,
  { mailed }: { mailed: boolean },
): Promise<{ url: string; expires: string }> {
  const secret = newSecret();
  const expires = new Date(Date.now() + (mailed ? MAILED_MS : HANDED_OUT_MS));
  await store.replaceLink(tx, { hash: hashSecret(secret), userId, mailed, expires });
  return { url: `${config().address}/signin/new-password#${secret}`, expires: expires.toISOString() };
}

/**
 * Makes a link for a new password that an administrator hands to its person; earlier ones end. It is shown in this answer
 * only. Throws `forbidden`, `not_found`, `conflict` for an account that is deactivated.
 */
export async function createPasswordLink(viewer: Viewer, id: string): Promise<PasswordLink> {
  const actorId = requireAccountManager(viewer);
  return transaction(async (tx) => {
    const owner = isId(id) ? await store.findLinkOwner(tx, id) : null;
    if (!owner) throw notFound();
    if (owner.deactivatedAt !== null)
      throw new AppError('conflict', 'This account is deactivated: nobody can sign in with it.');
    await insertAccountChange(tx, { userId: id, actorId, kind: 'link-made' });
    return { ...(await makeLink(tx, id, { mailed: false })), mailed: false };
  });
}

/**
 * As `createPasswordLink`, for the staff of the group `groupId`, whose room has asked who they may do this for. Where the
 * server sends mail the link goes to its person alone. Throws `forbidden` for an administrator's account, and one that
 * is deactivated or has no address.
 */
export async function createPasswordLinkFor(
  tx: Tx,
  id: string,
  { actorId, groupId }: { actorId: string; groupId: string },
): Promise<PasswordLink> {
  const owner = await store.findLinkOwner(tx, id);
  if (!owner || owner.email === null || owner.admin || owner.deactivatedAt !== null)
    throw new AppError('forbidden', 'Only an administrator may make a link for this account.');
  const mailed = mailsPasswordLinks();
  const link = await makeLink(tx, id, { mailed });
  await insertAccountChange(tx, { userId: id, actorId, kind: 'link-made', groupId });
  if (!mailed) return { ...link, mailed };
  const { email, name, locale } = owner;
  afterCommit(tx, () => logFailure(sendLink({ email, name, locale }, link.url)));
  return { url: null, expires: link.expires, mailed };
}

/**
 * Sets a new password by a link, once. Sessions end unless `endSessions` is false, tokens where `endTokens` is true.
 * `address` is the client's IP address. Throws `not_found` for a link that is unknown, used or expired, `rate_limited`.
 */
export async function setPasswordByLink(
  { secret, password, endSessions = true, endTokens = false }: NewPasswordInput,
  address: string,
): Promise<void> {
  await requirePasswordLinkShare(address);
  const hash = hashSecret(secret);
  const unknown = () =>
    new AppError('not_found', 'This link was used already or has expired. Ask for a new one.');
  if (!(await store.isGood(hash))) throw unknown();
  const passwordHash = await hashPassword(password);
  await transaction(async (tx) => {
    const link = await store.takeLink(tx, hash);
    if (!link) throw unknown();
    const { userId, mailed } = link;
    await store.setPasswordByLink(tx, userId, { passwordHash, proven: mailed, endSessions, endTokens });
    await insertAccountChange(tx, { userId, actorId: null, kind: 'password-set' });
  });
}
