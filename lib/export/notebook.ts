import { scanOwnRows } from '@/lib/annotation';
import type { OwnFilter } from '@/lib/annotation/schema';
import { config } from '@/lib/config';
import type { Locale } from '@/lib/i18n';
import { compiledMessages } from '@/lib/i18n/catalogues';
import { requireSignedIn } from '@/lib/identity';
import type { Viewer } from '@/lib/identity/schema';
import { personIri } from '@/lib/w3c';
import { createDatabaseLookup } from './database-lookup';
import type { ExportFile } from './export-file';
import { MEDIA_TYPES, singleFile } from './formats';
import { readingOrder } from './reading-order';
import { exportTranslator } from './render-context';
import type { NotebookFormat } from './schema';
import { spoolSnapshot } from './snapshot';

/**
 * What the viewer has written in all their groups as a text to go on with: in the order of the texts, with the passages
 * and their references. `ids` are those that were chosen; without them all that `filter` keeps. Throws unauthenticated, and
 * the reason of `signal`.
 */
export async function exportNotebook(
  viewer: Viewer,
  format: NotebookFormat,
  { filter, ids }: { filter: OwnFilter; ids?: string[] | undefined },
  locale: Locale,
  signal?: AbortSignal,
): Promise<ExportFile> {
  requireSignedIn(viewer);
  const snapshot = await spoolSnapshot(scanOwnRows(viewer, filter, ids), signal);
  try {
    const { entries } = snapshot;
    const { chapters, order } = await readingOrder(viewer, entries);
    const messages = compiledMessages(locale, 'export');
    // They are of several groups: the short link leads to each.
    const iris = { annotations: `${config().address}/annotations/`, people: personIri('') };
    const unnamed = { name: '', iris, locale, messages, chapters, total: entries.length };
    const name = exportTranslator(unnamed)('notebook.title', { name: viewer.name });
    const context = {
      group: { slug: 'notebook', name, assignments: [] },
      ...{ entries, order, renderContext: { ...unnamed, name }, lookup: createDatabaseLookup(viewer) },
      separator: 'comma' as const,
    };
    const file = await singleFile(snapshot, format, context, '');
    return { name: `notebook.${format}`, type: MEDIA_TYPES[format], ...file };
  } catch (error) {
    await snapshot.close();
    throw error;
  }
}
