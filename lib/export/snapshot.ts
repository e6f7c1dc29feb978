import type { FileHandle } from 'node:fs/promises';
import { type AnnotationRow, type PassageRow, scanAnnotationRows } from '@/lib/annotation';
import type { AnnotationFilter, PlacedRegion } from '@/lib/annotation/schema';
import type { Viewer } from '@/lib/identity/schema';
import { jsonLdFacts } from './formats/json-ld';
import { type ByteRanges, type ExportedAnnotation, readAnnotations } from './spool-reader';
import { openTempFile } from './temp-file';

const FLUSH_AT = 256 * 1024;

/** What is kept in memory of a row: where it lies in the file, and what puts it in its place. */
export type IndexEntry = Pick<AnnotationRow, 'id' | 'parentId' | 'authorId' | 'edition' | 'section'> & {
  /** What it stands on, in order; `start` null where the text has it no more. */
  passages: Pick<PassageRow, 'edition' | 'section' | 'start' | 'end'>[];
  /** The parts of page images that it stands on, in order. */
  regions: Pick<PlacedRegion, 'image' | 'x' | 'y' | 'w' | 'h'>[];
  at: number;
  length: number;
};

/** All that one export is about, in order of creation. Whoever has it closes it. */
export type Snapshot = {
  entries: IndexEntry[];
  /** The newest change among them; null where there is none. */
  modified: Date | null;
  /** The file that has the notes, for another thread to read; nobody does when it is closed. */
  fd: number;
  /** The notes at `places`. Throws where the selection is closed meanwhile. */
  annotations: (places: ByteRanges) => AsyncGenerator<ExportedAnnotation>;
  close: () => Promise<void>;
};

/**
 * Reads all that a list would give `viewer`: the same filters, the same visibility condition, so that an export
 * never has more than the pages show. `threads` adds the rest of every thread that has one of them. The database is
 * done with in seconds, however slowly the file is fetched; a failure shows before a byte has been sent. The rows
 * wait in a file that has no name any more, so that nothing stays behind. Throws not_found.
 */
export async function takeSnapshot(
  viewer: Viewer,
  group: string,
  filter: AnnotationFilter,
  { threads = false } = {},
): Promise<Snapshot> {
  const file = await openTempFile();
  try {
    const spooled = await spool(scanAnnotationRows(viewer, group, filter, { threads }), file);
    let isOpen = true;
    const close = async () => {
      isOpen = false;
      await file.close();
    };
    return {
      ...spooled,
      fd: file.fd,
      annotations: (places) => readAnnotations(file.fd, places, () => isOpen),
      close,
    };
  } catch (error) {
    await file.close();
    throw error;
  }
}

async function spool(
  batches: AsyncIterable<AnnotationRow[]>,
  file: FileHandle,
): Promise<Pick<Snapshot, 'entries' | 'modified'>> {
  const entries: IndexEntry[] = [];
  // Each row has strings of its own, though thousands name the same author, edition and section.
  const names = new Map<string, string>();
  const shared = (name: string) => {
    const known = names.get(name);
    if (known === undefined) names.set(name, name);
    return known ?? name;
  };
  let modified: Date | null = null;
  let at = 0;
  // One buffer for all: what is outside the heap is given back late.
  let buffer = Buffer.allocUnsafe(FLUSH_AT);
  let filled = 0;
  const flush = async () => {
    await file.write(buffer, 0, filled);
    filled = 0;
  };
  for await (const rows of batches) {
    for (const row of rows) {
      const text = JSON.stringify(Object.assign(row, { said: jsonLdFacts(row) }));
      const { id, parentId, modifiedAt } = row;
      const authorId = shared(row.authorId);
      const edition = shared(row.edition);
      const section = shared(row.section);
      const passages = row.passages.map(({ edition, section, start, end }) => ({
        edition: shared(edition),
        section: shared(section),
        start,
        end,
      }));
      const length = Buffer.byteLength(text);
      const regions = row.regions.map(({ image, x, y, w, h }) => ({ image, x, y, w, h }));
      entries.push({ id, parentId, authorId, edition, section, passages, regions, at, length });
      if (!modified || modifiedAt > modified) modified = modifiedAt;
      if (filled + length > buffer.length) await flush();
      if (length > buffer.length) buffer = Buffer.allocUnsafe(length);
      filled += buffer.write(text, filled);
      at += length;
    }
  }
  await flush();
  return { entries, modified };
}
