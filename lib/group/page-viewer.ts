import { headers } from 'next/headers';
import { redirect } from 'next/navigation';
import { cache } from 'react';
import { CACHE_PASS_HEADER } from '@/lib/http/cache-pass-header';
import type { SignedInViewer, Viewer } from '@/lib/identity';
import { operator } from '@/lib/identity/schema';
import { resolveMember } from './resolve-member';

/** The viewer of this page, resolved once for all its components. */
export const pageViewer: () => Promise<Viewer> = cache(async () => {
  const cookie = (await headers()).get('cookie');
  // Pages are for browsers: an Authorization header, which only scripts send, must not make one fail.
  return resolveMember(new Headers(cookie ? { cookie } : {}));
});

/**
 * The viewer of a reading page. The process's own cache of pages, which checks who asks before it serves one, has it
 * rendered by a viewer who reads every edition: the header is the process's secret, and is removed from any other request.
 */
export const readingPageViewer: () => Promise<Viewer> = cache(async () =>
  (await headers()).has(CACHE_PASS_HEADER) ? operator : pageViewer(),
);

/** The signed-in viewer of the page `path`; anybody else is redirected to sign in and back. */
export async function requireViewer(path: string): Promise<SignedInViewer> {
  const viewer = await pageViewer();
  if (viewer.id === null) redirect(`/signin?callbackUrl=${encodeURIComponent(path)}`);
  return viewer as SignedInViewer;
}
