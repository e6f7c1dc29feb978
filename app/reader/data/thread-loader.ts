import type { Annotation } from '@/lib/annotation/schema';
import { loadThreads } from './summaries';

/** Requests the texts of threads by the ids of their roots. */
export type RequestThreads = (roots: readonly string[]) => void;

export interface ThreadLoader {
  request: RequestThreads;
  /** Forgets what was requested, because it may have changed. */
  reset: () => void;
  /** Also aborts what is under way. */
  stop: () => void;
}

/**
 * Loads the texts of threads once they are shown: all requests of one moment in one call, and none twice. `isPreloaded`
 * says which came with the summaries.
 */
export function createThreadLoader(
  group: string,
  isPreloaded: (root: string) => boolean,
  onLoaded: (annotations: readonly Annotation[]) => void,
  onFailed: () => void,
): ThreadLoader {
  const abort = new AbortController();
  const requested = new Set<string>();
  let queue: string[] = [];

  async function load(): Promise<void> {
    const roots = queue;
    queue = [];
    try {
      for await (const annotations of loadThreads(group, roots, abort.signal)) onLoaded(annotations);
    } catch {
      if (abort.signal.aborted) return;
      for (const root of roots) requested.delete(root);
      onFailed();
    }
  }

  return {
    request(roots) {
      const added = roots.filter((root) => !requested.has(root) && !isPreloaded(root));
      if (added.length === 0) return;
      if (queue.length === 0) queueMicrotask(() => void load());
      for (const root of added) {
        requested.add(root);
        queue.push(root);
      }
    },
    reset: () => requested.clear(),
    stop: () => abort.abort(),
  };
}
