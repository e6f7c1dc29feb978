import { translator } from '@/lib/i18n';
import { ANNO_TYPE, TURTLE_TYPE } from '@/lib/w3c';
import { writeInBackground, writeOnMainThread } from '../background-files';
import { type TextFile, writeFormats } from '../format-writer';
import type { Lookup } from '../lookup';
import { packOfficeFile } from '../office-file';
import { createTextFile, type ReadingOrderFormat } from '../reading-order-formats';
import { regionImages } from '../region-images';
import type { RenderContext } from '../render-context';
import type { Format, Separator } from '../schema';
import type { IndexEntry, Snapshot } from '../snapshot';
import { byteRangesOf } from '../spool-reader';
import { writeInWorker } from '../worker-client';
import type { ArchiveEntry } from '../zip';
import { writeCsv } from './csv';
import { documentParts } from './docx/parts';
import { type ExportedGroup, writeJsonLd, writeJsonLines } from './json-ld';
import { writeTurtle } from './turtle';
import { workbookParts, writeSheet } from './xlsx';

type TextFormat = Exclude<Format, 'zip'>;

/** The media type of each format. */
export const MEDIA_TYPES: Record<Format, string> = {
  jsonld: ANNO_TYPE,
  jsonl: 'application/x-ndjson; charset=utf-8',
  ttl: TURTLE_TYPE,
  csv: 'text/csv; charset=utf-8; header=present',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  md: 'text/markdown; charset=utf-8',
  html: 'text/html; charset=utf-8',
  docx: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  tei: 'application/tei+xml; charset=utf-8',
  zip: 'application/zip',
};

/** Formats with the annotations in order of creation; the others have them in reading order. */
const LIST_FORMATS = ['jsonld', 'jsonl', 'ttl', 'csv', 'xlsx'] as const;
type ListFormat = (typeof LIST_FORMATS)[number];

/** What the formats of one export need. `entries` are in order of creation, `order` has them in reading order. */
export type ExportContext = {
  group: ExportedGroup;
  entries: IndexEntry[];
  order: IndexEntry[];
  renderContext: RenderContext;
  lookup: Lookup;
  /** What parts the fields of a CSV file. */
  separator: Separator;
};

/**
 * The file of one format by itself. `edition` matters for TEI only, which has the annotations on one edition. `close`
 * ends what writes it, and closes the snapshot.
 */
export async function singleFile(
  snapshot: Snapshot,
  format: TextFormat,
  context: ExportContext,
  edition: string,
): Promise<{ bytes: AsyncGenerator<Uint8Array>; close: () => Promise<void> }> {
  const { entries, order, renderContext, lookup } = context;
  if (format === 'docx') {
    // In a thread, because a body is parsed for it.
    const ranges = byteRangesOf(order);
    const { files, close } = await writeInBackground([
      {
        count: 1,
        begin: (files) =>
          writeInWorker({ renderContext, formats: [{ format }], fd: snapshot.fd, ranges, files }, lookup),
      },
    ]);
    const text = files[0] as () => AsyncGenerator<Uint8Array>;
    return { bytes: packed(format, text, snapshot), close: () => close().finally(snapshot.close) };
  }
  const [file, ranges] = isListFormat(format)
    ? [createListFile(format, context), byteRangesOf(entries)]
    : [createTextFile({ format, edition }, renderContext, lookup), byteRangesOf(order)];
  const text = async function* () {
    for await (const [, bytes] of writeFormats(snapshot.annotations(ranges), [file])) yield bytes;
  };
  return { bytes: packed(format, text, snapshot), close: snapshot.close };
}

/** The bytes of a file with that text: Office files pack it together with their other parts. */
function packed(
  format: TextFormat,
  text: () => AsyncGenerator<Uint8Array>,
  { modified }: Snapshot,
): AsyncGenerator<Uint8Array> {
  if (format !== 'docx' && format !== 'xlsx') return text();
  const parts = format === 'docx' ? documentParts(text) : workbookParts(text);
  return packOfficeFile(parts, modified ?? new Date(Date.UTC(1980, 0, 1)));
}

function isListFormat(format: TextFormat): format is ListFormat {
  return LIST_FORMATS.some((listed) => listed === format);
}

function createListFile(
  format: ListFormat,
  { group, entries, lookup, renderContext, separator }: ExportContext,
): TextFile {
  const count = entries.length;
  const writers = {
    jsonld: () => writeJsonLd(group, count),
    jsonl: () => writeJsonLines(count),
    ttl: () => writeTurtle(group, count),
    csv: () => writeCsv(renderContext, lookup, separator),
    xlsx: () => writeSheet(renderContext, lookup),
  };
  return { from: 0, count, write: writers[format] };
}

/**
 * The files of an archive: each format once, TEI once for each edition, and the images of regions. `close` stops the
 * tasks that write them.
 */
export async function archiveEntries(
  snapshot: Snapshot,
  context: ExportContext,
  editions: string[],
): Promise<{ files: ArchiveEntry[]; close: () => Promise<void> }> {
  const { entries, order, renderContext, lookup, group } = context;
  const t = translator(renderContext.locale, 'export');
  const ordered: ReadingOrderFormat[] = [
    { format: 'md' },
    { format: 'html' },
    { format: 'docx' },
    ...editions.map((edition) => ({ format: 'tei' as const, edition })),
  ];
  const extensionOf = (file: ReadingOrderFormat) =>
    file.format !== 'tei' ? file.format : editions.length > 1 ? `${file.edition}.xml` : 'xml';
  const descriptionOf = (format: TextFormat, extension: string = format) => ({
    format,
    name: `${group.slug}.${extension}`,
    type: MEDIA_TYPES[format],
    description: t(`format.${format}`),
  });
  // Listed before any file is opened, so that nothing has to be closed if this fails.
  const images = await regionImages(entries, lookup, t('readme.regions'));
  const listed = LIST_FORMATS.map((format) => createListFile(format, context));
  const { files: contents, close } = await writeInBackground([
    {
      count: listed.length,
      begin: (files) => writeOnMainThread(snapshot, byteRangesOf(entries), listed, files),
    },
    {
      count: ordered.length,
      begin: (files) =>
        writeInWorker(
          { renderContext, formats: ordered, fd: snapshot.fd, ranges: byteRangesOf(order), files },
          lookup,
        ),
    },
  ]);
  const descriptions = [
    ...LIST_FORMATS.map((format) => descriptionOf(format)),
    ...ordered.map((file) => descriptionOf(file.format, extensionOf(file))),
  ];
  const texts = descriptions.map(({ format, ...text }, i) => ({
    ...text,
    bytes: () => packed(format, contents[i] as () => AsyncGenerator<Uint8Array>, snapshot),
  }));
  return {
    files: [...texts, ...images],
    // The other thread reads the selection's file: first it is ended, then the file is closed.
    close: () => close().finally(snapshot.close),
  };
}
