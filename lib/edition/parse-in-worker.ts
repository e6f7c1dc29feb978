import { restoreError } from '@/lib/kernel/error-transfer';
import { createWorkerPool, runWithin, type WorkerPool } from '@/lib/worker';
import { parseTei, type TeiEdition } from './parse-tei';
import type { ParseResult } from './worker';

/** A file of so many code units is parsed on this thread: it takes some tens of milliseconds. */
const SHORT = 100_000;
/** Seconds and megabytes that a thread has for one file. */
const SECONDS = 60;
const MEGABYTES = 1_024;

let pool: WorkerPool | undefined;

/** `parseTei` off the thread that answers requests. Throws as it does, and too_large beyond the thread's bounds. */
export async function parseTeiInWorker(source: string): Promise<TeiEdition> {
  if (source.length <= SHORT) return parseTei(source);
  pool ??= createWorkerPool('edition', import.meta.url, { threads: 1, megabytes: MEGABYTES });
  const result = await runWithin<ParseResult>(pool, source, { seconds: SECONDS });
  if ('refusal' in result) throw restoreError(result.refusal);
  return result.edition;
}
