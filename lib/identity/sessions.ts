import { notFound } from '@/lib/kernel/errors';
import type { OpenSession, Viewer } from './schema';
import * as store from './store';
import { requireSession } from './viewer';

/** Hexadecimal digits of a session's hash that name it: enough to tell them apart, too few to be it. */
const NAME_LENGTH = 24;

/**
 * The browsers in which the caller is signed in, newest first, twenty at most; `current` is the hash of the caller's own session.
 * Throws `unauthenticated`, and `forbidden` for a token, which knows nothing of browsers.
 */
export async function listSessions(viewer: Viewer, current: string | undefined): Promise<OpenSession[]> {
  const rows = await store.selectSessions(requireSession(viewer).id);
  return rows.map(({ sessionToken, createdAt, expires }) => ({
    id: sessionToken.slice(0, NAME_LENGTH),
    created: createdAt.toISOString(),
    expires: expires.toISOString(),
    current: sessionToken === current,
  }));
}

/** Signs every other browser out; `current` is the hash of the caller's own session. Throws as `listSessions`. */
export async function endOtherSessions(viewer: Viewer, current: string | undefined): Promise<void> {
  await store.deleteOtherSessions(requireSession(viewer).id, current ?? '');
}

/** Signs one browser out. Throws as `listSessions`, and `not_found` where there is no such session of the caller. */
export async function endSession(viewer: Viewer, id: string): Promise<void> {
  const { id: userId } = requireSession(viewer);
  const isName = id.length === NAME_LENGTH && /^[0-9a-f]+$/.test(id);
  if (!isName || (await store.deleteSessions(userId, id)) === 0) throw notFound();
}
