/** What somebody has read and what is new to them. It is theirs alone: nobody else sees it, nor what is counted by it. */
import { transaction } from '@/lib/db';
import { requireWriteScope } from '@/lib/identity';
import type { Viewer } from '@/lib/identity/schema';
import { notFound } from '@/lib/kernel/errors';
import { isId } from '@/lib/kernel/ids';
import type { Read } from './schema';
import * as store from './store';

export { isUnread, moveMarks as moveReadMarksOfPerson } from './store';

/** Marks an annotation as read, or as unread again. Throws not_found, unauthenticated, forbidden (a token that only reads). */
export async function setRead(viewer: Viewer, id: string, isRead: boolean): Promise<void> {
  requireWriteScope(viewer);
  if (!isId(id) || (await store.upsertMarks(viewer, [id], isRead)) === 0) throw notFound();
}

/**
 * Marks annotations of a group as read: those that are named and that the viewer may see, else all of a section or of the
 * group, up to a moment. What comes into their sight later is new to them all the same. The group is one that they may know
 * of. Throws unauthenticated, forbidden.
 */
export async function markRead(
  viewer: Viewer,
  groupId: string,
  { annotations, edition = '', section = '', until }: Read,
): Promise<void> {
  const { id: userId } = requireWriteScope(viewer);
  if (annotations) {
    await store.upsertMarks(viewer, annotations, true, groupId);
    return;
  }
  const moment = until === undefined ? null : new Date(until);
  const place = { edition, sections: section.split(','), until: moment };
  await transaction((tx) => store.upsertReadTo(tx, { groupId, userId }, place));
}

/** How many annotations are new to the viewer in those of these groups that are their own, by id; one without any is left out. */
export async function countUnread(viewer: Viewer, groupIds: readonly string[]): Promise<Map<string, number>> {
  const own = viewer.memberships.flatMap(({ groupId }) => (groupIds.includes(groupId) ? [groupId] : []));
  if (viewer.id === null || own.length === 0) return new Map();
  const rows = await store.countByGroup(viewer, own);
  return new Map(rows.map(({ groupId, unread }) => [groupId, unread]));
}

/** As `countUnread`, for the sections of an edition by their ids: in all of the viewer's groups, or in that one of them. */
export async function countUnreadBySection(
  viewer: Viewer,
  edition: string,
  groupSlug?: string,
): Promise<Map<string, number>> {
  const groups = viewer.memberships.flatMap(({ groupId, slug }) =>
    groupSlug === undefined || groupSlug === slug ? [groupId] : [],
  );
  if (viewer.id === null || groups.length === 0) return new Map();
  const rows = await store.countBySection(viewer, groups, edition);
  return new Map(rows.map(({ section, unread }) => [section, unread]));
}
