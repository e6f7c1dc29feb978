/** What the server tells people: in the app, by mail and in a feed, always by what each of them may see at that moment. */
import { requireSignedIn } from '@/lib/identity';
import type { Viewer } from '@/lib/identity/schema';
import { describeRows, type NoticeDetails } from './details';
import { makeNoticesFor } from './make';
import type { Notice, NoticeQuery } from './schema';
import * as store from './store';

export type { NoticeDetails } from './details';
export { createFeed, deleteFeed, readFeed } from './feed';
export { draftLetter } from './mail';
export { getNoticeSetting, unsubscribe, updateNoticeSetting } from './mail/setting';
export { remindOwing } from './reminder';
export * from './schema';
export { sentenceOf } from './sentence';
export { sendDueMail, startNotices } from './start';
export { moveNoticesOfPerson } from './store';
export { isWatchingThread, listWatched, setWatching, watchThread } from './watch';
export { listMentionable } from './watch/mentionable';

/**
 * The viewer's notices, newest first, with the number of those that are unread; `next` is the cursor of the next page.
 * What they may not see now is left out, of the number too. Throws unauthenticated.
 */
export async function listNotices(
  viewer: Viewer,
  query: NoticeQuery,
): Promise<{ items: Notice[]; unread: number; next: string | null }> {
  await makeNoticesFor(requireSignedIn(viewer));
  const [{ rows, next }, unread] = await Promise.all([selectPage(viewer, query), store.countUnread(viewer)]);
  return { items: rows.map(presentNotice), unread, next };
}

/** As `listNotices`, each with what it is about. */
export async function describeNotices(
  viewer: Viewer,
  query: NoticeQuery,
): Promise<{ items: NoticeDetails[]; next: string | null }> {
  await makeNoticesFor(requireSignedIn(viewer));
  const { rows, next } = await selectPage(viewer, query);
  return { items: await describeRows(viewer, rows), next };
}

/**
 * Marks notices as read: those with these ids, or all that the viewer may see now. Gives how many are still unread. Throws
 * unauthenticated.
 */
export async function markNotices(viewer: Viewer, ids: string[] | 'all'): Promise<number> {
  await makeNoticesFor(requireSignedIn(viewer));
  if (ids === 'all' || ids.length > 0) await store.markRead(viewer, ids);
  return store.countUnread(viewer);
}

async function selectPage(viewer: Viewer, { unread, limit, cursor }: NoticeQuery) {
  const found = await store.selectNotices(viewer, { unread: unread !== undefined, limit: limit + 1, cursor });
  const rows = found.slice(0, limit);
  return { rows, next: found.length > limit ? (rows.at(-1)?.id ?? null) : null };
}

function presentNotice({ id, kind, annotationId, groupSlug, createdAt, readAt }: store.NoticeRow): Notice {
  return {
    ...{ id, kind, annotation: annotationId, group: groupSlug },
    created: createdAt.toISOString(),
    read: readAt !== null,
  };
}
