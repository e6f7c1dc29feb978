import { readSync } from 'node:fs';
import type { FileHandle } from 'node:fs/promises';
import { setImmediate } from 'node:timers/promises';
import { type Passage, type Row, scanRows } from '@/lib/annotation';
import type { Filter, PlacedRegion } from '@/lib/annotation/schema';
import type { Viewer } from '@/lib/identity/schema';
import { openUnnamed } from './unnamed-file';

/** Rows that are read back at a time: in an archive a few milliseconds of work, then others have their turn. */
const PORTION = 16;
const FLUSH_AT = 256 * 1024;

/** What is kept in memory of a row: where it lies in the file, and what puts it in its place. */
export type Entry = Pick<Row, 'id' | 'parentId' | 'authorId' | 'edition' | 'section'> & {
  /** What it stands on, in order; `start` null where the text has it no more. */
  passages: Pick<Passage, 'edition' | 'section' | 'start' | 'end'>[];
  /** The parts of page images that it stands on, in order. */
  regions: Pick<PlacedRegion, 'image' | 'x' | 'y' | 'w' | 'h'>[];
  at: number;
  length: number;
};

/** All that one export is about, in order of creation. Whoever has it closes it. */
export type Selection = {
  entries: Entry[];
  /** The newest change among them; null where there is none. */
  modified: Date | null;
  /** The rows of `entries`, in their order. Throws where the selection is closed meanwhile. */
  rows: (entries: Entry[]) => AsyncGenerator<Row>;
  close: () => Promise<void>;
};

/**
 * Reads all that a list would give `viewer`: the same filters, the same visibility condition, so that an export
 * never has more than the pages show. `threads` adds the rest of every thread that has one of them. The database is
 * done with in seconds, however slowly the file is fetched; a failure shows before a byte has been sent. The rows
 * wait in a file that has no name any more, so that nothing stays behind. Throws not_found.
 */
export async function select(
  viewer: Viewer,
  group: string,
  filter: Filter,
  { threads = false } = {},
): Promise<Selection> {
  const file = await openUnnamed();
  try {
    const spooled = await spool(scanRows(viewer, group, filter, { threads }), file);
    let isOpen = true;
    const close = async () => {
      isOpen = false;
      await file.close();
    };
    return { ...spooled, rows: (wanted) => readBack(file, wanted, () => isOpen), close };
  } catch (error) {
    await file.close();
    throw error;
  }
}

/** A row as JSON keeps it: dates are texts there. */
type Stored = { [K in keyof Row]: Row[K] extends Date ? string : Row[K] };

/** In its place: copies of thirty fields cost as much as to parse them. */
function restore(json: string): Row {
  const stored: Stored = JSON.parse(json);
  return Object.assign(stored, {
    createdAt: new Date(stored.createdAt),
    modifiedAt: new Date(stored.modifiedAt),
  });
}

async function spool(
  batches: AsyncIterable<Row[]>,
  file: FileHandle,
): Promise<Pick<Selection, 'entries' | 'modified'>> {
  const entries: Entry[] = [];
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
      const text = JSON.stringify(row);
      const { id, parentId, authorId, edition, section, modifiedAt } = row;
      const passages = row.passages.map(({ edition, section, start, end }) => ({
        edition,
        section,
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

/**
 * The rows of `entries`. They were written a moment ago and are in the system's memory: reading them at once is
 * quicker than waiting for each, and others have their turn after every portion.
 */
async function* readBack(file: FileHandle, entries: Entry[], isOpen: () => boolean): AsyncGenerator<Row> {
  let buffer = Buffer.allocUnsafe(FLUSH_AT);
  for (let from = 0; from < entries.length; from += PORTION) {
    await setImmediate();
    if (!isOpen()) throw new Error('Nobody wants this export any more.');
    for (const run of runsOf(entries.slice(from, from + PORTION))) {
      const start = run[0]?.at ?? 0;
      const length = run.reduce((sum, entry) => sum + entry.length, 0);
      if (length > buffer.length) buffer = Buffer.allocUnsafe(length);
      readSync(file.fd, buffer, 0, length, start);
      for (const entry of run) {
        yield restore(buffer.toString('utf8', entry.at - start, entry.at - start + entry.length));
      }
    }
  }
}

/** Neighbours in the file are read at once. */
function runsOf(entries: Entry[]): Entry[][] {
  const runs: Entry[][] = [];
  for (const entry of entries) {
    const run = runs.at(-1);
    const last = run?.at(-1);
    if (run && last && last.at + last.length === entry.at) run.push(entry);
    else runs.push([entry]);
  }
  return runs;
}
