import { translator } from '@/lib/i18n';
import { ANNO_TYPE, TURTLE_TYPE } from '@/lib/w3c';
import { writeHere, writeInBackground } from './background-files';
import { writeCsv } from './csv';
import type { Discussion } from './discussion';
import { type Subject, writeJsonLd, writeJsonLines } from './json-ld';
import type { Library } from './looking-up';
import { picturesOf } from './pictures';
import { type ReadFormat, readFile } from './read-formats';
import { placesOf } from './rows';
import type { Format } from './schema';
import type { Entry, Selection } from './selection';
import { writeTurtle } from './turtle';
import { writeInWorker } from './worker-client';
import { type TextFile, writeTogether } from './writing';
import type { Member } from './zip';

type TextFormat = Exclude<Format, 'zip'>;

/** The media type of each format. */
export const TYPES: Record<Format, string> = {
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
const LISTED = ['jsonld', 'jsonl', 'ttl', 'csv'] as const;
type Listed = (typeof LISTED)[number];

/** What an export is of. `order` has the `entries` as one reads them. */
export type Context = {
  subject: Subject;
  entries: Entry[];
  order: Entry[];
  discussion: Discussion;
  library: Library;
};

/** The bytes of one format by itself; a TEI file has the notes on one `edition`. */
export async function* writeAlone(
  selection: Selection,
  format: TextFormat,
  context: Context,
  edition: string,
): AsyncGenerator<Uint8Array> {
  const { entries, order, discussion, library } = context;
  const [file, places] = isListed(format)
    ? [listedFile(format, context), placesOf(entries)]
    : [readFile({ format, edition }, discussion, library), placesOf(order)];
  for await (const [, bytes] of writeTogether(selection.notes(places), [file])) yield bytes;
}

function isListed(format: TextFormat): format is Listed {
  return LISTED.some((listed) => listed === format);
}

function listedFile(format: Listed, { subject, entries, library }: Context): TextFile {
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
export async function membersOf(
  selection: Selection,
  context: Context,
  editions: string[],
): Promise<{ members: Member[]; close: () => Promise<void> }> {
  const { entries, order, discussion, library, subject } = context;
  const t = translator(discussion.locale, 'export');
  const read: ReadFormat[] = [
    { format: 'md' },
    { format: 'html' },
    ...editions.map((edition) => ({ format: 'tei' as const, edition })),
  ];
  const nameOf = (wanted: ReadFormat) =>
    wanted.format !== 'tei' ? wanted.format : editions.length > 1 ? `${wanted.edition}.xml` : 'xml';
  const about = (format: TextFormat, name: string = format) => ({
    ...{ name: `${subject.slug}.${name}`, type: TYPES[format], what: t(`format.${format}`) },
  });
  // Asked for first: nothing is open yet that would have to be closed where they cannot be listed.
  const pictures = await picturesOf(entries, library, t('readme.regions'));
  const listed = LISTED.map((format) => listedFile(format, context));
  const { files, close } = await writeInBackground([
    { count: listed.length, begin: (files) => writeHere(selection, placesOf(entries), listed, files) },
    {
      count: read.length,
      begin: (files) =>
        writeInWorker(
          { discussion, formats: read, fd: selection.fd, places: placesOf(order), files },
          library,
        ),
    },
  ]);
  const texts = [
    ...LISTED.map((format) => about(format)),
    ...read.map((wanted) => about(wanted.format, nameOf(wanted))),
  ];
  const members = texts.map((text, i) => ({ ...text, bytes: files[i] as Member['bytes'] }));
  return {
    members: [...members, ...pictures],
    // The other thread reads the selection's file: first it is ended, then the file is closed.
    close: () => close().finally(selection.close),
  };
}
