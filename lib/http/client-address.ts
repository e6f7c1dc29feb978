import { config } from '@/lib/config';

/** Set by server.ts from the socket, whatever the client sent under this name. */
export const SOCKET_HEADER = 'x-scholion-socket';

/**
 * The IP address that a request came from: the socket's, or, behind SCHOLION_TRUSTED_PROXIES proxies, the entry of
 * X-Forwarded-For that the outermost of them wrote. Entries further left are the client's own words.
 */
export function clientAddress(headers: Headers): string {
  const forwarded = (headers.get('x-forwarded-for') ?? '')
    .split(',')
    .map((entry) => entry.trim())
    .filter(Boolean);
  const chain = [...forwarded, headers.get(SOCKET_HEADER) ?? 'unknown'];
  return chain[Math.max(0, chain.length - 1 - config().SCHOLION_TRUSTED_PROXIES)] ?? 'unknown';
}
