import { on } from 'node:events';
import { MessageChannel } from 'node:worker_threads';
import { detectFormat } from '@/lib/conversion';
import { restoreError } from '@/lib/kernel/error-transfer';
import { Stopped } from '@/lib/kernel/errors';
import { createWorkerPool, runWithin, tooLong, type WorkerPool } from '@/lib/worker';
import { type ImportReply, type ImportStep, importSteps } from './import-steps';
import type { ImportTask } from './read-tei-file';
import type { ImportMessage } from './worker';

/** A TEI file of so many bytes is read on this thread: it takes some tens of milliseconds. */
const SHORT = 100_000;
/** Seconds that an import may take in all, and that its reading may take; megabytes of its thread. */
const SECONDS = 300;
const READING_SECONDS = 90;
const MEGABYTES = 1_024;

/** Whether a file is TEI or other XML; other formats are always read in a thread. What is none at all is refused there. */
function isTei({ bytes, mediaType, name }: ImportTask): boolean {
  try {
    const format = detectFormat(bytes, { ...(mediaType && { mediaType }), ...(name && { name }) });
    return format === 'tei' || format === 'xml';
  } catch {
    return false;
  }
}

let pool: WorkerPool | undefined;

/**
 * Reads a text, step by step: each waits for the answer to it. A long text is read in a thread, which is ended at its
 * bounds, when the caller stops, or once `signal` is aborted.
 *
 * @throws as `readTei`; `too_large` beyond the thread's bounds; the reason of `signal`.
 */
export async function* runImport(
  task: ImportTask,
  signal?: AbortSignal,
): AsyncGenerator<ImportStep, void, ImportReply> {
  signal?.throwIfAborted();
  if (task.bytes.length <= SHORT && isTei(task)) {
    yield* importSteps(task);
    return;
  }
  pool ??= createWorkerPool('edition', import.meta.url, { threads: 1, megabytes: MEGABYTES });
  const { port1: port, port2 } = new MessageChannel();
  const ended = new AbortController();
  const stop = () => ended.abort(signal?.reason ?? new Stopped());
  signal?.addEventListener('abort', stop, { once: true });
  // The thread gets the bytes themselves: a copy of a long file would cost its length again.
  const { buffer, byteLength } = task.bytes;
  const isWhole = buffer instanceof ArrayBuffer && buffer.byteLength === byteLength;
  const transferList = [port2, ...(isWhole ? [buffer] : [])];
  const options = { seconds: SECONDS, transferList, signal: ended.signal };
  const running = runWithin<void>(pool, { ...task, port: port2 }, options);
  running.catch(() => port.close());
  // A text that takes so long before its first step is hostile.
  const watch = setTimeout(() => ended.abort(tooLong(READING_SECONDS)), READING_SECONDS * 1_000);
  try {
    const messages = on(port, 'message', { close: ['close'] }) as AsyncIterable<[ImportMessage]>;
    for await (const [message] of messages) {
      if (message.kind === 'end') break;
      if (message.kind === 'refusal') throw restoreError(message.refusal);
      if (message.kind === 'revision') clearTimeout(watch);
      port.postMessage(yield message);
    }
    await running;
  } finally {
    clearTimeout(watch);
    signal?.removeEventListener('abort', stop);
    stop();
    port.close();
  }
}
