import { once } from 'node:events';
import type { MessagePort } from 'node:worker_threads';
import { type TransferredError, transferError } from '@/lib/kernel/error-transfer';
import { AppError } from '@/lib/kernel/errors';
import { detectLines } from './detect-format';
import type { ImportSource } from './import-source';
import { parseUpload } from './parse-upload';

/** A file of annotations, its media type, and the port on which they are asked for, batch by batch. */
export type ReadTask = { bytes: Uint8Array<ArrayBuffer>; type: string; port: MessagePort };
/** What the thread gives back once all batches are taken. */
export type ReadResult = Omit<ImportSource, 'items'> | { refusal: TransferredError };

/** Annotations of one file, at most. A lecture of 300 people writes 28,800 posts in a term. */
const MOST_ANNOTATIONS = 100_000;
/** Characters of JSON in a batch: what the thread that answers requests parses in a few milliseconds. */
const BATCH_LENGTH = 250_000;

/** Reads an import in a thread of its own (`read-upload.ts`): no database, no settings. */
export default async function read({ bytes, type, port }: ReadTask): Promise<ReadResult> {
  try {
    const { items, ...rest } = detectLines(await parseUpload(Buffer.from(bytes), type));
    if (items.length > MOST_ANNOTATIONS) {
      const values = { most: MOST_ANNOTATIONS };
      throw new AppError('too_large', 'This file has more than {most} annotations.', { values });
    }
    for (const batch of batchesOf(items)) {
      // The receiver asks when it has nothing more urgent to do.
      await once(port, 'message');
      port.postMessage(batch);
    }
    // A thread that waits for its next task delivers no `close`: the end is said.
    port.postMessage(null);
    return rest;
  } catch (error) {
    return { refusal: transferError(error) };
  } finally {
    port.close();
  }
}

/** The items as JSON texts of lists, each short enough to be parsed at once. */
function* batchesOf(items: ImportSource['items']): Generator<string> {
  let batch: string[] = [];
  let length = 0;
  for (const item of items) {
    const json = JSON.stringify(item);
    if (length + json.length > BATCH_LENGTH && batch.length > 0) {
      yield `[${batch.join(',')}]`;
      batch = [];
      length = 0;
    }
    batch.push(json);
    length += json.length;
  }
  if (batch.length > 0) yield `[${batch.join(',')}]`;
}
