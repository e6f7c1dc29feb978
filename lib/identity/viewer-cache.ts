import { LRUCache } from 'lru-cache';
import { listen } from '@/lib/db/listen';
import type { Viewer } from './schema';

/** Longest time that a viewer is remembered, in milliseconds. */
const REMEMBERED_MS = 60_000;
const MOST = 10_000;

type ViewerCache = {
  viewers: LRUCache<string, Viewer>;
  /** Whether this process hears of changes; without that it remembers nobody. */
  isListening: boolean;
  /** Counts what was forgotten: a viewer that was read before a change must not be remembered after it. */
  forgotten: number;
};

// Next's bundle and the server's are two module graphs: what one forgets must not be remembered by the other.
const shared = globalThis as typeof globalThis & { scholionViewers?: ViewerCache };
shared.scholionViewers ??= { viewers: new LRUCache({ max: MOST }), isListening: false, forgotten: 0 };
const cache = shared.scholionViewers;

/** A viewer as it was read, and when their session or token expires. */
export type FoundViewer = { viewer: Viewer; expires: Date | null };

/**
 * The viewer under `key` (the hash of a token or session), from memory, or as `read` finds them. They are remembered until
 * they change (the triggers `viewer_change` notify every process), for 60 seconds at most.
 */
export async function recallViewer(
  key: string,
  read: () => Promise<FoundViewer | undefined>,
): Promise<Viewer | undefined> {
  const known = cache.viewers.get(key);
  if (known) return known;
  const { forgotten } = cache;
  const found = await read();
  if (!found) return undefined;
  const { viewer, expires } = found;
  const ttl = Math.min(REMEMBERED_MS, expires ? expires.getTime() - Date.now() : REMEMBERED_MS);
  // Somebody who was invited becomes a member by this request.
  if (cache.isListening && forgotten === cache.forgotten && !viewer.isInvited && ttl > 0)
    cache.viewers.set(key, viewer, { ttl });
  return viewer;
}

/** Forgets the viewers of one person; all where no id is given. */
export function forgetViewers(personId = ''): void {
  cache.forgotten++;
  if (personId === '') cache.viewers.clear();
  else
    for (const [key, viewer] of cache.viewers.entries())
      if (viewer.id === personId) cache.viewers.delete(key);
}

/** Begins to remember viewers in this process. Returns what ends it. */
export async function rememberViewers(): Promise<() => Promise<void>> {
  const unlisten = await listen('scholion_viewer', forgetViewers);
  cache.isListening = true;
  return async () => {
    cache.isListening = false;
    forgetViewers();
    await unlisten();
  };
}
