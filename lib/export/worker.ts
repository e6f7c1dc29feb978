import { writeFileSync } from 'node:fs';
import { parentPort, workerData } from 'node:worker_threads';
import { askedOnce, type Library } from './looking-up';
import { readFile } from './read-formats';
import { readNotes } from './rows';
import type { Answer, Job, Message } from './worker-client';
import { writeTogether } from './writing';

// Runs in a thread of its own (`beside.ts`). What is imported here is loaded once more for each archive, so it has to
// be little: no door of a room, no schema.

const port = parentPort as NonNullable<typeof parentPort>;
const { discussion, formats, fd, places, files } = workerData as Job;

/** Asks the thread that has the library. */
function libraryBeyond(): Library {
  const waiting = new Map<number, (value: never) => void>();
  port.on('message', ({ id, value }: Answer) => {
    waiting.get(id)?.(value as never);
    waiting.delete(id);
  });
  let last = 0;
  const ask = <K extends keyof Library>(what: K) =>
    ((...names: unknown[]) =>
      new Promise((resolve) => {
        const id = ++last;
        waiting.set(id, resolve);
        port.postMessage({ id, what, names } satisfies Message);
      })) as Library[K];
  return {
    edition: askedOnce(ask('edition')),
    section: askedOnce(ask('section')),
    canvas: askedOnce(ask('canvas')),
    source: ask('source'),
    picture: ask('picture'),
  };
}

const library = libraryBeyond();
const texts = formats.map((format) => readFile(format, discussion, library));
// A thread has nobody to wait for it, so it may wait for the disk; and it is never ended in the middle of a write.
const notes = readNotes(fd, places, () => true);
for await (const [i, bytes] of writeTogether(notes, texts, { reuse: true })) {
  writeFileSync(files[i] as number, bytes);
}
port.postMessage('written' satisfies Message);
port.close();
