import { writeFileSync } from 'node:fs';
import { parentPort, workerData } from 'node:worker_threads';
import { writeFormats } from './format-writer';
import { type Lookup, memoizeAsync } from './lookup';
import { createTextFile } from './reading-order-formats';
import { readAnnotations } from './spool-reader';
import type { LookupReply, WorkerJob, WorkerMessage } from './worker-client';

// Runs in a thread of its own (`worker-client.ts`). What is imported here is loaded once more for each archive, so it has to
// be little: no door of a room, no schema.

const port = parentPort as NonNullable<typeof parentPort>;
const { discussion, formats, fd, places, files } = workerData as WorkerJob;

/** Asks the thread that has the library. */
function libraryBeyond(): Lookup {
  const waiting = new Map<number, (value: never) => void>();
  port.on('message', ({ id, value }: LookupReply) => {
    waiting.get(id)?.(value as never);
    waiting.delete(id);
  });
  let last = 0;
  const ask = <K extends keyof Lookup>(what: K) =>
    ((...names: unknown[]) =>
      new Promise((resolve) => {
        const id = ++last;
        waiting.set(id, resolve);
        port.postMessage({ id, what, names } satisfies WorkerMessage);
      })) as Lookup[K];
  return {
    edition: memoizeAsync(ask('edition')),
    section: memoizeAsync(ask('section')),
    canvas: memoizeAsync(ask('canvas')),
    source: ask('source'),
    markdown: ask('markdown'),
    picture: ask('picture'),
  };
}

const library = libraryBeyond();
const texts = formats.map((format) => createTextFile(format, discussion, library));
// A thread has nobody to wait for it, so it may wait for the disk; and it is never ended in the middle of a write.
const notes = readAnnotations(fd, places, () => true);
for await (const [i, bytes] of writeFormats(notes, texts, { reuse: true })) {
  writeFileSync(files[i] as number, bytes);
}
port.postMessage('written' satisfies WorkerMessage);
port.close();
