import { Prisma, query, type Tx, write } from '@/lib/db';

/** For how long a note counts as looked at after it was last said to be, and after what time that is forgotten. */
const LOOKED_AT_FOR = Prisma.sql`interval '1 minute'`;
const FORGOTTEN_AFTER = Prisma.sql`interval '10 minutes'`;

export type LookRow = { annotation: string; by: { id: string; name: string } };

/** Notes which annotation somebody looks at, in place of the last one; none for null. What is old goes with it. */
export async function upsertLook(groupId: string, userId: string, annotation: string | null): Promise<void> {
  await write(Prisma.sql`
    WITH gone AS (DELETE FROM queue_look WHERE group_id = ${groupId}::uuid AND CASE WHEN user_id = ${userId}::uuid
      THEN ${annotation}::uuid IS NULL ELSE looked_at < now() - ${FORGOTTEN_AFTER} END)
    INSERT INTO queue_look (group_id, user_id, annotation_id)
    SELECT ${groupId}::uuid, ${userId}::uuid, ${annotation}::uuid WHERE ${annotation}::uuid IS NOT NULL
    ON CONFLICT (group_id, user_id) DO UPDATE SET annotation_id = excluded.annotation_id, looked_at = now()`);
}

/** What others look at now. */
export function selectLooks(groupId: string, userId: string): Promise<LookRow[]> {
  return query<LookRow>(Prisma.sql`
    SELECT l.annotation_id AS annotation, json_build_object('id', u.id, 'name', coalesce(u.name, '')) AS by
    FROM queue_look l JOIN "user" u ON u.id = l.user_id
    WHERE l.group_id = ${groupId}::uuid AND l.user_id <> ${userId}::uuid AND l.looked_at > now() - ${LOOKED_AT_FOR}
    ORDER BY l.looked_at LIMIT 100`);
}

export async function deleteLooksOfPerson(tx: Tx, userId: string): Promise<void> {
  await tx.queueLook.deleteMany({ where: { userId } });
}
