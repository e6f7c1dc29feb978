import { createHash, randomBytes } from 'node:crypto';
import { config } from '@/lib/config';
import { decodeUri } from '@/lib/kernel/uri';

/** How long a session lasts, in seconds: thirty days. */
export const SESSION_SECONDS = 30 * 24 * 3600;

/** next-auth's name of the session cookie: with its prefix where the public address is https. */
export function sessionCookie(): string {
  const prefix = config().address.startsWith('https:') ? '__Secure-' : '';
  return `${prefix}next-auth.session-token`;
}

/** A new secret of 256 bits, in characters that a cookie and a header allow. */
export function newSecret(): string {
  return randomBytes(32).toString('base64url');
}

/** The hash of a secret. SHA-256 is enough, because the secret has 256 random bits. */
export function hashSecret(secret: string): string {
  return createHash('sha256').update(secret).digest('hex');
}

/** The hash of the session's secret in these request headers; undefined where there is none. */
export function sessionHash(headers: Headers): string | undefined {
  const name = sessionCookie();
  for (const pair of (headers.get('cookie') ?? '').split(';')) {
    const [key, value] = pair.trim().split('=', 2);
    if (key === name && value) return hashSecret(decodeUri(value) ?? value);
  }
  return undefined;
}

/** The hash of what these request headers prove their sender by: a token, else a session; undefined where there is none. */
export function credentialHash(headers: Headers): string | undefined {
  const [, secret] = /^Bearer +(\S+)$/i.exec(headers.get('authorization') ?? '') ?? [];
  return secret === undefined ? sessionHash(headers) : hashSecret(secret);
}
