import { db, Prisma, query, type Tx } from '@/lib/db';
import type { Viewer } from '@/lib/identity/schema';
import { actingRole, canInGroup } from '@/lib/policy';
import { READABLE_FROM, readable, readableEdition, shownTo } from '@/lib/policy/readable';
import type { NoticeAction, NoticeKind } from './schema';

/** A notice as a row; what it is about is read by the rooms that own it. */
export type NoticeRow = {
  id: string;
  kind: NoticeKind;
  action: NoticeAction | null;
  annotationId: string | null;
  rootId: string | null;
  assignmentId: string | null;
  assignmentTitle: string | null;
  groupSlug: string;
  groupName: string;
  createdAt: Date;
  readAt: Date | null;
  /** What staff wrote to those who still owe something, or the reason of a decision in this person's form; else null. */
  words: string | null;
  /** Whom it is for. */
  personId: string;
};

/**
 * Which notices `n` of a viewer they may see now: of the groups that they are in, and about what they may still see with
 * its text. Lists, counts, mail and feeds all use it, so that a notice of what was hidden, withdrawn or not yet revealed is
 * nowhere, and is there once it may be seen.
 */
function visible(viewer: Viewer): Prisma.Sql {
  const member = viewer.memberships.map(({ groupId }) => groupId);
  const staff = viewer.memberships
    .filter((own) => canInGroup(actingRole(own), 'moderate'))
    .map(({ groupId }) => groupId);
  return Prisma.sql`n.user_id = ${viewer.id}::uuid AND n.group_id = ANY(${member}::uuid[])
    AND (n.kind <> 'report' OR n.group_id = ANY(${staff}::uuid[]))
    AND (n.annotation_id IS NULL OR EXISTS (SELECT FROM ${READABLE_FROM}
      WHERE a.group_id = n.group_id AND a.id = n.annotation_id AND a.state <> 'deleted'
        AND ${readable(viewer)} AND ${shownTo(viewer)}))
    AND (n.assignment_id IS NULL OR EXISTS (SELECT FROM assignment t JOIN edition e ON e.slug = t.edition
      WHERE t.group_id = n.group_id AND t.id = n.assignment_id AND ${readableEdition(viewer)}))`;
}

const COLUMNS = Prisma.sql`n.id, n.kind, n.action, n.annotation_id AS "annotationId", n.assignment_id AS "assignmentId",
  (SELECT root_id FROM annotation x WHERE x.group_id = n.group_id AND x.id = n.annotation_id) AS "rootId",
  (SELECT title FROM assignment x WHERE x.group_id = n.group_id AND x.id = n.assignment_id) AS "assignmentTitle",
  gr.slug AS "groupSlug", gr.name AS "groupName", n.created_at AS "createdAt", n.read_at AS "readAt",
  CASE WHEN n.action = 'owes' THEN (SELECT words FROM reminder x
      WHERE x.group_id = n.group_id AND x.id = substring(n.source FROM 10)::uuid)
    WHEN n.action IN ('report-kept', 'report-acted') THEN (SELECT nullif(x.details->>'toReporter', '') FROM decision x
      WHERE x.group_id = n.group_id AND x.annotation_id = split_part(n.source, ':', 2)::uuid
        AND x.created_at = n.created_at LIMIT 1)
    WHEN n.action IN ('hide', 'deny', 'revise', 'refuse-appeal', 'mute', 'warn') THEN (SELECT nullif(x.reason, '')
      FROM decision x WHERE x.group_id = n.group_id AND x.action = n.action AND x.created_at = n.created_at
        AND CASE WHEN n.annotation_id IS NULL THEN x.subject_id = n.user_id ELSE x.annotation_id = n.annotation_id END
      LIMIT 1) END AS words,
  n.user_id AS "personId"`;

/** The notices that a viewer may see, newest first, `limit` at most, after the one with the id `cursor`. */
export function selectNotices(
  viewer: Viewer,
  { unread, limit, cursor }: { unread: boolean; limit: number; cursor?: string | undefined },
): Promise<NoticeRow[]> {
  const after = cursor
    ? Prisma.sql`AND (n.created_at, n.id) < (SELECT c.created_at, c.id FROM notice c
        WHERE c.user_id = ${viewer.id}::uuid AND c.id = ${cursor}::uuid)`
    : Prisma.empty;
  return query<NoticeRow>(Prisma.sql`
    SELECT ${COLUMNS} FROM notice n JOIN "group" gr ON gr.id = n.group_id
     WHERE ${visible(viewer)} ${unread ? Prisma.sql`AND n.read_at IS NULL` : Prisma.empty} ${after}
     ORDER BY n.created_at DESC, n.id DESC LIMIT ${limit}`);
}

/** How many notices that a viewer may see are unread. */
export async function countUnread(viewer: Viewer): Promise<number> {
  const [row] = await query<{ count: number }>(Prisma.sql`
    SELECT count(*)::int AS count FROM notice n WHERE n.read_at IS NULL AND ${visible(viewer)}`);
  return row?.count ?? 0;
}

/** Marks notices of a viewer as read: those with these ids, or all that they may see now. */
export async function markRead(viewer: Viewer, ids: string[] | 'all'): Promise<void> {
  const which = ids === 'all' ? visible(viewer) : Prisma.sql`n.id = ANY(${ids}::uuid[])`;
  await db.$executeRaw`
    UPDATE notice n SET read_at = now() WHERE n.user_id = ${viewer.id}::uuid AND n.read_at IS NULL AND ${which}`;
}

/** The notices that mail tells a viewer of, oldest first: unread, not yet mailed, of the last `days` days. */
export function selectUnmailed(viewer: Viewer, days: number, limit: number): Promise<NoticeRow[]> {
  return query<NoticeRow>(Prisma.sql`
    SELECT ${COLUMNS} FROM notice n JOIN "group" gr ON gr.id = n.group_id
     WHERE n.read_at IS NULL AND n.mailed_at IS NULL AND n.created_at > now() - make_interval(days => ${days}::int)
       AND ${visible(viewer)}
     ORDER BY n.created_at, n.id LIMIT ${limit}`);
}

export async function markMailed(tx: Tx, userId: string, ids: string[]): Promise<void> {
  await tx.notice.updateMany({ where: { userId, id: { in: ids } }, data: { mailedAt: new Date() } });
}

/** Gives one person what another was told and watches, but for what they have themselves. How they are told ends. */
export async function moveNoticesOfPerson(tx: Tx, from: string, into: string): Promise<void> {
  await tx.$executeRaw`
    UPDATE notice n SET user_id = ${into}::uuid WHERE n.user_id = ${from}::uuid AND NOT EXISTS (
      SELECT FROM notice o WHERE o.group_id = n.group_id AND o.user_id = ${into}::uuid AND o.source = n.source)`;
  await tx.$executeRaw`
    UPDATE watch w SET user_id = ${into}::uuid WHERE w.user_id = ${from}::uuid AND NOT EXISTS (
      SELECT FROM watch o WHERE o.group_id = w.group_id AND o.user_id = ${into}::uuid AND o.subject = w.subject)`;
  await tx.notice.deleteMany({ where: { userId: from } });
  await tx.watch.deleteMany({ where: { userId: from } });
  await tx.noticeSetting.deleteMany({ where: { userId: from } });
}
