import { createHash, randomBytes } from 'node:crypto';
import { config } from '@/lib/config';
import { decodeUri } from '@/lib/kernel/uri';

/** How long a sign-in lasts, in seconds: thirty days, then again. */
export const SESSION_SECONDS = 30 * 24 * 3600;

/** next-auth's name of the session cookie: with its prefix where the public address is https. */
export function sessionCookie(): string {
  const prefix = config().address.startsWith('https:') ? '__Secure-' : '';
  return `${prefix}next-auth.session-token`;
}

/** A new secret of 256 bits, in letters that fit a cookie and a header. */
export function newSecret(): string {
  return randomBytes(32).toString('base64url');
}

/** What is kept of a secret. It has 256 bits of chance, so a plain SHA-256 is enough. */
export function hashSecret(secret: string): string {
  return createHash('sha256').update(secret).digest('hex');
}

/** The session's secret in these request headers, as its hash. */
export function sessionHash(headers: Headers): string | undefined {
  const name = sessionCookie();
  for (const pair of (headers.get('cookie') ?? '').split(';')) {
    const [key, value] = pair.trim().split('=', 2);
    if (key === name && value) return hashSecret(decodeUri(value) ?? value);
  }
  return undefined;
}
