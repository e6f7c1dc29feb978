import { eventOfWritten } from '@/lib/activity';
import { Prisma, query, type Tx } from '@/lib/db';
import { READABLE_FROM, readable, shownTo, type VisibilityScope } from '@/lib/policy/readable';
import { versionOfWritten } from '../versions/store';

/** How often each tag is in use in a group, in notes whose words `scope` is shown. */
export function countTags(
  scope: VisibilityScope,
  groupId: string,
  limit: number,
): Promise<{ tag: string; count: number }[]> {
  return query(Prisma.sql`
    SELECT t.tag, count(*)::int AS count FROM ${READABLE_FROM} CROSS JOIN LATERAL unnest(a.tags) AS t(tag)
     WHERE a.group_id = ${groupId}::uuid AND a.tags <> '{}' AND a.state <> 'deleted' AND ${readable(scope)} AND ${shownTo(scope)}
     GROUP BY t.tag ORDER BY count(*) DESC, t.tag LIMIT ${limit}`);
}

/**
 * Puts `to` in the place of the tags `from` in all notes of a group that `scope` may see; the versions before are kept. Gives
 * the number of notes.
 */
export async function renameTags(
  tx: Tx,
  scope: VisibilityScope,
  groupId: string,
  { from, to, actorId }: { from: string[]; to: string; actorId: string },
): Promise<number> {
  // They are locked first, so that the next statement keeps the version that it changes.
  const chosen = await tx.$queryRaw<{ id: string }[]>(Prisma.sql`
    SELECT a.id FROM ${READABLE_FROM}
     WHERE a.group_id = ${groupId}::uuid AND a.tags && ${from}::text[] AND a.state <> 'deleted'
       AND ${readable(scope)} AND ${shownTo(scope)}
     ORDER BY a.id <> a.root_id, a.id FOR NO KEY UPDATE OF a`);
  if (chosen.length === 0) return 0;
  await tx.$executeRaw(Prisma.sql`
    WITH written AS (
      UPDATE annotation a SET version = version + 1, modified_at = now(),
             tags = (SELECT array_agg(n.tag ORDER BY n.place) FROM (
               SELECT CASE WHEN t.tag = ANY(${from}::text[]) THEN ${to}::text ELSE t.tag END AS tag, min(t.place) AS place
                 FROM unnest(a.tags) WITH ORDINALITY AS t(tag, place) GROUP BY 1) n)
       WHERE a.group_id = ${groupId}::uuid AND a.id = ANY(${chosen.map(({ id }) => id)}::uuid[]) AND a.tags && ${from}::text[]
       RETURNING group_id, id
    ), kept AS (${versionOfWritten({})}), told AS (${eventOfWritten('annotation.changed', actorId)})
    SELECT count(*) FROM written`);
  return chosen.length;
}
