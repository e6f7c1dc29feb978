import type { PageRequest } from '@/lib/annotation/schema';
import type { Viewer } from '@/lib/identity/schema';
import { type ListPage, toListPage } from '@/lib/kernel/list-page';
import { requireStaff } from './require-staff';
import type { Decision } from './schema';
import * as store from './store';

/** The moderation log of a group, newest first, for staff. */
export async function listDecisions(
  viewer: Viewer,
  groupSlug: string,
  { limit, cursor }: PageRequest,
): Promise<ListPage<Decision>> {
  const { groupId } = await requireStaff(viewer, groupSlug);
  const rows = await store.selectDecisions(viewer, groupId, limit + 1, cursor);
  const { items, next } = toListPage(rows, limit);
  return { items: items.map((row) => ({ ...row, created: new Date(row.created).toISOString() })), next };
}
