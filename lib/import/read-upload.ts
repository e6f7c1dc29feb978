import { setImmediate } from 'node:timers/promises';
import { MessageChannel, type MessagePort } from 'node:worker_threads';
import { restoreError } from '@/lib/kernel/error-transfer';
import { AppError } from '@/lib/kernel/errors';
import { createWorkerPool, runWithin, type WorkerPool } from '@/lib/worker';
import { detectLines } from './detect-format';
import type { ImportSource } from './import-source';
import { IMPORT_MAX_BYTES, isArchive, parseUpload } from './parse-upload';
import type { ReadResult, ReadTask } from './worker';

/** Bytes of a file that is read at once: it takes some milliseconds. */
const SHORT = 100_000;
/** Seconds and megabytes that a thread has for one file. */
const SECONDS = 60;
const MEGABYTES = 1_024;

let pool: WorkerPool | undefined;

/**
 * The annotations in a file of this media type: JSON, JSON lines, or an archive of ours. A large one is parsed off the
 * thread that answers requests, and comes over in batches. Throws malformed, invalid, and too_large beyond
 * `IMPORT_MAX_BYTES` and the thread's bounds; the reason of `signal`. `bytes` cannot be used afterwards.
 */
export async function readUpload(
  bytes: Uint8Array<ArrayBuffer>,
  type: string,
  signal?: AbortSignal,
): Promise<ImportSource> {
  if (bytes.length > IMPORT_MAX_BYTES)
    throw new AppError('too_large', 'The body is larger than this server takes.');
  // A small archive may hold a large file.
  if (bytes.length <= SHORT && !isArchive(type))
    return detectLines(await parseUpload(Buffer.from(bytes), type));
  pool ??= createWorkerPool('import', import.meta.url, { threads: 2, megabytes: MEGABYTES });
  const { port1: ours, port2: port } = new MessageChannel();
  const items = collectBatches(ours);
  const task: ReadTask = { bytes, type, port };
  try {
    const transferList = [bytes.buffer, port];
    const result = await runWithin<ReadResult>(pool, task, { seconds: SECONDS, transferList, signal });
    if ('refusal' in result) throw restoreError(result.refusal);
    return { ...result, items: await items };
  } finally {
    ours.close();
  }
}

/** Asks for one batch after the other, and gives other requests their turn in between. */
function collectBatches(port: MessagePort): Promise<ImportSource['items']> {
  const items: ImportSource['items'] = [];
  return new Promise((resolve) => {
    port.on('message', async (batch: string | null) => {
      if (batch === null) return resolve(items);
      for (const item of JSON.parse(batch) as ImportSource['items']) items.push(item);
      await setImmediate();
      port.postMessage('next');
    });
    port.postMessage('first');
  });
}
