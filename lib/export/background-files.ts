import type { FileHandle } from 'node:fs/promises';
import { type TextFile, writeFormats } from './format-writer';
import type { Snapshot } from './snapshot';
import type { ByteRanges } from './spool-reader';
import { openTempFile, readChunks } from './temp-file';

/** A running task. `stop` ends it early; once `stop` has resolved, it writes to none of its files any more. */
export type Task = { done: Promise<void>; stop: () => Promise<void> };

/** Files that are written in one pass over the annotations: how many, and what begins to write them. */
type Batch = { count: number; begin: (files: FileHandle[]) => Task };

/**
 * Writes temporary files in the background, all batches at the same time. Gives the bytes of each file, in the order
 * of the batches; each can be read once, after its batch is done. The tasks begin when the first file is read, and do
 * not wait for a slow reader. `close` stops them and closes the files.
 */
export async function writeInBackground(
  batches: Batch[],
): Promise<{ files: (() => AsyncGenerator<Uint8Array>)[]; close: () => Promise<void> }> {
  const all = await openAll(batches.reduce((sum, { count }) => sum + count, 0));
  const unclaimed = [...all];
  const opened = batches.map(({ count }) => unclaimed.splice(0, count));
  let tasks: Task[] = [];
  let state: 'waiting' | 'begun' | 'closed' = 'waiting';
  const begin = () => {
    if (state === 'closed') throw new Error('These files are closed.');
    if (state === 'begun') return;
    state = 'begun';
    tasks = batches.map((batch, i) => batch.begin(opened[i] ?? []));
    // The error reaches the consumer through `await done`; this only avoids an unhandledRejection.
    for (const { done } of tasks) done.catch(() => {});
  };
  const files = opened.flatMap((handles, i) =>
    handles.map(
      (handle) =>
        async function* () {
          begin();
          await tasks[i]?.done;
          yield* readChunks(handle);
        },
    ),
  );
  const close = async () => {
    state = 'closed';
    await Promise.all(tasks.map(({ stop }) => stop()));
    await Promise.all(all.map((handle) => handle.close()));
  };
  return { files, close };
}

/** Opens `count` temporary files, or none: if one cannot be opened, the others are closed before this throws. */
async function openAll(count: number): Promise<FileHandle[]> {
  const handles: FileHandle[] = [];
  try {
    while (handles.length < count) handles.push(await openTempFile());
    return handles;
  } catch (error) {
    await Promise.all(handles.map((handle) => handle.close()));
    throw error;
  }
}

/** Writes `texts` to `files` on the main thread, in the order of `ranges`. */
export function writeOnMainThread(
  snapshot: Snapshot,
  ranges: ByteRanges,
  texts: TextFile[],
  files: FileHandle[],
): Task {
  const write = async () => {
    for await (const [i, bytes] of writeFormats(snapshot.annotations(ranges), texts, { reuse: true })) {
      await files[i]?.writeFile(bytes);
    }
  };
  return { done: write(), stop: async () => {} };
}
