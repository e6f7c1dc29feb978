import { config } from '@/lib/config';
import { AppError } from '@/lib/kernel/errors';

/**
 * Refuses a write that another site made a browser send (OWASP Cross-Site Request Forgery, "Fetch Metadata").
 * A browser sends Sec-Fetch-Site or Origin with every write; who sends neither is no browser, and holds the
 * cookie by its own right. A bearer token is never sent by a browser on its own. Throws forbidden.
 */
export function rejectCrossSiteWrite(headers: Headers): void {
  if (headers.has('authorization')) return;
  const site = headers.get('sec-fetch-site');
  if (site === 'same-origin' || site === 'none') return;
  const origin = headers.get('origin');
  if (site === null && origin === null) return;
  if (origin === new URL(config().address).origin) return;
  throw new AppError('forbidden', 'This write comes from another site, so it was refused.');
}
