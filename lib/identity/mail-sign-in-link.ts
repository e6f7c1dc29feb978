import { isLocale, translator } from '@/lib/i18n';
import { log } from '@/lib/log';
import { sendMail } from '@/lib/mail';
import { mayMailLink } from './sign-in';
import { findUserByEmail } from './store';

/**
 * Mails a sign-in link to `email` if an account in use has it, in that person's language. It returns at once, so that the answer
 * takes the same time with and without such an account. Nothing is sent where a link was requested too often.
 */
export function mailSignInLink(email: string, url: string): void {
  send(email, url).catch((error) => log().error({ err: error }, 'a sign-in link could not be mailed'));
}

async function send(email: string, url: string): Promise<void> {
  const user = await findUserByEmail(email);
  if (!user || user.deactivatedAt !== null || !(await mayMailLink(email))) return;
  const t = translator(isLocale(user.locale) ? user.locale : 'en', 'account');
  await sendMail({
    to: email,
    subject: t('mail.link.subject'),
    text: t('mail.link.text', { name: user.name ?? '', url }),
  });
}
