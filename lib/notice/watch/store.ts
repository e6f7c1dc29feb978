import { db, Prisma, query } from '@/lib/db';
import { staffAs } from '@/lib/policy/readable';

export async function upsertWatch(
  groupId: string,
  userId: string,
  subject: string,
  watching: boolean,
): Promise<void> {
  const key = { groupId, userId, subject };
  await db.watch.upsert({
    where: { groupId_userId_subject: key },
    create: { ...key, watching },
    update: { watching },
  });
}

/** Whether a person is told of what is new in a thread: they said so, or wrote in it and did not say otherwise. */
export async function isWatching(groupId: string, userId: string, rootId: string): Promise<boolean> {
  const [row] = await query<{ watching: boolean }>(Prisma.sql`
    SELECT coalesce(
      (SELECT watching FROM watch WHERE group_id = ${groupId}::uuid AND user_id = ${userId}::uuid
        AND subject = ${`thread:${rootId}`}),
      EXISTS (SELECT FROM annotation WHERE group_id = ${groupId}::uuid AND root_id = ${rootId}::uuid
        AND author_id = ${userId}::uuid AND state <> 'deleted')) AS watching`);
  return row?.watching ?? false;
}

/** What a person watches in a group, beside threads. */
export async function selectWatched(groupId: string, userId: string): Promise<string[]> {
  const found = await db.watch.findMany({
    where: { groupId, userId, watching: true, NOT: { subject: { startsWith: 'thread:' } } },
    select: { subject: true },
    orderBy: { subject: 'asc' },
    take: 500,
  });
  return found.map(({ subject }) => subject);
}

/** Members whose name has a word that begins with `q`, of those who may see what is being written; `limit` at most. */
export function selectMentionable(
  groupId: string,
  viewerId: string,
  wanted: {
    q: string;
    visibility: 'author' | 'staff' | 'group';
    parent: string | null;
    assignment: string | null;
  },
  limit: number,
): Promise<{ id: string; name: string }[]> {
  const { visibility, parent, assignment } = wanted;
  const pattern = `%${wanted.q.normalize('NFC').replace(/[\\%_]/g, '\\$&')}%`;
  return query(Prisma.sql`
    SELECT u.id, coalesce(u.name, '') AS name FROM member m
      JOIN "user" u ON u.id = m.user_id JOIN "group" g ON g.id = m.group_id
      LEFT JOIN assignment s ON s.group_id = m.group_id AND s.id = coalesce(${assignment}::uuid,
        (SELECT r.assignment_id FROM annotation p JOIN annotation r ON r.group_id = p.group_id AND r.id = p.root_id
          WHERE p.group_id = ${groupId}::uuid AND p.id = ${parent}::uuid))
     WHERE m.group_id = ${groupId}::uuid AND m.user_id <> ${viewerId}::uuid
       AND lower(u.name COLLATE "und-x-icu") LIKE lower(${pattern} COLLATE "und-x-icu")
       AND (${staffAs('m')}
         OR (${visibility} = 'author' AND EXISTS (SELECT FROM annotation p
           WHERE p.group_id = m.group_id AND p.id = ${parent}::uuid AND p.author_id = m.user_id))
         OR (${visibility} = 'group' AND (s.id IS NULL OR s.mode NOT IN ('staff-only', 'private'))
           AND (NOT g.subgroups_apart OR NOT EXISTS (SELECT FROM subgroup_member mine
             WHERE mine.group_id = m.group_id AND mine.user_id = ${viewerId}::uuid
               AND mine.assignment_id IS NOT DISTINCT FROM CASE WHEN s.own_subgroups THEN s.id END
               AND NOT EXISTS (SELECT FROM subgroup_member theirs WHERE theirs.group_id = mine.group_id
                 AND theirs.subgroup_id = mine.subgroup_id AND theirs.user_id = m.user_id)))))
     ORDER BY u.name, u.id LIMIT ${limit}`);
}
