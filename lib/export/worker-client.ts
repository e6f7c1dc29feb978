import type { FileHandle } from 'node:fs/promises';
import { Worker } from 'node:worker_threads';
import type { Task } from './background-files';
import type { Lookup } from './lookup';
import type { ReadingOrderFormat } from './reading-order-formats';
import type { RenderContext } from './render-context';
import type { ByteRanges } from './spool-reader';

/** The job as it is sent to the worker. File descriptors are valid in all threads of a process. */
export type WorkerJob = {
  renderContext: RenderContext;
  formats: ReadingOrderFormat[];
  /** The snapshot's file, and the byte ranges of the annotations in reading order. */
  fd: number;
  ranges: ByteRanges;
  /** For each of `formats` the descriptor of the file to write. */
  files: number[];
};

/** What the worker sends: a call of the lookup, or that all files are written. */
export type WorkerMessage = { id: number; method: keyof Lookup; args: unknown[] } | 'written';
export type LookupReply = { id: number; value: unknown };

/**
 * Limits of the worker's heap. A small young generation keeps its share of the server's memory small. The old
 * generation has room for the largest edition and all annotations; a worker that needs more dies without the server.
 */
const YOUNG_MB = 8;
const OLD_MB = 512;
const ANNOTATIONS_PER_MB = 1000;

/** The worker's file, which is next to this one both in the build (`scripts/build.mjs`) and in the source. */
const WORKER_FILE = import.meta.url.endsWith('.ts') ? 'worker.entry.mjs' : 'export-worker.js';

/**
 * Writes the formats in reading order in a worker thread, while the main thread writes the others. The worker has no
 * database and no configuration, so it calls `lookup` by messages. The task fails if the worker dies or a lookup
 * fails.
 */
export function writeInWorker(
  { files, ranges, ...rest }: Omit<WorkerJob, 'files'> & { files: FileHandle[] },
  lookup: Lookup,
): Task {
  const job: WorkerJob = { ...rest, ranges, files: files.map(({ fd }) => fd) };
  const worker = new Worker(new URL(WORKER_FILE, import.meta.url), {
    workerData: job,
    resourceLimits: {
      maxYoungGenerationSizeMb: YOUNG_MB,
      maxOldGenerationSizeMb: OLD_MB + Math.ceil(rest.renderContext.total / ANNOTATIONS_PER_MB),
    },
    transferList: [ranges.at.buffer as ArrayBuffer, ranges.length.buffer as ArrayBuffer],
  });
  const stop = async () => void (await worker.terminate());
  const done = new Promise<void>((resolve, reject) => {
    let isWritten = false;
    const reply = async (id: number, method: keyof Lookup, args: unknown[]) => {
      const call = lookup[method] as (...args: unknown[]) => Promise<unknown>;
      worker.postMessage({ id, value: await call(...args) } satisfies LookupReply);
    };
    const fail = (error: unknown) => {
      reject(error);
      return stop();
    };
    worker.on('message', (message: WorkerMessage) => {
      if (message === 'written') isWritten = true;
      else reply(message.id, message.method, message.args).catch(fail);
    });
    worker.on('error', reject);
    worker.on('exit', (code) => {
      if (isWritten) resolve();
      else reject(new Error(`The export worker ended early with exit code ${code}.`));
    });
  });
  return { done, stop };
}
