import { transaction } from '@/lib/db';
import { isLocale } from '@/lib/i18n';
import { viewerOf } from '@/lib/identity';
import { enqueueJobs, type JobInput } from '@/lib/job';
import { canMail, type Mail, sendMail } from '@/lib/mail';
import { describeRows } from '../details';
import { markMailed, selectUnmailed } from '../store';
import { writeLetter } from './letter';
import { unsubscribeUrl } from './setting';
import * as store from './store';

/** The name of the job that mails one person what is new. */
export const MAIL_TASK = 'mail-notices';

/** A mail with the ids of the notices that it tells of. */
type DraftedLetter = Mail & { notices: string[] };

/** Days after which an unread notice is no news for mail any more. */
const DAYS = 14;
/** Notices in one mail; the next mail has the rest. */
const LONGEST = 100;

/** The job that mails a person. Those of one person are done one after the other, and one that waits is enough. */
export function mailJob(user: string, at: Date): JobInput {
  return { task: MAIL_TASK, payload: { user }, key: `mail:${user}`, queue: `mail:${user}`, at };
}

/**
 * The mail that tells a person what is unread and was not mailed, as they may see it now, and the notices in it. Null where
 * there is none, where they want no mail, and where nobody has proven their address.
 */
export async function draftLetter(userId: string): Promise<DraftedLetter | null> {
  const [viewer, recipient] = await Promise.all([viewerOf(userId), store.findRecipient(userId)]);
  if (!viewer || !recipient) return null;
  const notices = await describeRows(viewer, await selectUnmailed(viewer, DAYS, LONGEST));
  if (notices.length === 0) return null;
  const unsubscribe = unsubscribeUrl(userId);
  const letter = writeLetter(notices, isLocale(recipient.locale) ? recipient.locale : 'en', unsubscribe);
  return { ...letter, to: recipient.email, unsubscribe, notices: notices.map(({ id }) => id) };
}

/** Mails a person what is new. Throws where the mail server does not take it; nothing counts as mailed then. */
export async function mailNotices(userId: string): Promise<void> {
  if (!canMail()) return;
  const drafted = await draftLetter(userId);
  if (drafted) {
    const { notices: _, ...mail } = drafted;
    await sendMail(mail);
  }
  await transaction(async (tx) => {
    if (drafted) await markMailed(tx, userId, drafted.notices);
    await store.recordDigest(tx, userId);
  });
}

/**
 * Has everybody mailed whose mail is due: what is wanted at once and was not to be seen before, and digests. With `all`
 * everybody who wants mail and has news. Gives how many.
 */
export async function mailDueNotices({ all = false } = {}): Promise<number> {
  if (!canMail()) return 0;
  const users = await store.selectDue({ all });
  const now = new Date();
  await transaction((tx) =>
    enqueueJobs(
      tx,
      users.map((user) => mailJob(user, now)),
    ),
  );
  return users.length;
}
