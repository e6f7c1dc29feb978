import type { ExportedAnnotation } from './spool-reader';

/**
 * A format at work: it yields what it has written when it wants the next note, and returns the rest. So a note that
 * was read once is given to as many formats as want it.
 */
export type FormatWriter = AsyncGenerator<string, string, ExportedAnnotation>;

/** A file of text: which of the notes it wants, `count` of them one after the other, and how it is written. */
export type TextFile = { from: number; count: number; write: () => FormatWriter };

/** Bytes of a file that are given at a time: as many as it is worth sending. */
const CHUNK = 128 * 1024;

/**
 * Writes files in one reading of the notes: in each of them they stand in that order, though not all of them need to.
 * Gives their bytes in UTF-8 as they come, each piece with the number of its file. With `reuse` a piece is good only
 * until the next one is asked for: a thousand buffers less for each hundred megabytes.
 */
export async function* writeFormats(
  notes: AsyncIterable<ExportedAnnotation>,
  files: TextFile[],
  { reuse = false } = {},
): AsyncGenerator<[file: number, bytes: Uint8Array]> {
  const open = files.map(({ from, count, write }, i) => ({
    ...{ i, from, end: from + count },
    ...{ writing: write(), out: encoder(reuse) },
  }));
  for (const { i, writing, out } of open) {
    const bytes = out.add((await writing.next()).value);
    if (bytes) yield [i, bytes];
  }
  let place = 0;
  for await (const note of notes) {
    for (const { i, from, end, writing, out } of open) {
      if (place < from || place >= end) continue;
      const bytes = out.add((await writing.next(note)).value);
      if (bytes) yield [i, bytes];
    }
    place++;
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
function encoder(reuse: boolean): { add: (text: string) => Uint8Array | null; rest: () => Uint8Array } {
  let buffer = Buffer.allocUnsafe(CHUNK);
  // While the one is taken, the other is filled.
  let spare = reuse ? Buffer.allocUnsafe(CHUNK) : null;
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
        const next = spare && spare.length >= needed ? spare : Buffer.allocUnsafe(Math.max(CHUNK, needed));
        if (spare) spare = buffer;
        buffer = next;
        filled = 0;
      }
      filled += buffer.write(text, filled);
      return full;
    },
  };
}
