import type { FileHandle } from 'node:fs/promises';
import type { Entry, Selection } from './selection';
import { bytesOf, openUnnamed } from './unnamed-file';
import { type TextFile, writeTogether } from './writing';

/** Files that are written in one reading of the rows, in `order`. */
type Reading = { order: Entry[]; files: TextFile[] };

/**
 * Writes files aside, in as few readings of the rows as there are orders: the bytes of each file of each reading, in
 * order, each to be asked for once. The work begins with the first that is asked for and waits for nobody: while one
 * reading is fetched the next is written. `close` ends it.
 */
export async function writeAside(
  selection: Selection,
  readings: Reading[],
): Promise<{ files: (() => AsyncGenerator<Uint8Array>)[]; close: () => Promise<void> }> {
  const opened = await Promise.all(readings.map(({ files }) => Promise.all(files.map(openUnnamed))));
  let work: Promise<void>[] | undefined;
  const begin = () => {
    let last = Promise.resolve();
    return readings.map((reading, i) => {
      last = last.then(() => write(selection, reading, opened[i] ?? []));
      // Whoever waits for a file hears of it.
      last.catch(() => {});
      return last;
    });
  };
  const files = opened.flatMap((handles, i) =>
    handles.map(
      (handle) =>
        async function* () {
          work ??= begin();
          await work[i];
          yield* bytesOf(handle);
        },
    ),
  );
  return { files, close: () => Promise.all(opened.flat().map((handle) => handle.close())).then(() => {}) };
}

async function write(selection: Selection, { order, files }: Reading, handles: FileHandle[]): Promise<void> {
  for await (const [i, bytes] of writeTogether(selection, order, files)) await handles[i]?.writeFile(bytes);
}
