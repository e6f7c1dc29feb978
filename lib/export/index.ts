import { getGroup, standing } from '@/lib/group';
import { type Locale, translator } from '@/lib/i18n';
import type { Viewer } from '@/lib/identity/schema';
import { AppError } from '@/lib/kernel/errors';
import { ANNO_TYPE, TURTLE_TYPE } from '@/lib/w3c';
import { csvOf } from './csv';
import { htmlOf } from './html';
import { jsonLdOf, jsonLinesOf, type Subject } from './json-ld';
import { markdownOf } from './markdown';
import { type ExportFilter, type Format, formatSchema } from './schema';
import { type Selection, select } from './selection';
import { teiOf } from './tei';
import { turtleOf } from './turtle';
import { type Member, zipOf } from './zip';

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

/** Bytes of a file that are sent at a time. */
const CHUNK = 64 * 1024;

/** A file to download: its name, its type, and its bytes as they are made. `close` when no more are wanted. */
export type ExportFile = {
  name: string;
  type: string;
  bytes: AsyncIterableIterator<Uint8Array>;
  close: () => Promise<void>;
};

/** How the file of an export is called, and what it is. Throws not_found where the group is not the viewer's to know. */
export async function describeExport(
  viewer: Viewer,
  slug: string,
  format: Format,
): Promise<Pick<ExportFile, 'name' | 'type'>> {
  await standing(viewer, slug);
  return { name: `${slug}.${format === 'tei' ? 'xml' : format}`, type: TYPES[format] };
}

/**
 * What `viewer` may see of a group, by the filters of the list, as a file. All is read before the first byte, so that
 * a failure of the database is a refusal and no half file. Throws not_found, and invalid where the notes are on
 * several editions and the format has but one.
 */
export async function exportGroup(
  viewer: Viewer,
  slug: string,
  format: Format,
  { threads, ...filter }: ExportFilter,
  locale: Locale,
): Promise<ExportFile> {
  const described = await describeExport(viewer, slug, format);
  const { name } = await standing(viewer, slug);
  const selection = await select(viewer, slug, filter, { threads: threads === '1' });
  try {
    const editions = await editionsFor(viewer, slug, filter.edition, selection);
    const context = { subject: { slug, name }, locale, selection };
    const asked = { ...filter, ...(threads === '1' && { threads }) };
    const bytes =
      format === 'zip'
        ? zipOf(context.subject, locale, selection, asked, membersOf(context, editions))
        : packed(textOf(format, context, format === 'tei' ? oneOf(editions) : ''));
    return { ...described, bytes, close: selection.close };
  } catch (error) {
    await selection.close();
    throw error;
  }
}

type Context = { subject: Subject; locale: Locale; selection: Selection };

function textOf(
  format: TextFormat,
  { subject, locale, selection }: Context,
  edition: string,
): AsyncGenerator<string> {
  switch (format) {
    case 'jsonld':
      return jsonLdOf(subject, selection);
    case 'jsonl':
      return jsonLinesOf(selection);
    case 'ttl':
      return turtleOf(subject, selection);
    case 'csv':
      return csvOf(selection);
    case 'md':
      return markdownOf(subject, locale, selection);
    case 'html':
      return htmlOf(subject, locale, selection);
    case 'tei':
      return teiOf(edition, selection);
  }
}

/** The files of an archive: each format once, TEI once for each edition. */
function membersOf(context: Context, editions: string[]): Member[] {
  const t = translator(context.locale, 'export');
  const { slug } = context.subject;
  return formatSchema.options.flatMap((format): Member[] => {
    if (format === 'zip') return [];
    const member = (name: string, edition: string): Member => {
      return {
        ...{ name, type: TYPES[format], what: t(`format.${format}`) },
        bytes: () => packed(textOf(format, context, edition)),
      };
    };
    if (format !== 'tei') return [member(`${slug}.${format}`, '')];
    return editions.map((edition) =>
      member(editions.length > 1 ? `${slug}.${edition}.xml` : `${slug}.xml`, edition),
    );
  });
}

/** The editions that the notes are on; where there are none, the one that was asked for, or the group's. */
async function editionsFor(
  viewer: Viewer,
  slug: string,
  asked: string | undefined,
  { entries }: Selection,
): Promise<string[]> {
  const found = [...new Set(entries.map(({ edition }) => edition))].sort();
  if (found.length > 0) return found;
  const edition = asked ?? (await getGroup(viewer, slug)).edition;
  return edition ? [edition] : [];
}

function oneOf(editions: string[]): string {
  const [edition, ...others] = editions;
  if (edition !== undefined && others.length === 0) return edition;
  throw edition === undefined
    ? new AppError('invalid', 'There is no edition here that notes could be put into: name one.')
    : new AppError(
        'invalid',
        'These notes are on several editions, and a TEI file is of one. Choose one of them: {editions}.',
        { values: { editions: editions.join(', ') } },
      );
}

/** Text as bytes in UTF-8, in pieces of a size that is worth sending. */
async function* packed(texts: AsyncIterable<string>): AsyncGenerator<Uint8Array> {
  let waiting: string[] = [];
  let length = 0;
  for await (const text of texts) {
    waiting.push(text);
    length += text.length;
    if (length < CHUNK) continue;
    yield Buffer.from(waiting.join(''));
    waiting = [];
    length = 0;
  }
  if (length > 0) yield Buffer.from(waiting.join(''));
}
