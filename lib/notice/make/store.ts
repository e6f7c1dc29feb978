import { db, Prisma, query, type Tx } from '@/lib/db';
import { staffAs } from '@/lib/policy/readable';
import { DECISIONS, RESTRAINTS } from '../schema';

/** The groups in which something happened that was not yet turned into notices; of these, where `among` names some. */
export async function selectBehind(limit: number, among?: string[]): Promise<string[]> {
  const which = among ? Prisma.sql`g.id = ANY(${among}::uuid[])` : Prisma.sql`true`;
  const rows = await query<{ id: string }>(Prisma.sql`
    SELECT g.id FROM "group" g LEFT JOIN notice_cursor c ON c.group_id = g.id
     WHERE ${which} AND (EXISTS (SELECT FROM event e WHERE e.group_id = g.id AND e.number IS NULL)
        OR EXISTS (SELECT FROM event e WHERE e.group_id = g.id AND e.number > coalesce(c.number, 0)))
     LIMIT ${limit}`);
  return rows.map(({ id }) => id);
}

/** The number of the last event of a group that was turned into notices. */
export async function findCursor(groupId: string): Promise<bigint> {
  const found = await db.noticeCursor.findUnique({ where: { groupId } });
  return found?.number ?? 0n;
}

/** Moves the cursor of a group, and holds it until the transaction ends. False where another process has moved it. */
export async function moveCursor(tx: Tx, groupId: string, from: bigint, to: bigint): Promise<boolean> {
  const moved = await tx.$executeRaw`
    INSERT INTO notice_cursor AS c (group_id, number) VALUES (${groupId}::uuid, ${to.toString()}::bigint)
    ON CONFLICT (group_id) DO UPDATE SET number = excluded.number WHERE c.number = ${from.toString()}::bigint`;
  return moved > 0;
}

/** The bodies of annotations in which somebody may be mentioned. */
export function selectBodiesWithMentions(
  groupId: string,
  ids: string[],
): Promise<{ id: string; body: string }[]> {
  return query(Prisma.sql`
    SELECT id, body FROM annotation
     WHERE group_id = ${groupId}::uuid AND id = ANY(${ids}::uuid[]) AND body LIKE '%@[%'`);
}

/** An annotation in which a person is mentioned. */
export type Mention = { annotationId: string; userId: string };

/**
 * Inserts what the events numbered `from` (not included) to `to` of a group tell its members, one notice for a person and
 * a note at most: the mention before the answer, the answer before what is watched. It does not ask who may see what: that
 * is asked whenever a notice is shown, counted or mailed. Nobody is told of what they did themselves.
 */
