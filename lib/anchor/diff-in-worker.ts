import { diffTexts, type TextDiff } from '@/lib/anchoring';
import { createWorkerPool, type WorkerPool } from '@/lib/worker';

/** UTF-16 units of both texts together that are compared at once: it takes some milliseconds. */
const SHORT = 20_000;

let pool: WorkerPool | undefined;

/**
 * `diffTexts`, off the thread that answers requests where the texts are long: a rewritten section takes a second. Throws
 * the reason of `signal` once that is aborted.
 */
export async function diffInWorker(before: string, after: string, signal?: AbortSignal): Promise<TextDiff> {
  signal?.throwIfAborted();
  if (before.length + after.length <= SHORT) return diffTexts(before, after);
  pool ??= createWorkerPool('anchor', import.meta.url, { threads: 1, megabytes: 1_024 });
  return pool.run({ before, after }, { signal: signal ?? null }).catch((error) => {
    throw signal?.aborted ? signal.reason : error;
  });
}
