import { setImmediate } from 'node:timers/promises';

/** Milliseconds of long work after which others get their turn. */
const TURN = 20;

/**
 * For work that goes through many things on the thread that answers requests: the function that it gives is awaited
 * before each of them, and lets other requests through when the work has had its turn. It throws the reason of `signal`
 * once that is aborted.
 */
export function createPacer(signal?: AbortSignal): () => Promise<void> {
  let begun = performance.now();
  return async () => {
    signal?.throwIfAborted();
    if (performance.now() - begun < TURN) return;
    await setImmediate();
    begun = performance.now();
  };
}
