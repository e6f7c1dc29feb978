import { iriOf } from '@/lib/annotation';
import { getGroup, resolveMembership } from '@/lib/group';
import type { Locale } from '@/lib/i18n';
import { compiledMessages } from '@/lib/i18n/catalogues';
import type { Viewer } from '@/lib/identity/schema';
import { AppError } from '@/lib/kernel/errors';
import { personIri } from '@/lib/w3c';
import { createDatabaseLookup } from './database-lookup';
import { archiveEntries, MEDIA_TYPES, writeSingleFormat } from './formats';
import { readingOrder } from './reading-order';
import type { ExportFilter, Format } from './schema';
import { type Snapshot, takeSnapshot } from './snapshot';
import { createZip } from './zip';

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
  await resolveMembership(viewer, slug);
  return { name: `${slug}.${format === 'tei' ? 'xml' : format}`, type: MEDIA_TYPES[format] };
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
  const { name } = await resolveMembership(viewer, slug);
  const selection = await takeSnapshot(viewer, slug, filter, { threads: threads === '1' });
  try {
    const editions = await editionsFor(viewer, slug, filter.edition, selection);
    const { entries } = selection;
    const { chapters, order } = await readingOrder(entries);
    const messages = compiledMessages(locale, 'export');
    const iris = { notes: iriOf({ groupSlug: slug, id: '' }), people: personIri('') };
    const discussion = { name, iris, locale, messages, chapters, total: entries.length };
    const subject = { slug, name };
    const context = { subject, entries, order, discussion, library: createDatabaseLookup() };
    if (format !== 'zip') {
      const edition = format === 'tei' ? oneOf(editions) : '';
      return {
        ...described,
        bytes: writeSingleFormat(selection, format, context, edition),
        close: selection.close,
      };
    }
    const asked = { ...filter, ...(threads === '1' && { threads }) };
    const { members, close } = await archiveEntries(selection, context, editions);
    return { ...described, bytes: createZip({ subject, locale }, selection, asked, members), close };
  } catch (error) {
    await selection.close();
    throw error;
  }
}

/** The editions that the notes are on; where there are none, the one that was asked for, or the group's. */
async function editionsFor(
  viewer: Viewer,
  slug: string,
  asked: string | undefined,
  { entries }: Snapshot,
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
