import { iriOf } from '@/lib/annotation';
import { listAssignmentRecords } from '@/lib/assignment';
import { listEditions } from '@/lib/edition';
import { getGroup, resolveReader } from '@/lib/group';
import type { Locale } from '@/lib/i18n';
import { compiledMessages } from '@/lib/i18n/catalogues';
import type { Viewer } from '@/lib/identity/schema';
import { AppError, nullIfNotFound } from '@/lib/kernel/errors';
import { personIri } from '@/lib/w3c';
import { createDatabaseLookup } from './database-lookup';
import type { ExportFile } from './export-file';
import { archiveEntries, MEDIA_TYPES, singleFile } from './formats';
import { readingOrder } from './reading-order';
import type { ExportFilter, Format, Separator } from './schema';
import { type Snapshot, takeSnapshot } from './snapshot';
import { createZip } from './zip';

export type { ExportFile } from './export-file';
export { exportNotebook } from './notebook';

/** Name and media type of an export. Throws not_found where the viewer may not know of the group. */
export async function describeExport(
  viewer: Viewer,
  slug: string,
  format: Format,
): Promise<Pick<ExportFile, 'name' | 'type'>> {
  await resolveReader(viewer, slug);
  return { name: `${slug}.${format === 'tei' ? 'xml' : format}`, type: MEDIA_TYPES[format] };
}

/**
 * The annotations of a group that `viewer` may see, narrowed by the filters of the list, as a file. All of them are
 * read from the database before the first byte is sent, so that a database failure becomes an error and not a
 * truncated file. A CSV file's fields are parted by `separator`. Throws not_found, invalid for TEI where the annotations are on several editions, and the
 * reason of `signal` once that is aborted before the first byte.
 */
export async function exportGroup(
  viewer: Viewer,
  slug: string,
  format: Format,
  { threads, ...filter }: ExportFilter,
  locale: Locale,
  { signal, separator = 'comma' }: { signal?: AbortSignal | undefined; separator?: Separator } = {},
): Promise<ExportFile> {
  const described = await describeExport(viewer, slug, format);
  const { name } = await resolveReader(viewer, slug);
  const snapshot = await takeSnapshot(viewer, slug, filter, { threads: threads === '1', signal });
  try {
    const editions = await editionsFor(viewer, slug, filter.edition, snapshot);
    const { entries } = snapshot;
    const { chapters, order } = await readingOrder(viewer, entries);
    const messages = compiledMessages(locale, 'export');
    const iris = { annotations: iriOf({ groupSlug: slug, id: '' }), people: personIri('') };
    const renderContext = { name, iris, locale, messages, chapters, total: entries.length };
    // Whoever has left the group keeps their notes alone.
    const assignments = (await nullIfNotFound(listAssignmentRecords(viewer, slug))) ?? [];
    const group = { slug, name, assignments };
    const context = { group, entries, order, renderContext, lookup: createDatabaseLookup(viewer), separator };
    if (format !== 'zip') {
      const edition = format === 'tei' ? requireSingle(editions) : '';
      return { ...described, ...(await singleFile(snapshot, format, context, edition)) };
    }
    const selection = { ...filter, ...(threads === '1' && { threads }) };
    const { files, close } = await archiveEntries(snapshot, context, editions);
    return { ...described, bytes: createZip({ group, locale }, snapshot, selection, files), close };
  } catch (error) {
    await snapshot.close();
    throw error;
  }
}

/**
 * The editions that the annotations are on, of those that the viewer may read; if there are no annotations, the edition
 * of the filter, else the group's.
 */
async function editionsFor(
  viewer: Viewer,
  slug: string,
  filtered: string | undefined,
  { entries }: Snapshot,
): Promise<string[]> {
  const found = [...new Set(entries.map(({ edition }) => edition))].sort();
  const fallback = filtered ?? (await nullIfNotFound(getGroup(viewer, slug)))?.edition ?? null;
  const wanted = found.length > 0 || fallback === null ? found : [fallback];
  const readable = new Set((await listEditions(viewer)).map((edition) => edition.slug));
  return wanted.filter((edition) => readable.has(edition));
}

function requireSingle(editions: string[]): string {
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
