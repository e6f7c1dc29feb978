import { stringify } from 'csv-stringify/sync';
import type { PageRequest } from '@/lib/annotation/schema';
import type { Viewer } from '@/lib/identity/schema';
import { type ListPage, toListPage } from '@/lib/kernel/list-page';
import { requireStaff } from './require-staff';
import type { Decision, LogFilter, LogFormat } from './schema';
import * as store from './store';

/** Entries of the log that an export reads at once. */
const BATCH = 500;

/** The moderation log of a group, newest first, as a filter keeps it, for staff. */
export async function listDecisions(
  viewer: Viewer,
  groupSlug: string,
  { limit, cursor, ...filter }: PageRequest & LogFilter,
): Promise<ListPage<Decision>> {
  const { groupId } = await requireStaff(viewer, groupSlug);
  const rows = await store.selectDecisions(viewer, groupId, filter, { limit: limit + 1, cursor });
  const { items, next } = toListPage(rows, limit);
  return { items: items.map((row) => ({ ...row, created: new Date(row.created).toISOString() })), next };
}

/**
 * The log as a file, newest first, in parts: CSV whose cells no spreadsheet takes for a formula, or an entry a line as JSON.
 * Who may not have it is refused before the first part. Throws not_found, forbidden.
 */
export async function exportLog(
  viewer: Viewer,
  groupSlug: string,
  format: LogFormat,
  filter: LogFilter,
): Promise<AsyncGenerator<string>> {
  await requireStaff(viewer, groupSlug);
  return writeLog(viewer, groupSlug, format, filter);
}

async function* writeLog(
  viewer: Viewer,
  groupSlug: string,
  format: LogFormat,
  filter: LogFilter,
): AsyncGenerator<string> {
  if (format === 'csv') yield csvOf([COLUMNS], true);
  let cursor: string | undefined;
  do {
    const page = await listDecisions(viewer, groupSlug, { limit: BATCH, cursor, ...filter });
    if (page.items.length > 0)
      yield format === 'csv'
        ? csvOf(page.items.map(cellsOf))
        : page.items.map((entry) => `${JSON.stringify(entry)}\n`).join('');
    cursor = page.next ?? undefined;
  } while (cursor !== undefined);
}

const COLUMNS = [
  ...['id', 'created', 'action', 'actor', 'whose', 'annotation', 'before', 'after', 'version', 'reason'],
  'details',
];

function cellsOf(entry: Decision): (string | number)[] {
  const { id, created, action, actor, whose, annotation, before, after, version, reason, details } = entry;
  return [
    ...[id, created, action, actor.name, whose?.name ?? '', annotation ?? '', before ?? '', after ?? ''],
    ...[version ?? '', reason, details ? JSON.stringify(details) : ''],
  ];
}

function csvOf(rows: (string | number)[][], bom = false): string {
  return stringify(rows, { bom, escape_formulas: true, record_delimiter: 'windows' });
}
