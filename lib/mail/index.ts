/** Mail, by the operator's mail server. */
import nodemailer, { type Transporter } from 'nodemailer';
import { config } from '@/lib/config';

/** A mail to one address. `unsubscribe`: where a POST without a session ends mail of this kind (RFC 8058). */
export type Mail = {
  to: string;
  subject: string;
  text: string;
  html?: string;
  unsubscribe?: string;
};

/** Milliseconds that the mail server may be silent. */
const SILENCE = 20_000;

let transport: Transporter | undefined;

/** Whether the operator named a mail server (SMTP_URL). */
export function canMail(): boolean {
  return config().SMTP_URL !== undefined;
}

/** Sends a mail. Throws where the mail server cannot be reached, or refuses it. */
export async function sendMail({ unsubscribe, subject, ...mail }: Mail): Promise<void> {
  transport ??= nodemailer.createTransport({
    url: config().SMTP_URL,
    ...{ connectionTimeout: SILENCE, greetingTimeout: SILENCE, socketTimeout: SILENCE },
    // What a person wrote never makes the server read a file or another address.
    ...{ disableFileAccess: true, disableUrlAccess: true },
  });
  await transport.sendMail({
    from: config().MAIL_FROM,
    // A header is one line, whatever a title holds.
    subject: subject.replace(/\s+/g, ' ').trim(),
    ...mail,
    ...(unsubscribe !== undefined && {
      list: { unsubscribe: { url: unsubscribe } },
      headers: { 'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click' },
    }),
  });
}