export async function insertNotices(
  tx: Tx,
  groupId: string,
  { from, to }: { from: bigint; to: bigint },
  mentions: Mention[],
): Promise<void> {
  const group = Prisma.sql`${groupId}::uuid`;
  await tx.$executeRaw(Prisma.sql`
    WITH news AS (
      SELECT e.number, e.kind AS event, e.actor_id, e.created_at AS at, a.id, a.created_at, a.root_id, a.parent_id, a.author_id,
             a.kind::text AS kind, a.edition, a.section
        FROM event e JOIN annotation a ON a.group_id = e.group_id AND a.id = e.annotation_id
       WHERE e.group_id = ${group} AND e.number > ${from.toString()}::bigint AND e.number <= ${to.toString()}::bigint
    ), joined AS MATERIALIZED (
      SELECT DISTINCT ON (p.root_id, p.author_id) p.root_id, p.author_id, p.created_at, p.id FROM annotation p
       WHERE p.group_id = ${group} AND p.state <> 'deleted'
         AND p.root_id IN (SELECT n.root_id FROM news n WHERE n.event = 'annotation.created' AND n.parent_id IS NOT NULL)
       ORDER BY p.root_id, p.author_id, p.created_at, p.id
    ), told AS (
      SELECT m.user_id, 'mention' AS kind, NULL AS action, n.id, 'note:' || n.id AS source, n.at, n.actor_id, 1 AS rank
        FROM news n JOIN unnest(${mentions.map(({ annotationId }) => annotationId)}::uuid[],
          ${mentions.map(({ userId }) => userId)}::uuid[]) AS m(annotation_id, user_id) ON m.annotation_id = n.id
       WHERE n.event IN ('annotation.created', 'annotation.changed')
      UNION ALL
      SELECT p.author_id, 'answer', NULL, n.id, 'note:' || n.id, n.at, n.actor_id, 2
        FROM news n JOIN annotation p ON p.group_id = ${group} AND p.id = n.parent_id AND p.state <> 'deleted'
       WHERE n.event = 'annotation.created'
      UNION ALL
      SELECT j.author_id, 'answer', NULL, n.id, 'note:' || n.id, n.at, n.actor_id, 2
        FROM news n JOIN joined j ON j.root_id = n.root_id AND (j.created_at, j.id) < (n.created_at, n.id)
       WHERE n.event = 'annotation.created' AND n.parent_id IS NOT NULL
         AND NOT EXISTS (SELECT FROM watch w WHERE w.group_id = ${group}
           AND w.user_id = j.author_id AND w.subject = 'thread:' || n.root_id AND NOT w.watching)
      UNION ALL
      SELECT w.user_id, 'watched', NULL, n.id, 'note:' || n.id, n.at, n.actor_id, 3
        FROM news n JOIN watch w ON w.group_id = ${group} AND w.watching AND w.subject = ANY(ARRAY[
          CASE WHEN n.parent_id IS NOT NULL THEN 'thread:' || n.root_id END, 'section:' || n.edition || '/' || n.section,
          CASE WHEN n.kind = 'question' AND n.parent_id IS NULL THEN 'person:' || n.author_id END])
       WHERE n.event = 'annotation.created'
      UNION ALL
      SELECT n.author_id, 'decision', d.action, n.id, 'event:' || n.number, n.at, n.actor_id, 1
        FROM news n JOIN unnest(${[...DECISIONS]}::text[]) AS d(action) ON n.event = 'annotation.' || d.action
      UNION ALL
      SELECT s.user_id, 'report', NULL, n.id, 'event:' || n.number, n.at, n.actor_id, 1
        FROM news n JOIN member s ON s.group_id = ${group} AND ${staffAs('s')}
       WHERE n.event IN ('annotation.flagged', 'annotation.appeal')
      UNION ALL
      -- Who reported is told with the note where it stays, and without it where others no longer see it.
      SELECT f.user_id, 'decision', CASE WHEN k.kept THEN 'report-kept' ELSE 'report-acted' END,
             CASE WHEN k.kept THEN n.id END, 'flag:' || n.id || ':' || n.number, n.at, n.actor_id, 1
        FROM news n CROSS JOIN LATERAL (SELECT n.event IN ('annotation.dismiss', 'annotation.approve') AS kept) k
        JOIN flag f ON f.group_id = ${group} AND f.annotation_id = n.id AND f.settled_at = n.at
       WHERE k.kept OR n.event IN ('annotation.hide', 'annotation.deny', 'annotation.revise')
      UNION ALL
      SELECT e.subject_id, 'decision', c.action, NULL, 'event:' || e.number, e.created_at, e.actor_id, 1
        FROM event e JOIN unnest(${[...RESTRAINTS]}::text[]) AS c(action) ON e.kind = 'member.' || c.action
       WHERE e.group_id = ${group} AND e.number > ${from.toString()}::bigint AND e.number <= ${to.toString()}::bigint
    )
    INSERT INTO notice (group_id, id, user_id, kind, action, annotation_id, source, created_at)
    SELECT DISTINCT ON (t.user_id, t.source)
           ${group}, gen_random_uuid(), t.user_id, t.kind, t.action, t.id, t.source, t.at
      FROM told t JOIN member m ON m.group_id = ${group} AND m.user_id = t.user_id
     WHERE t.user_id <> t.actor_id ORDER BY t.user_id, t.source, t.rank
    ON CONFLICT (group_id, user_id, source) DO NOTHING`);
}

/**
 * Inserts what the dates of assignments tell students now, or this one alone: what opened or was revealed in the last day,
 * what is due in the next one and not done, and dates of one's own. Gives who was told.
 */
