import type { FileHandle } from 'node:fs/promises';
import { type TextFile, writeFormats } from './format-writer';
import type { Snapshot } from './snapshot';
import type { ByteRanges } from './spool-reader';
import { openTempFile, readChunks } from './temp-file';

/** Work that goes on: `end` ends it before it is `done`, and nothing of it touches its files any more. */
export type Task = { done: Promise<void>; stop: () => Promise<void> };

/** Files that are written in one reading of the notes, and how it is begun. */
type Batch = { count: number; begin: (files: FileHandle[]) => Task };

/**
 * Writes files aside, all readings at once: the bytes of each file of each reading, in order, each to be asked for
 * once. The work begins with the first that is asked for and waits for nobody. `close` ends it.
 */
export async function writeInBackground(
  readings: Batch[],
): Promise<{ files: (() => AsyncGenerator<Uint8Array>)[]; close: () => Promise<void> }> {
  const all = await openAll(readings.reduce((sum, { count }) => sum + count, 0));
  const unclaimed = [...all];
  const opened = readings.map(({ count }) => unclaimed.splice(0, count));
  let works: Task[] = [];
  let state: 'waiting' | 'begun' | 'closed' = 'waiting';
  const begin = () => {
    if (state === 'closed') throw new Error('Nobody wants these files any more.');
    if (state === 'begun') return;
    state = 'begun';
    works = readings.map((reading, i) => reading.begin(opened[i] ?? []));
    // Whoever waits for a file hears of it.
    for (const { done } of works) done.catch(() => {});
  };
  const files = opened.flatMap((handles, i) =>
    handles.map(
      (handle) =>
        async function* () {
          begin();
          await works[i]?.done;
          yield* readChunks(handle);
        },
    ),
  );
  const close = async () => {
    state = 'closed';
    await Promise.all(works.map(({ stop: end }) => end()));
    await Promise.all(all.map((handle) => handle.close()));
  };
  return { files, close };
}

/** Files that have no name; none is left open where one cannot be opened. */
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

/** Writes files in this thread. */
export function writeOnMainThread(
  selection: Snapshot,
  places: ByteRanges,
  texts: TextFile[],
  files: FileHandle[],
): Task {
  const write = async () => {
    for await (const [i, bytes] of writeFormats(selection.annotations(places), texts, { reuse: true })) {
      await files[i]?.writeFile(bytes);
    }
  };
  return { done: write(), stop: async () => {} };
}
