import { readSync } from 'node:fs';
import { setImmediate } from 'node:timers/promises';
import type { AnnotationRow } from '@/lib/annotation';

/** Rows that are read back at a time: in an archive a few milliseconds of work, then others have their turn. */
const PORTION = 16;
const BUFFER = 256 * 1024;

/** What a note's Web Annotation says of it that its row does not. `creator` only where another than the author may be named. */
export type JsonLdFacts = { motivation: unknown; creator?: unknown };

/** A note as the formats get it. */
export type ExportedAnnotation = AnnotationRow & { said: JsonLdFacts };

/** Where notes lie in a file, in bytes, in the order in which they are wanted: it can be sent to another thread. */
export type ByteRanges = { at: Float64Array; length: Uint32Array };

/** The places of `entries`, in their order. */
export function byteRangesOf(entries: { at: number; length: number }[]): ByteRanges {
  return {
    at: Float64Array.from(entries, ({ at }) => at),
    length: Uint32Array.from(entries, ({ length }) => length),
  };
}

/**
 * The notes at `places` of an open file. They were written a moment ago and are in the system's memory: reading them
 * at once is quicker than waiting for each, and others have their turn after every portion. Throws where the file is
 * open no more.
 */
export async function* readAnnotations(
  fd: number,
  { at, length }: ByteRanges,
  isOpen: () => boolean,
): AsyncGenerator<ExportedAnnotation> {
  let buffer = Buffer.allocUnsafe(BUFFER);
  for (let from = 0; from < at.length; from += PORTION) {
    await setImmediate();
    if (!isOpen()) throw new Error('Nobody wants this export any more.');
    const end = Math.min(from + PORTION, at.length);
    for (let next = from; next < end; ) {
      const first = next;
      const start = at[first] as number;
      let size = 0;
      // Neighbours in the file are read at once.
      while (next < end && at[next] === start + size) size += length[next++] as number;
      if (size > buffer.length) buffer = Buffer.allocUnsafe(size);
      readSync(fd, buffer, 0, size, start);
      let place = 0;
      for (let i = first; i < next; i++) {
        const behind = place + (length[i] as number);
        yield restore(buffer.toString('utf8', place, behind));
        place = behind;
      }
    }
  }
}

/** A note as JSON keeps it: dates are texts there. */
type Stored = {
  [K in keyof ExportedAnnotation]: ExportedAnnotation[K] extends Date ? string : ExportedAnnotation[K];
};

/** In its place: copies of thirty fields cost as much as to parse them. */
function restore(json: string): ExportedAnnotation {
  const stored: Stored = JSON.parse(json);
  return Object.assign(stored, {
    createdAt: new Date(stored.createdAt),
    modifiedAt: new Date(stored.modifiedAt),
  });
}
