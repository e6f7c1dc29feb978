import { listAnnotations } from '@/lib/annotation';
import type { PageRequest } from '@/lib/annotation/schema';
import type { Viewer } from '@/lib/identity/schema';
import type { ListPage } from '@/lib/kernel/list-page';
import { canInGroup } from '@/lib/policy';
import { presentAppeal } from './appeal';
import { selectAppeals } from './appeal/store';
import { requireStaff } from './require-staff';
import { findResubmissions } from './resubmission';
import type { QueueItem } from './schema';
import * as store from './store';

/** The annotations of a group that wait for staff, oldest first, each with its thread's root and its flags. */
export async function listQueue(
  viewer: Viewer,
  groupSlug: string,
  page: PageRequest,
): Promise<ListPage<QueueItem>> {
  const { groupId } = await requireStaff(viewer, groupSlug);
  const { items, next } = await listAnnotations(viewer, groupSlug, {}, page, store.awaitsReview([groupId]));
  const rootIds = items.filter(({ parent }) => parent !== null).map(({ root }) => root);
  const [roots, flags, resubmissions, appeals] = await Promise.all([
    rootIds.length > 0
      ? listAnnotations(viewer, groupSlug, {}, { limit: 500 }, store.hasIdAmong(rootIds))
      : { items: [] },
    store.selectFlags(
      groupId,
      items.map(({ id }) => id),
    ),
    findResubmissions(groupId, items),
    selectAppeals(
      groupId,
      items.map(({ id }) => id),
    ),
  ]);
  const rootOf = new Map(roots.items.map((root) => [root.id, root]));
  const openAppeals = new Map(
    appeals.flatMap((row) => (row.outcome === null ? [[row.annotation, presentAppeal(row)]] : [])),
  );
  return {
    next,
    items: items.map((annotation) => ({
      annotation,
      root: rootOf.get(annotation.root) ?? null,
      resubmission: resubmissions.get(annotation.id) ?? null,
      appeal: openAppeals.get(annotation.id) ?? null,
      flags: flags
        .filter((flag) => flag.annotation === annotation.id)
        .map(({ annotation: _, ...flag }) => ({ ...flag, created: new Date(flag.created).toISOString() })),
    })),
  };
}

/** How many notes wait for the viewer in each group that they moderate, by its slug; none for a group without any. */
export async function countQueues(viewer: Viewer): Promise<Map<string, number>> {
  const moderated = viewer.memberships.filter(({ role }) => canInGroup(role, 'moderate'));
  if (moderated.length === 0) return new Map();
  const rows = await store.countAwaitingReview(
    viewer,
    moderated.map(({ groupId }) => groupId),
  );
  const counts = new Map(rows.map(({ groupId, count }) => [groupId, count]));
  return new Map(moderated.map(({ groupId, slug }) => [slug, counts.get(groupId) ?? 0]));
}
