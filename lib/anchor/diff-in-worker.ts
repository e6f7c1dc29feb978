import { diffTexts, type TextDiff } from '@/lib/anchoring';
import { AppError } from '@/lib/kernel/errors';
import { createWorkerPool, isLimit, type WorkerPool } from '@/lib/worker';

/** UTF-16 units of both texts together that are compared at once: it takes some milliseconds. */
const SHORT = 20_000;

/** Seconds that a comparison may take, the wait for the thread included. The longest rewritten book takes some. */
const SECONDS = 120;

let pool: WorkerPool | undefined;

/**
 * `diffTexts`, off the thread that answers requests where the texts are long: a rewritten section takes a second. Throws
 * the reason of `signal` once that is aborted, and too_large where a section differs in too much to be compared.
 */
export async function diffInWorker(before: string, after: string, signal?: AbortSignal): Promise<TextDiff> {
  signal?.throwIfAborted();
  if (before.length + after.length <= SHORT) return diffTexts(before, after);
  pool ??= createWorkerPool('anchor', import.meta.url, { threads: 1, megabytes: 1_024 });
  const timeout = AbortSignal.timeout(SECONDS * 1_000);
  const ended = signal ? AbortSignal.any([timeout, signal]) : timeout;
  return pool.run({ before, after }, { signal: ended }).catch((error) => {
    if (signal?.aborted) throw signal.reason;
    throw isLimit(error) ? tooDifferent() : error;
  });
}

function tooDifferent(): AppError {
  return new AppError(
    'too_large',
    'A section of this draft is too long, and too different from what is published, to be compared within {seconds} seconds.',
    { values: { seconds: SECONDS } },
  );
}