export async function insertDateNotices(tx: Tx, student: string | null): Promise<string[]> {
  const rows = await tx.$queryRaw<{ id: string }[]>`
    WITH dated AS (
      SELECT s.*, m.user_id, w.done_at, w.due AS own_due, w.replies_due AS own_replies_due,
             coalesce(w.due, s.due) AS my_due, coalesce(w.replies_due, s.replies_due) AS my_replies_due
        FROM assignment s JOIN member m ON m.group_id = s.group_id AND m.role = 'student'
         AND (${student}::uuid IS NULL OR m.user_id = ${student}::uuid)
        LEFT JOIN participation w ON w.group_id = s.group_id AND w.assignment_id = s.id AND w.user_id = m.user_id
       WHERE NOT s.closed AND (s.closes IS NULL OR s.closes > now())
         AND (coalesce(s.opens, s.created_at) BETWEEN now() - interval '1 day' AND now()
           OR s.reveal BETWEEN now() - interval '1 day' AND now()
           OR s.due BETWEEN now() AND now() + interval '1 day'
           OR s.replies_due BETWEEN now() AND now() + interval '1 day'
           OR w.due > now() OR w.replies_due > now())
    ), told AS (
      SELECT d.*, 'opens' AS action, coalesce(opens, created_at) AS moment FROM dated d
       WHERE coalesce(opens, created_at) BETWEEN now() - interval '1 day' AND now()
      UNION ALL
      SELECT d.*, 'reveal', reveal FROM dated d
       WHERE mode = 'blind-until' AND reveal BETWEEN now() - interval '1 day' AND now()
      UNION ALL
      SELECT d.*, 'due', my_due FROM dated d
       WHERE done_at IS NULL AND my_due BETWEEN now() AND now() + interval '1 day'
      UNION ALL
      SELECT d.*, 'replies-due', my_replies_due FROM dated d
       WHERE done_at IS NULL AND my_replies_due BETWEEN now() AND now() + interval '1 day'
      UNION ALL
      SELECT d.*, 'extended', greatest(own_due, own_replies_due) FROM dated d
       WHERE greatest(own_due, own_replies_due) > now()
    )
    INSERT INTO notice (group_id, id, user_id, kind, action, assignment_id, source, created_at)
    SELECT group_id, gen_random_uuid(), user_id, 'date', action, id,
           action || ':' || id || ':' || extract(epoch FROM moment)::bigint, now()
      FROM told t
     WHERE NOT EXISTS (SELECT FROM notice n WHERE n.group_id = t.group_id AND n.user_id = t.user_id
       AND n.source = t.action || ':' || t.id || ':' || extract(epoch FROM t.moment)::bigint)
    ON CONFLICT (group_id, user_id, source) DO NOTHING
    RETURNING user_id AS id`;
  return rows.map(({ id }) => id);
}

/** Those of whom mail is wanted at once, and who have notices that were not mailed: about these annotations, or any. */
export async function selectMailedAtOnce(
  tx: Tx,
  among: { groupId: string; annotations: string[] } | { users: string[] },
): Promise<string[]> {
  const which =
    'users' in among
      ? Prisma.sql`n.user_id = ANY(${among.users}::uuid[])`
      : Prisma.sql`n.group_id = ${among.groupId}::uuid AND n.annotation_id = ANY(${among.annotations}::uuid[])`;
  const rows = await tx.$queryRaw<{ id: string }[]>(Prisma.sql`
    SELECT DISTINCT n.user_id AS id FROM notice n JOIN notice_setting s ON s.user_id = n.user_id
     WHERE s.mail = 'at-once' AND n.mailed_at IS NULL AND n.read_at IS NULL AND ${which}`);
  return rows.map(({ id }) => id);
}

/** Forgets notices that are of no use any more: read ones after a season, all after a year. */
export async function deleteOldNotices(): Promise<void> {
  await db.$executeRaw`
    DELETE FROM notice WHERE created_at < now() - interval '1 year'
       OR read_at < now() - interval '90 days'`;
}
