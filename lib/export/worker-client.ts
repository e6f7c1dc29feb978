import type { FileHandle } from 'node:fs/promises';
import { Worker } from 'node:worker_threads';
import type { Task } from './background-files';
import type { Lookup } from './lookup';
import type { ReadingOrderFormat } from './reading-order-formats';
import type { RenderContext } from './render-context';
import type { ByteRanges } from './spool-reader';

/** What the other thread has to do, as it is sent to it: the numbers of open files are good in all threads. */
export type WorkerJob = {
  discussion: RenderContext;
  formats: ReadingOrderFormat[];
  /** The file with the notes, and where they lie in it, in the order of reading. */
  fd: number;
  places: ByteRanges;
  /** The file that each of `formats` is written to. */
  files: number[];
};

/** What the other thread says: what it wants of the library, or that all is written. */
export type WorkerMessage = { id: number; what: keyof Lookup; names: unknown[] } | 'written';
export type LookupReply = { id: number; value: unknown };

/**
 * Of the thread's memory. A small young generation keeps down what an archive adds to the server's. The old one has
 * room for the largest edition and for every note: a thread that wants more than that dies alone.
 */
const YOUNG_MB = 8;
const OLD_MB = 512;
const NOTES_PER_MB = 1000;

/** Beside this very file, which runs as it was built (`scripts/build.mjs`) or from the source. */
const FILE = import.meta.url.endsWith('.ts') ? 'worker.entry.mjs' : 'export-worker.js';

/**
 * Writes the formats that go by passages in a thread of their own, beside those that this thread writes. It has no
 * database and no settings: what it looks up it asks of `library`. A thread that dies, and a library that fails, fail
 * the work.
 */
export function writeInWorker(
  { files, places, ...rest }: Omit<WorkerJob, 'files'> & { files: FileHandle[] },
  library: Lookup,
): Task {
  const job: WorkerJob = { ...rest, places, files: files.map(({ fd }) => fd) };
  const thread = new Worker(new URL(FILE, import.meta.url), {
    workerData: job,
    resourceLimits: {
      maxYoungGenerationSizeMb: YOUNG_MB,
      maxOldGenerationSizeMb: OLD_MB + Math.ceil(rest.discussion.total / NOTES_PER_MB),
    },
    transferList: [places.at.buffer as ArrayBuffer, places.length.buffer as ArrayBuffer],
  });
  const end = async () => void (await thread.terminate());
  const done = new Promise<void>((resolve, reject) => {
    let isWritten = false;
    const answer = async (id: number, what: keyof Lookup, names: unknown[]) => {
      const look = library[what] as (...names: unknown[]) => Promise<unknown>;
      thread.postMessage({ id, value: await look(...names) } satisfies LookupReply);
    };
    const fail = (error: unknown) => {
      reject(error);
      return end();
    };
    thread.on('message', (message: WorkerMessage) => {
      if (message === 'written') isWritten = true;
      else answer(message.id, message.what, message.names).catch(fail);
    });
    thread.on('error', reject);
    thread.on('exit', (code) => {
      if (isWritten) resolve();
      else reject(new Error(`The thread that writes what goes by passages ended early, with ${code}.`));
    });
  });
  return { done, stop: end };
}
