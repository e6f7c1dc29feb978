import type { FileHandle } from 'node:fs/promises';
import { type AnnotationRow, scanAnnotationRows } from '@/lib/annotation';
import type { AnnotationFilter } from '@/lib/annotation/schema';
import type { Viewer } from '@/lib/identity/schema';
import type { PassageRow } from '@/lib/target';
import type { PlacedRegion } from '@/lib/target/schema';
import { convertHtmlOfRows } from '@/lib/w3c';
import { jsonLdFacts } from './formats/json-ld';
import { type ByteRanges, type ExportedAnnotation, readAnnotations } from './spool-reader';
import { openTempFile } from './temp-file';

const BUFFER_BYTES = 256 * 1024;

/** What stays in memory of a row: its byte range in the spool file, and what the order of reading depends on. */
export type IndexEntry = Pick<AnnotationRow, 'id' | 'parentId' | 'authorId' | 'edition' | 'section'> & {
  /** Its passages in order; `start` is null for an orphaned one. */
  passages: Pick<PassageRow, 'edition' | 'section' | 'start' | 'end'>[];
  /** Its regions in order. */
  regions: Pick<PlacedRegion, 'image' | 'x' | 'y' | 'w' | 'h'>[];
  at: number;
  length: number;
};

/** The annotations of one export in order of creation, spooled to a file. The caller closes it. */
export type Snapshot = {
  entries: IndexEntry[];
  /** The newest change; null where there are no annotations. */
  modified: Date | null;
  /** The descriptor of the spool file, for a worker, which must have ended before `close`. */
  fd: number;
  /** The annotations at `ranges`. Throws when the snapshot is closed meanwhile. */
  annotations: (ranges: ByteRanges) => AsyncGenerator<ExportedAnnotation>;
  close: () => Promise<void>;
};

/**
 * Reads what a list would give `viewer`, with the same filters and the same visibility condition, so that an export
 * never has more than the pages show. `threads` adds the rest of every thread that has one of them. The database
 * connection is needed for seconds only, however slowly the client fetches the file, and a failure shows before the
 * first byte is sent. The spool file is unlinked, so it disappears with the process. Throws not_found, and the reason of
 * `signal` once that is aborted.
 */
export function takeSnapshot(
  viewer: Viewer,
  group: string,
  filter: AnnotationFilter,
  { threads = false, signal }: { threads?: boolean; signal?: AbortSignal | undefined } = {},
): Promise<Snapshot> {
  return spoolSnapshot(scanAnnotationRows(viewer, group, filter, { threads }), signal);
}

/** As `takeSnapshot`, of the rows in `batches`. */
export async function spoolSnapshot(
  batches: AsyncIterable<AnnotationRow[]>,
  signal: AbortSignal | undefined,
): Promise<Snapshot> {
  const file = await openTempFile();
  try {
    const spooled = await spool(batches, file, signal);
    let isOpen = true;
    const close = async () => {
      isOpen = false;
      await file.close();
    };
    return {
      ...spooled,
      fd: file.fd,
      annotations: (ranges) => readAnnotations(file.fd, ranges, () => isOpen),
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
  signal: AbortSignal | undefined,
): Promise<Pick<Snapshot, 'entries' | 'modified'>> {
  const entries: IndexEntry[] = [];
  // Thousands of rows have equal strings (author, edition, section), each a copy of its own: keep one of each.
  const strings = new Map<string, string>();
  const interned = (text: string) => {
    const known = strings.get(text);
    if (known === undefined) strings.set(text, text);
    return known ?? text;
  };
  let modified: Date | null = null;
  let at = 0;
  // One buffer for all rows, because memory outside the heap is freed late.
  let buffer = Buffer.allocUnsafe(BUFFER_BYTES);
  let filled = 0;
  const flush = async () => {
    await file.write(buffer, 0, filled);
    filled = 0;
  };
  for await (const rows of batches) {
    signal?.throwIfAborted();
    await convertHtmlOfRows(rows);
    for (const row of rows) {
      const text = JSON.stringify(Object.assign(row, { jsonLd: jsonLdFacts(row) }));
      const { id, parentId, modifiedAt } = row;
      const authorId = interned(row.authorId);
      const edition = interned(row.edition);
      const section = interned(row.section);
      const passages = row.passages.map(({ edition, section, start, end }) => ({
        edition: interned(edition),
        section: interned(section),
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
