import { config } from '@/lib/config';
import { AppError } from '@/lib/kernel/errors';

/**
 * Rejects a write that another site made a browser send (OWASP Cross-Site Request Forgery, "Fetch Metadata"). Browsers
 * send Sec-Fetch-Site or Origin with every write, so a request with neither is not from a browser and cannot be forged;
 * nor can one with a bearer token, which browsers never add by themselves. Throws forbidden.
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
