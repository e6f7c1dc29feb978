import { isLocale, type Locale, translator } from '@/lib/i18n';
import { log } from '@/lib/log';
import { canMail, sendMail } from '@/lib/mail';
import { mayMailNews } from './sign-in';
import { findUserByEmail } from './store';

type Translator = ReturnType<typeof translator<'account'>>;

/**
 * Mails somebody in the language of their account, else in `locale`, if the server can send mail. It returns at once and
 * never fails, so that neither the answer nor its time tells whether an account has the address. Nothing is sent where
 * the address was mailed to too often.
 */
export function mailPerson(
  email: string,
  locale: Locale,
  write: (t: Translator) => { subject: string; text: string },
): void {
  if (!canMail()) return;
  // One after the other: a class list would open hundreds of connections to the mail server at once.
  lastMail = lastMail
    .then(() => send(email, locale, write))
    .catch((error) => log().error({ err: error }, 'a mail could not be sent'));
}

let lastMail = Promise.resolve();

async function send(
  email: string,
  locale: Locale,
  write: (t: Translator) => { subject: string; text: string },
): Promise<void> {
  if (!(await mayMailNews(email))) return;
  const user = await findUserByEmail(email);
  const t = translator(isLocale(user?.locale) ? user.locale : locale, 'account');
  await sendMail({ to: email, ...write(t) });
}
