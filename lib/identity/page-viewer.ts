import { headers } from 'next/headers';
import { redirect } from 'next/navigation';
import { cache } from 'react';
import { resolveViewer } from '.';
import type { Viewer } from './schema';
import type { SignedInViewer } from './viewer';

/** Who looks at this page; asked once however many components want to know. */
export const pageViewer: () => Promise<Viewer> = cache(async () => {
  const cookie = (await headers()).get('cookie');
  // A page is for browsers: a header that only scripts send must not break it.
  return resolveViewer(new Headers(cookie ? { cookie } : {}));
});

/** Who looks at this page, which is `path`; whoever is not signed in is sent to sign in and back. */
export async function requireViewer(path: string): Promise<SignedInViewer> {
  const viewer = await pageViewer();
  if (viewer.id === null) redirect(`/signin?callbackUrl=${encodeURIComponent(path)}`);
  return viewer as SignedInViewer;
}
