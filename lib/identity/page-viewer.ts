import { headers } from 'next/headers';
import { redirect } from 'next/navigation';
import { cache } from 'react';
import { resolveViewer } from '.';
import type { Viewer } from './schema';
import type { SignedInViewer } from './viewer';

/** The viewer of this page, resolved once for all its components. */
export const pageViewer: () => Promise<Viewer> = cache(async () => {
  const cookie = (await headers()).get('cookie');
  // Pages are for browsers: an Authorization header, which only scripts send, must not make one fail.
  return resolveViewer(new Headers(cookie ? { cookie } : {}));
});

/** The signed-in viewer of the page `path`; anybody else is redirected to sign in and back. */
export async function requireViewer(path: string): Promise<SignedInViewer> {
  const viewer = await pageViewer();
  if (viewer.id === null) redirect(`/signin?callbackUrl=${encodeURIComponent(path)}`);
  return viewer as SignedInViewer;
}
