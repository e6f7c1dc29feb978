import { type Locale, translator } from '@/lib/i18n';
import { ANNO_TYPE, TURTLE_TYPE } from '@/lib/w3c';
import { writeAside } from './aside';
import { writeCsv } from './csv';
import { writeHtml } from './html';
import { type Subject, writeJsonLd, writeJsonLines } from './json-ld';
import { writeMarkdown } from './markdown';
import { type Chapter, notesOf } from './reading-order';
import { picturesOf } from './regions';
import type { Format } from './schema';
import type { Entry, Selection } from './selection';
import { writeTei } from './tei';
import { writeTurtle } from './turtle';
import type { TextFile } from './writing';
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

/** Formats that have the notes in order of creation, and those that have them as one reads them. */
const LISTED = ['jsonld', 'jsonl', 'ttl', 'csv'] as const;
const READ = ['md', 'html', 'tei'] as const;

/** What an export is of, and in which language its words are. `chapters` has the `entries` as one reads them. */
export type Context = { subject: Subject; locale: Locale; entries: Entry[]; chapters: Chapter[] };

/** A format of these notes; a TEI file has those on one `edition`. */
export function textFile(format: TextFormat, context: Context, edition: string): TextFile {
  const { subject, locale, entries, chapters } = context;
  const total = entries.length;
  const listed = (write: TextFile['write']) => ({ notes: entries, write });
  const read = (write: TextFile['write']) => ({ notes: notesOf(chapters), write });
  switch (format) {
    case 'jsonld':
      return listed(() => writeJsonLd(subject, total));
    case 'jsonl':
      return listed(() => writeJsonLines(total));
    case 'ttl':
      return listed(() => writeTurtle(subject, total));
    case 'csv':
      return listed(() => writeCsv(total));
    case 'md':
      return read(() => writeMarkdown(subject, locale, chapters, total));
    case 'html':
      return read(() => writeHtml(subject, locale, chapters, total));
    case 'tei': {
      const here = chapters.filter((chapter) => chapter.edition === edition);
      return { notes: notesOf(here), write: () => writeTei(edition, here) };
    }
  }
}

/** The files of an archive: each format once, TEI once for each edition, and the pictures of regions. `close` when no more are wanted. */
export async function membersOf(
  selection: Selection,
  context: Context,
  editions: string[],
): Promise<{ members: Member[]; close: () => Promise<void> }> {
  const t = translator(context.locale, 'export');
  const { slug } = context.subject;
  const about = (format: TextFormat, name: string, edition = '') => ({
    ...{ name: `${slug}.${name}`, type: TYPES[format], what: t(`format.${format}`) },
    file: textFile(format, context, edition),
  });
  const listed = LISTED.map((format) => about(format, format));
  const read = READ.flatMap((format) =>
    format === 'tei'
      ? editions.map((edition) => about(format, editions.length > 1 ? `${edition}.xml` : 'xml', edition))
      : about(format, format),
  );
  const readings = [
    { order: context.entries, files: listed.map(({ file }) => file) },
    { order: notesOf(context.chapters), files: read.map(({ file }) => file) },
  ];
  const { files, close } = await writeAside(selection, readings);
  const members: Member[] = [...listed, ...read].map(({ file: _, ...member }, i) => ({
    ...member,
    bytes: files[i] as Member['bytes'],
  }));
  members.push(...(await picturesOf(context.entries, t('readme.regions'))));
  return { members, close: () => Promise.all([selection.close(), close()]).then(() => {}) };
}
