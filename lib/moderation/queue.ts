import { listAnnotations } from '@/lib/annotation';
import type { PageRequest } from '@/lib/annotation/schema';
import type { Viewer } from '@/lib/identity/schema';
import type { ListPage } from '@/lib/kernel/list-page';
import { actingRole, canInGroup } from '@/lib/policy';
import { presentAppeal } from './appeal';
import { selectAppeals } from './appeal/store';
import { requireStaff } from './require-staff';
import { findResubmissions } from './resubmission';
import type { QueueItem } from './schema';
import * as store from './store';

/** Notes that wait in one queue, at most: the most urgent ones. */
const MOST = 2_000;

/** The annotations of a group that wait for staff, the most urgent first, each with its thread's root and its flags. */
export async function listQueue(
  viewer: Viewer,
  groupSlug: string,
  page: PageRequest,
): Promise<ListPage<QueueItem>> {
  const { groupId } = await requireStaff(viewer, groupSlug);
  const waiting = await store.selectUrgencies(viewer, groupId, MOST);
  const from = page.cursor ? waiting.findIndex(({ id }) => id === page.cursor) + 1 : 0;
  const urgencies = waiting.slice(from, from + page.limit);
  const next = from + page.limit < waiting.length ? (urgencies.at(-1)?.id ?? null) : null;
  const ids = urgencies.map(({ id }) => id);
  const found = await listAnnotations(viewer, groupSlug, {}, { limit: page.limit }, store.hasIdAmong(ids));
  const urgencyOf = new Map(urgencies.map(({ id, urgency, ...rest }) => [id, { score: urgency, ...rest }]));
  const items = found.items.toSorted((one, other) => ids.indexOf(one.id) - ids.indexOf(other.id));
  const rootIds = items.filter(({ parent }) => parent !== null).map(({ root }) => root);
  const authors = [...new Set(items.map(({ author }) => author.id))];
  const [roots, flags, resubmissions, appeals, records] = await Promise.all([
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
    store.selectRecords(groupId, authors),
  ]);
  const rootOf = new Map(roots.items.map((root) => [root.id, root]));
  const openAppeals = new Map(
    appeals.flatMap((row) => (row.outcome === null ? [[row.annotation, presentAppeal(row)]] : [])),
  );
  const recordOf = new Map(records.map(({ author, ...record }) => [author, record]));
  return {
    next,
    items: items.map((annotation) => ({
      annotation,
      root: rootOf.get(annotation.root) ?? null,
      resubmission: resubmissions.get(annotation.id) ?? null,
      appeal: openAppeals.get(annotation.id) ?? null,
      record: recordOf.get(annotation.author.id) ?? { notes: 0, heldBack: 0, warnings: 0 },
      urgency: urgencyOf.get(annotation.id) ?? NOT_URGENT,
      flags: flags
        .filter((flag) => flag.annotation === annotation.id)
        .map(({ annotation: _, ...flag }) => ({ ...flag, created: new Date(flag.created).toISOString() })),
    })),
  };
}

const NOT_URGENT = { score: 0, reports: 0, reliability: 0, readers: 0 };

/** How many notes wait for the viewer in each group that they moderate, by its slug; none for a group without any. */
export async function countQueues(viewer: Viewer): Promise<Map<string, number>> {
  const moderated = viewer.memberships.filter((own) => canInGroup(actingRole(own), 'moderate'));
  if (moderated.length === 0) return new Map();
  const rows = await store.countAwaitingReview(
    viewer,
    moderated.map(({ groupId }) => groupId),
  );
  const counts = new Map(rows.map(({ groupId, count }) => [groupId, count]));
  return new Map(moderated.map(({ groupId, slug }) => [slug, counts.get(groupId) ?? 0]));
}
