import type { ExportedAnnotation } from './spool-reader';

/**
 * A coroutine that writes one format: it yields the text so far when it needs the next annotation, and returns the
 * rest. So one pass over the annotations serves several formats.
 */
export type FormatWriter = AsyncGenerator<string, string, ExportedAnnotation>;

/** A text file to write: it takes `count` consecutive annotations, beginning with the one at index `from`. */
export type TextFile = { from: number; count: number; write: () => FormatWriter };

/** Bytes that are given at a time. */
const CHUNK_BYTES = 128 * 1024;

/**
 * Writes files in one pass over `annotations`, all in that order. Gives their bytes in UTF-8 as they come, each chunk
 * with the index of its file. With `reuse` a chunk is valid only until the next one is requested, which spares a
 * thousand buffers for each hundred megabytes.
 */
export async function* writeFormats(
  annotations: AsyncIterable<ExportedAnnotation>,
  files: TextFile[],
  { reuse = false } = {},
): AsyncGenerator<[file: number, bytes: Uint8Array]> {
  const open = files.map(({ from, count, write }, i) => ({
    i,
    from,
    end: from + count,
    writer: write(),
    encoder: createEncoder(reuse),
  }));
  for (const { i, writer, encoder } of open) {
    const bytes = encoder.add((await writer.next()).value);
    if (bytes) yield [i, bytes];
  }
  let index = 0;
  for await (const annotation of annotations) {
    for (const { i, from, end, writer, encoder } of open) {
      if (index < from || index >= end) continue;
      const bytes = encoder.add((await writer.next(annotation)).value);
      if (bytes) yield [i, bytes];
    }
    index++;
  }
  for (const { i, encoder } of open) {
    const bytes = encoder.rest();
    if (bytes.length > 0) yield [i, bytes];
  }
}

/**
 * Encodes texts as they come, which costs half as much as to join them first. `add` returns the filled buffer when the
 * text does not fit into it any more, `rest` what is left at the end.
 */
function createEncoder(reuse: boolean): { add: (text: string) => Uint8Array | null; rest: () => Uint8Array } {
  let buffer = Buffer.allocUnsafe(CHUNK_BYTES);
  // One buffer is filled while the consumer reads the other.
  let spare = reuse ? Buffer.allocUnsafe(CHUNK_BYTES) : null;
  let filled = 0;
  const rest = () => buffer.subarray(0, filled);
  return {
    rest,
    add(text) {
      // A UTF-16 code unit takes at most three bytes in UTF-8.
      const needed = text.length * 3;
      const isFull = needed > buffer.length - filled;
      const full = isFull && filled > 0 ? rest() : null;
      if (isFull) {
        const next =
          spare && spare.length >= needed ? spare : Buffer.allocUnsafe(Math.max(CHUNK_BYTES, needed));
        if (spare) spare = buffer;
        buffer = next;
        filled = 0;
      }
      filled += buffer.write(text, filled);
      return full;
    },
  };
}
