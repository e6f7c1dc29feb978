import { resolveViewer, type Viewer } from '@/lib/identity';
import { acceptEmailInvitations } from './email-invitation';

/**
 * As `resolveViewer` of lib/identity: who sent a request with these headers. Somebody whom a group has invited by e-mail
 * becomes its member by this, so that whatever they open first is theirs to open. Throws `unauthenticated`.
 */
export async function resolveMember(headers: Headers): Promise<Viewer> {
  const viewer = await resolveViewer(headers);
  // A token of one group acts in that group alone.
  if (!viewer.isInvited || viewer.only !== null) return viewer;
  await acceptEmailInvitations(viewer);
  return resolveViewer(headers);
}
