/** Threads for work that a sender can make long: off the thread that answers requests, within limits. */
import type { MessagePort } from 'node:worker_threads';
import { Piscina } from 'piscina';
import { AppError } from '@/lib/kernel/errors';

export type WorkerPool = Piscina;

/**
 * A pool of threads that run `worker.ts` beside the calling module, whose `import.meta.url` is `caller`: as it was built
 * under the name `<name>-worker.js` (`scripts/build.mjs`), or from the source. They start with the first task.
 */
export function createWorkerPool(
  name: string,
  caller: string,
  { threads, megabytes, idleSeconds = 10 }: { threads: number; megabytes: number; idleSeconds?: number },
): WorkerPool {
  const isSource = caller.endsWith('.ts');
  const source = new URL('worker.ts', caller).href;
  const built = new URL(`${name}-worker.js`, caller).href;
  return new Piscina({
    filename: isSource ? new URL('source.entry.mjs', import.meta.url).href : built,
    workerData: source,
    minThreads: 0,
    maxThreads: threads,
    idleTimeout: idleSeconds * 1_000,
    resourceLimits: { maxOldGenerationSizeMb: megabytes, stackSizeMb: 4 },
  });
}

/**
 * Runs a task of reading a file for at most `seconds`, the wait for a thread included. Throws too_large where time or
 * the thread's memory ends first; what the worker throws is passed on. Where `signal` is aborted first the thread is
 * ended, and its reason is thrown.
 */
export async function runWithin<Result>(
  pool: WorkerPool,
  task: unknown,
  {
    seconds,
    transferList,
    signal: ended,
  }: { seconds: number; transferList?: (ArrayBuffer | MessagePort)[]; signal?: AbortSignal | undefined },
): Promise<Result> {
  try {
    const timeout = AbortSignal.timeout(seconds * 1_000);
    const signal = ended ? AbortSignal.any([timeout, ended]) : timeout;
    return await pool.run(task, { signal, ...(transferList && { transferList }) });
  } catch (error) {
    if (ended?.aborted) throw ended.reason;
    throw isLimit(error) ? tooLong(seconds) : error;
  }
}

/** The refusal of a file whose reading takes longer than it may. */
export function tooLong(seconds: number): AppError {
  return new AppError(
    'too_large',
    'This file is too large or too deeply nested to be read within {seconds} seconds.',
    { values: { seconds } },
  );
}

/** Whether a thread was ended at its limit of time (`AbortSignal.timeout`) or of memory (`resourceLimits`). */
export function isLimit(error: unknown): boolean {
  const { name, code } = error as { name?: string; code?: string };
  return name === 'AbortError' || name === 'TimeoutError' || code === 'ERR_WORKER_OUT_OF_MEMORY';
}
