import type { Row } from '@/lib/annotation';
import type { Entry, Selection } from './selection';

/**
 * A format at work: it yields what it has written when it wants the next note, and returns the rest. So a note that
 * was read once is given to as many formats as want it.
 */
export type Writing = AsyncGenerator<string, string, Row>;

/** A file of text: its notes in the order in which it wants them, and how it is written. */
export type TextFile = { notes: Entry[]; write: () => Writing };

/** Bytes of a file that are given at a time: as many as it is worth sending. */
const CHUNK = 128 * 1024;

/**
 * Writes files of one selection in one reading of its rows, in `order`: in each file the notes stand in that order,
 * though not all of them need to. Gives their bytes in UTF-8 as they come, each piece with the number of its file.
 */
export async function* writeTogether(
  selection: Selection,
  order: Entry[],
  files: TextFile[],
): AsyncGenerator<[file: number, bytes: Uint8Array]> {
  const open = files.map(({ notes, write }, i) => ({ i, notes, writing: write(), next: 0, out: encoder() }));
  for (const { i, writing, out } of open) {
    const bytes = out.add((await writing.next()).value);
    if (bytes) yield [i, bytes];
  }
  for await (const row of selection.rows(order)) {
    for (const file of open) {
      if (file.notes[file.next]?.id !== row.id) continue;
      file.next++;
      const bytes = file.out.add((await file.writing.next(row)).value);
      if (bytes) yield [file.i, bytes];
    }
  }
  for (const { i, out } of open) {
    const bytes = out.rest();
    if (bytes.length > 0) yield [i, bytes];
  }
}

/**
 * Makes bytes of texts as they come, which costs half of what it costs to gather the texts first. `add` gives what was
 * filled before, when there is no room for more.
 */
function encoder(): { add: (text: string) => Uint8Array | null; rest: () => Uint8Array } {
  let buffer = Buffer.allocUnsafe(CHUNK);
  let filled = 0;
  const rest = () => buffer.subarray(0, filled);
  return {
    rest,
    add(text) {
      // A code unit of UTF-16 takes three bytes at most.
      const needed = text.length * 3;
      const isFull = needed > buffer.length - filled;
      const full = isFull && filled > 0 ? rest() : null;
      if (isFull) {
        buffer = Buffer.allocUnsafe(Math.max(CHUNK, needed));
        filled = 0;
      }
      filled += buffer.write(text, filled);
      return full;
    },
  };
}
