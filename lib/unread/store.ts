import { db, Prisma, query, type Tx } from '@/lib/db';
import { READABLE_FROM, readable, type VisibilityScope, wasInSight } from '@/lib/policy/readable';

/**
 * Whether a readable annotation is new to its viewer: another's, with its text, and neither marked as read nor in sight when
 * they had read all. A condition on `READABLE_FROM`; to be asked together with `readable`.
 */
export function isUnread(scope: VisibilityScope): Prisma.Sql {
  const viewer = Prisma.sql`${scope.id}::uuid`;
  return Prisma.sql`(a.author_id <> ${viewer} AND a.state = 'published' AND NOT coalesce(
    (SELECT m.is_read FROM read_mark m
      WHERE m.group_id = a.group_id AND m.user_id = ${viewer} AND m.annotation_id = a.id),
    EXISTS (SELECT FROM read_to t WHERE t.group_id = a.group_id AND t.user_id = ${viewer}
      AND (t.section = '' OR (t.edition = a.edition AND t.section = a.section)) AND ${wasInSight(scope, AT)})))`;
}

const AT = Prisma.raw('t.at');

/** How many annotations of each of these groups are unread. */
export function countByGroup(
  scope: VisibilityScope,
  groupIds: string[],
): Promise<{ groupId: string; unread: number }[]> {
  return query(Prisma.sql`
    SELECT a.group_id AS "groupId", count(*)::int AS unread FROM ${READABLE_FROM}
     WHERE a.group_id = ANY(${groupIds}::uuid[]) AND ${isUnread(scope)} AND ${readable(scope)} GROUP BY a.group_id`);
}

/** How many annotations of these groups are unread on each section of an edition. */
export function countBySection(
  scope: VisibilityScope,
  groupIds: string[],
  edition: string,
): Promise<{ section: string; unread: number }[]> {
  return query(Prisma.sql`
    SELECT a.section, count(*)::int AS unread FROM ${READABLE_FROM}
     WHERE a.group_id = ANY(${groupIds}::uuid[]) AND a.edition = ${edition} AND ${isUnread(scope)}
       AND ${readable(scope)} GROUP BY a.section`);
}

/** Marks those of these annotations that the viewer may see; returns how many these are. */
export function upsertMarks(
  scope: VisibilityScope,
  ids: string[],
  isRead: boolean,
  groupId?: string,
): Promise<number> {
  const within = groupId === undefined ? Prisma.empty : Prisma.sql`AND a.group_id = ${groupId}::uuid`;
  return db.$executeRaw(Prisma.sql`
    INSERT INTO read_mark (group_id, user_id, annotation_id, is_read)
    SELECT a.group_id, ${scope.id}::uuid, a.id, ${isRead} FROM ${READABLE_FROM}
     WHERE a.id = ANY(${ids}::uuid[]) ${within} AND ${readable(scope)}
    ON CONFLICT (group_id, user_id, annotation_id) DO UPDATE SET is_read = excluded.is_read`);
}

/** Notes that somebody has read all of some sections up to a moment, of the whole group where none is named. */
export async function upsertReadTo(
  tx: Tx,
  { groupId, userId }: { groupId: string; userId: string },
  { edition, sections, until }: { edition: string; sections: string[]; until: Date | null },
): Promise<void> {
  await tx.$executeRaw`
    INSERT INTO read_to (group_id, user_id, edition, section, at)
    SELECT ${groupId}::uuid, ${userId}::uuid, ${edition}, n.section, least(${until}::timestamptz, now()) FROM unnest(${sections}::text[]) n(section)
    ON CONFLICT (group_id, user_id, edition, section) DO UPDATE SET at = greatest(read_to.at, excluded.at)`;
  // What was marked by itself is read like all else; what came later stays as it is marked.
  await tx.$executeRaw`
    DELETE FROM read_mark m USING annotation a
     WHERE m.group_id = ${groupId}::uuid AND m.user_id = ${userId}::uuid
       AND a.group_id = m.group_id AND a.id = m.annotation_id AND coalesce(a.shared_at, a.created_at) <= coalesce(${until}::timestamptz, now())
       AND (${edition} = '' OR (a.edition = ${edition} AND a.section = ANY(${sections}::text[])))`;
}

/** Gives what a person has read to another, where that one has no marks of their own. */
export async function moveMarks(tx: Tx, from: string, into: string): Promise<void> {
  await tx.$executeRaw`
    INSERT INTO read_mark SELECT group_id, ${into}::uuid, annotation_id, is_read FROM read_mark WHERE user_id = ${from}::uuid
    ON CONFLICT DO NOTHING`;
  await tx.$executeRaw`
    INSERT INTO read_to SELECT group_id, ${into}::uuid, edition, section, at FROM read_to WHERE user_id = ${from}::uuid
    ON CONFLICT (group_id, user_id, edition, section) DO UPDATE SET at = greatest(read_to.at, excluded.at)`;
  await tx.readMark.deleteMany({ where: { userId: from } });
  await tx.readTo.deleteMany({ where: { userId: from } });
}
