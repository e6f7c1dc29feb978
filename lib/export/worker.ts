import { writeFileSync } from 'node:fs';
import { parentPort, workerData } from 'node:worker_threads';
import { writeFormats } from './format-writer';
import { type Lookup, memoizeAsync } from './lookup';
import { createTextFile } from './reading-order-formats';
import { readAnnotations } from './spool-reader';
import type { LookupReply, WorkerJob, WorkerMessage } from './worker-client';

// Runs in a worker thread (`worker-client.ts`). Its imports are loaded again for each archive, so they have to be
// small: no door of a room, no schema.

const port = parentPort as NonNullable<typeof parentPort>;
const { renderContext, formats, fd, ranges, files } = workerData as WorkerJob;

/** A lookup that calls the main thread's by messages. */
function createMessageLookup(): Lookup {
  const pending = new Map<number, (value: never) => void>();
  port.on('message', ({ id, value }: LookupReply) => {
    pending.get(id)?.(value as never);
    pending.delete(id);
  });
  let last = 0;
  const call = <K extends keyof Lookup>(method: K) =>
    ((...args: unknown[]) =>
      new Promise((resolve) => {
        const id = ++last;
        pending.set(id, resolve);
        port.postMessage({ id, method, args } satisfies WorkerMessage);
      })) as Lookup[K];
  return {
    edition: memoizeAsync(call('edition')),
    section: memoizeAsync(call('section')),
    canvas: memoizeAsync(call('canvas')),
    source: call('source'),
    markdown: call('markdown'),
    regionImage: call('regionImage'),
  };
}

const lookup = createMessageLookup();
const texts = formats.map((format) => createTextFile(format, renderContext, lookup));
// Synchronous writes block nobody here, and a worker cannot be terminated in the middle of one.
const annotations = readAnnotations(fd, ranges, () => true);
for await (const [i, bytes] of writeFormats(annotations, texts, { reuse: true })) {
  writeFileSync(files[i] as number, bytes);
}
port.postMessage('written' satisfies WorkerMessage);
port.close();
