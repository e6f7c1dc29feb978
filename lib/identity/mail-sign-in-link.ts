import nodemailer from 'nodemailer';
import { config } from '@/lib/config';
import { isLocale, translator } from '@/lib/i18n';
import { log } from '@/lib/log';
import { mayMailLink } from './sign-in';
import { findUserByEmail } from './store';

/**
 * Mails a sign-in link to `email` if there is such an account, in its language. Nobody waits for it, so that the
 * answer takes the same time whether or not there is one. Where the link was asked for too often, nothing is sent.
 */
export function mailSignInLink(email: string, url: string): void {
  send(email, url).catch((error) => log().error({ err: error }, 'a sign-in link could not be mailed'));
}

async function send(email: string, url: string): Promise<void> {
  const user = await findUserByEmail(email);
  if (!user || !(await mayMailLink(email))) return;
  const t = translator(isLocale(user.locale) ? user.locale : 'en', 'account');
  await nodemailer.createTransport(config().SMTP_URL).sendMail({
    from: config().MAIL_FROM,
    to: email,
    subject: t('mail.link.subject'),
    text: t('mail.link.text', { name: user.name ?? '', url }),
  });
}
