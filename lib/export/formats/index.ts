import { translator } from '@/lib/i18n';
import { ANNO_TYPE, TURTLE_TYPE } from '@/lib/w3c';
import { writeInBackground, writeOnMainThread } from '../background-files';
import { type TextFile, writeFormats } from '../format-writer';
import type { Lookup } from '../lookup';
import { createTextFile, type ReadingOrderFormat } from '../reading-order-formats';
import { regionImages } from '../region-images';
import type { RenderContext } from '../render-context';
import type { Format } from '../schema';
import type { IndexEntry, Snapshot } from '../snapshot';
import { byteRangesOf } from '../spool-reader';
import { writeInWorker } from '../worker-client';
import type { ArchiveEntry } from '../zip';
import { writeCsv } from './csv';
import { type ExportedGroup, writeJsonLd, writeJsonLines } from './json-ld';
import { writeTurtle } from './turtle';

type TextFormat = Exclude<Format, 'zip'>;

/** The media type of each format. */
export const MEDIA_TYPES: Record<Format, string> = {
  jsonld: ANNO_TYPE,
  jsonl: 'application/x-ndjson; charset=utf-8',
  ttl: TURTLE_TYPE,
  csv: 'text/csv; charset=utf-8; header=present',
  md: 'text/markdown; charset=utf-8',
  html: 'text/html; charset=utf-8',
  tei: 'application/tei+xml; charset=utf-8',
  zip: 'application/zip',
};

/** Formats that have the notes in order of creation; the others have them as one reads them. */
const LIST_FORMATS = ['jsonld', 'jsonl', 'ttl', 'csv'] as const;
type ListFormat = (typeof LIST_FORMATS)[number];

/** What an export is of. `order` has the `entries` as one reads them. */
export type ExportContext = {
  subject: ExportedGroup;
  entries: IndexEntry[];
  order: IndexEntry[];
  discussion: RenderContext;
  library: Lookup;
};

/** The bytes of one format by itself; a TEI file has the notes on one `edition`. */
export async function* writeSingleFormat(
  selection: Snapshot,
  format: TextFormat,
  context: ExportContext,
  edition: string,
): AsyncGenerator<Uint8Array> {
  const { entries, order, discussion, library } = context;
  const [file, places] = isListFormat(format)
    ? [createListFile(format, context), byteRangesOf(entries)]
    : [createTextFile({ format, edition }, discussion, library), byteRangesOf(order)];
  for await (const [, bytes] of writeFormats(selection.annotations(places), [file])) yield bytes;
}

function isListFormat(format: TextFormat): format is ListFormat {
  return LIST_FORMATS.some((listed) => listed === format);
}

function createListFile(format: ListFormat, { subject, entries, library }: ExportContext): TextFile {
  const count = entries.length;
  const writers = {
    jsonld: () => writeJsonLd(subject, count),
    jsonl: () => writeJsonLines(count),
    ttl: () => writeTurtle(subject, count),
    csv: () => writeCsv(library, count),
  };
  return { from: 0, count, write: writers[format] };
}

/**
 * The files of an archive: each format once, TEI once for each edition, and the pictures of regions. `close` when no
 * more are wanted: it ends the work.
 */
export async function archiveEntries(
  selection: Snapshot,
  context: ExportContext,
  editions: string[],
): Promise<{ members: ArchiveEntry[]; close: () => Promise<void> }> {
  const { entries, order, discussion, library, subject } = context;
  const t = translator(discussion.locale, 'export');
  const read: ReadingOrderFormat[] = [
    { format: 'md' },
    { format: 'html' },
    ...editions.map((edition) => ({ format: 'tei' as const, edition })),
  ];
  const nameOf = (wanted: ReadingOrderFormat) =>
    wanted.format !== 'tei' ? wanted.format : editions.length > 1 ? `${wanted.edition}.xml` : 'xml';
  const about = (format: TextFormat, name: string = format) => ({
    ...{ name: `${subject.slug}.${name}`, type: MEDIA_TYPES[format], what: t(`format.${format}`) },
  });
  // Asked for first: nothing is open yet that would have to be closed where they cannot be listed.
  const pictures = await regionImages(entries, library, t('readme.regions'));
  const listed = LIST_FORMATS.map((format) => createListFile(format, context));
  const { files, close } = await writeInBackground([
    {
      count: listed.length,
      begin: (files) => writeOnMainThread(selection, byteRangesOf(entries), listed, files),
    },
    {
      count: read.length,
      begin: (files) =>
        writeInWorker(
          { discussion, formats: read, fd: selection.fd, places: byteRangesOf(order), files },
          library,
        ),
    },
  ]);
  const texts = [
    ...LIST_FORMATS.map((format) => about(format)),
    ...read.map((wanted) => about(wanted.format, nameOf(wanted))),
  ];
  const members = texts.map((text, i) => ({ ...text, bytes: files[i] as ArchiveEntry['bytes'] }));
  return {
    members: [...members, ...pictures],
    // The other thread reads the selection's file: first it is ended, then the file is closed.
    close: () => close().finally(selection.close),
  };
}
