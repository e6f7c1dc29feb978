import { readSync } from 'node:fs';
import { setImmediate } from 'node:timers/promises';
import type { AnnotationRow } from '@/lib/annotation';

/** Annotations that are read between two turns of the event loop: a few milliseconds of work. */
const BATCH = 16;
const BUFFER_BYTES = 256 * 1024;

/** What the Web Annotation of a row states beyond the row. `creator` only if it may name another than the author. */
export type JsonLdFacts = { motivation: unknown; creator?: unknown };

/** An annotation as the formats get it. */
export type ExportedAnnotation = AnnotationRow & { jsonLd: JsonLdFacts };

/** Byte ranges of annotations in the spool file, in the order in which to read them. Typed arrays, so that a worker can be sent them. */
export type ByteRanges = { at: Float64Array; length: Uint32Array };

/** The byte ranges of `entries`, in their order. */
export function byteRangesOf(entries: { at: number; length: number }[]): ByteRanges {
  return {
    at: Float64Array.from(entries, ({ at }) => at),
    length: Uint32Array.from(entries, ({ length }) => length),
  };
}

/**
 * Reads the annotations at these ranges of an open file. They were written a moment ago and are in the page cache, so
 * synchronous reads are quicker; the event loop gets a turn after each batch. Throws when the file was closed.
 */
export async function* readAnnotations(
  fd: number,
  { at, length }: ByteRanges,
  isOpen: () => boolean,
): AsyncGenerator<ExportedAnnotation> {
  let buffer = Buffer.allocUnsafe(BUFFER_BYTES);
  for (let from = 0; from < at.length; from += BATCH) {
    await setImmediate();
    if (!isOpen()) throw new Error('This export was closed.');
    const end = Math.min(from + BATCH, at.length);
    for (let next = from; next < end; ) {
      const first = next;
      const start = at[first] as number;
      let size = 0;
      // Adjacent ranges are read together.
      while (next < end && at[next] === start + size) size += length[next++] as number;
      if (size > buffer.length) buffer = Buffer.allocUnsafe(size);
      readSync(fd, buffer, 0, size, start);
      let offset = 0;
      for (let i = first; i < next; i++) {
        const following = offset + (length[i] as number);
        yield restore(buffer.toString('utf8', offset, following));
        offset = following;
      }
    }
  }
}

/** An annotation in JSON, where dates are strings. */
type Stored = {
  [K in keyof ExportedAnnotation]: ExportedAnnotation[K] extends Date ? string : ExportedAnnotation[K];
};

/** Mutates the parsed object, because copying its 30 fields would double the cost. */
function restore(json: string): ExportedAnnotation {
  const stored: Stored = JSON.parse(json);
  return Object.assign(stored, {
    createdAt: new Date(stored.createdAt),
    modifiedAt: new Date(stored.modifiedAt),
  });
}
