import { countAnnotations } from '@/lib/annotation';
import type { Filter } from '@/lib/annotation/schema';
import { standing } from '@/lib/group';
import type { Locale } from '@/lib/i18n';
import type { Viewer } from '@/lib/identity/schema';
import { ANNO_TYPE } from '@/lib/w3c';
import { csvOf } from './csv';
import { jsonLdOf } from './json-ld';
import { markdownOf } from './markdown';
import type { Format } from './schema';
import { select } from './select';

const TYPES: Record<Format, string> = {
  jsonld: ANNO_TYPE,
  csv: 'text/csv; charset=utf-8; header=present',
  md: 'text/markdown; charset=utf-8',
};

/** A file to download: its name, its type, and its text as it is made. */
export type ExportFile = { name: string; type: string; text: AsyncIterable<string> };

/**
 * What `viewer` may see of a group, by the filters of the list, as a file. Throws not_found before anything is
 * written; what fails later breaks the stream off.
 */
export async function exportGroup(
  viewer: Viewer,
  slug: string,
  format: Format,
  filter: Filter,
  locale: Locale,
): Promise<ExportFile> {
  const group = await standing(viewer, slug);
  const { total } = await countAnnotations(viewer, slug, filter);
  const rows = select(viewer, slug, filter);
  const text = {
    jsonld: () => jsonLdOf(group, total, rows),
    csv: () => csvOf(rows),
    md: () => markdownOf(group.name, locale, rows),
  }[format]();
  return { name: `${slug}.${format}`, type: TYPES[format], text };
}
