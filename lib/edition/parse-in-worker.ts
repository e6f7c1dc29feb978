import { Piscina } from 'piscina';
import { restoreError } from '@/lib/kernel/error-transfer';
import { AppError } from '@/lib/kernel/errors';
import { isWorkerLimit } from '@/lib/kernel/worker-limits';
import { parseTei, type TeiEdition } from './parse-tei';
import type { ParseResult } from './worker';

/** A file of so many code units is parsed on this thread: it takes some tens of milliseconds. */
const SHORT = 100_000;
/** Seconds and megabytes that a thread has for one file. */
const SECONDS = 60;
const MEGABYTES = 1_024;

/** The worker's file is in the folder of this one, which runs bundled (`scripts/build.mjs`) or from the source. */
const FILE = import.meta.url.endsWith('.ts') ? 'worker.entry.mjs' : 'edition-worker.js';

let threads: Piscina | undefined;

/** `parseTei` off the thread that answers requests. Throws as it does, and too_large beyond the thread's bounds. */
export async function parseTeiInWorker(source: string): Promise<TeiEdition> {
  if (source.length <= SHORT) return parseTei(source);
  threads ??= new Piscina({
    filename: new URL(FILE, import.meta.url).href,
    minThreads: 0,
    maxThreads: 1,
    idleTimeout: 10_000,
    resourceLimits: { maxOldGenerationSizeMb: MEGABYTES },
  });
  let result: ParseResult;
  try {
    result = await threads.run(source, { signal: AbortSignal.timeout(SECONDS * 1_000) });
  } catch (error) {
    if (!isWorkerLimit(error)) throw error;
    throw new AppError(
      'too_large',
      'This file is too large or too deeply nested to be read within {seconds} seconds.',
      { values: { seconds: SECONDS } },
    );
  }
  if ('refusal' in result) throw restoreError(result.refusal);
  return result.edition;
}
