import { eventOfWritten } from '@/lib/activity';
import type { Tx } from '@/lib/db';

/** Makes what `from` wrote, and agrees with, that of `into`. The versions count on, because the author is part of what ETags stand for. */
export async function moveAnnotationsOfPerson(tx: Tx, from: string, into: string): Promise<void> {
  await tx.annotation.updateMany({
    where: { authorId: from },
    data: { authorId: into, version: { increment: 1 } },
  });
  await tx.$executeRaw`
    INSERT INTO agreement (group_id, annotation_id, user_id, created_at)
    SELECT y.group_id, y.annotation_id, ${into}::uuid, y.created_at FROM agreement y
      JOIN annotation a ON a.group_id = y.group_id AND a.id = y.annotation_id
     WHERE y.user_id = ${from}::uuid AND a.author_id <> ${into}::uuid ON CONFLICT DO NOTHING`;
  await tx.agreement.deleteMany({ where: { userId: from } });
  // Nobody agrees with themselves.
  await tx.$executeRaw`
    DELETE FROM agreement y USING annotation a WHERE y.user_id = ${into}::uuid
      AND a.group_id = y.group_id AND a.id = y.annotation_id AND a.author_id = ${into}::uuid`;
}

/**
 * Takes what somebody wrote out of sight at once, as they would by deleting each note: `all` of it, or what they wrote for
 * themselves alone. Gives the groups in which something changed.
 */
export async function withdrawNotesOfPerson(
  tx: Tx,
  { id, all }: { id: string; all: boolean },
): Promise<string[]> {
  const rows = await tx.$queryRaw<{ groupId: string }[]>`
    SELECT DISTINCT group_id AS "groupId" FROM annotation
     WHERE author_id = ${id}::uuid AND state <> 'deleted' AND (${all} OR visibility = 'private')`;
  await tx.$executeRaw`
    WITH written AS (
      UPDATE annotation SET state = 'deleted', deleted_from = state, version = version + 1
       WHERE author_id = ${id}::uuid AND state <> 'deleted' AND (${all} OR visibility = 'private')
      RETURNING group_id, id)
    ${eventOfWritten('annotation.deleted', id)}`;
  return rows.map(({ groupId }) => groupId);
}

/**
 * Erases the words of somebody's notes for good: all of them, or those that are deleted and what their author wrote for themselves
 * alone. Of every note the earlier versions go, and what came with it from elsewhere. Gives how many notes lost their words, how
 * many keep them, and how many versions went.
 */
export async function eraseNotesOfPerson(
  tx: Tx,
  { ids, all }: { ids: string[]; all: boolean },
): Promise<{ removed: number; kept: number; versions: number }> {
  const versions = await tx.$executeRaw`
    DELETE FROM annotation_version v USING annotation a
     WHERE a.group_id = v.group_id AND a.id = v.annotation_id AND a.author_id = ANY(${ids}::uuid[])`;
  const removed = await tx.$executeRaw`
    UPDATE annotation SET body = '', tags = '{}', reading = NULL, citation = NULL, citation_address = NULL, received = NULL, origins = '{}', reason = NULL, state = 'deleted',
           deleted_from = NULL, version = version + 1
     WHERE author_id = ANY(${ids}::uuid[]) AND (${all} OR state = 'deleted' OR visibility = 'private')`;
  const kept = await tx.$executeRaw`
    UPDATE annotation SET received = NULL, origins = '{}', version = version + 1
     WHERE author_id = ANY(${ids}::uuid[]) AND state <> 'deleted'`;
  return { removed, kept, versions };
}

/** How many notes of others have one of these names in free words. */
export async function countNotesNaming(tx: Tx, ids: string[], names: string[]): Promise<number> {
  const [row] = await tx.$queryRaw<{ n: number }[]>`
    SELECT count(*)::int AS n FROM annotation a
     WHERE a.author_id <> ALL(${ids}::uuid[])
       AND EXISTS (SELECT FROM unnest(${names}::text[]) AS x(name) WHERE position(lower(x.name) IN lower(a.body)) > 0)`;
  return row?.n ?? 0;
}

/**
 * Erases for good the words of notes that have been deleted for `days`, with their earlier versions: nobody brings them back
 * then. Triggers must be told first that this is an erasure. Gives how many.
 */
export async function eraseDeletedWords(tx: Tx, days: number): Promise<number> {
  const rows = await tx.$queryRaw<{ n: number }[]>`
    WITH old AS (
      SELECT a.group_id, a.id FROM annotation a
       WHERE a.state = 'deleted' AND (a.body <> '' OR a.tags <> '{}' OR a.received IS NOT NULL)
         AND a.created_at < now() - make_interval(days => ${days}::int)
         AND NOT EXISTS (SELECT FROM earlier_sight s WHERE s.group_id = a.group_id AND s.annotation_id = a.id
           AND s.at >= now() - make_interval(days => ${days}::int))
       ORDER BY a.id LIMIT 5000),
    versions AS (
      DELETE FROM annotation_version v USING old WHERE v.group_id = old.group_id AND v.annotation_id = old.id),
    erased AS (
      UPDATE annotation a SET body = '', tags = '{}', reading = NULL, citation = NULL, citation_address = NULL, received = NULL, origins = '{}', reason = NULL, deleted_from = NULL,
             version = version + 1
        FROM old WHERE a.group_id = old.group_id AND a.id = old.id RETURNING 1)
    SELECT count(*)::int AS n FROM erased`;
  return rows[0]?.n ?? 0;
}
