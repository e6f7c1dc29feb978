import { Prisma, type Tx } from '@/lib/db';

/** When the rule of the group `g` has what is kept now forgotten. */
const KEPT_UNTIL = Prisma.sql`now() + make_interval(days => g.evidence_days)`;

/**
 * The part of a statement that keeps the annotation in its row `written` as it stood before: the statement still sees it
 * so.
 */
export function keptAsItStood(decision: string): Prisma.Sql {
  return Prisma.sql`INSERT INTO evidence (group_id, decision_id, annotation_id, version, author_id, body, tags, kept_until)
    SELECT o.group_id, ${decision}::uuid, o.id, o.version, o.author_id, o.body, o.tags, ${KEPT_UNTIL}
    FROM annotation o JOIN written w ON w.group_id = o.group_id AND w.id = o.id JOIN "group" g ON g.id = o.group_id`;
}

/** Keeps many annotations of a group as they stood when these decisions were made on them. */
export async function keepMany(
  tx: Tx,
  groupId: string,
  decided: { decision: string; id: string }[],
): Promise<void> {
  await tx.$executeRaw(Prisma.sql`
    INSERT INTO evidence (group_id, decision_id, annotation_id, version, author_id, body, tags, kept_until)
    SELECT o.group_id, n.decision, o.id, o.version - 1, o.author_id, o.body, o.tags, ${KEPT_UNTIL}
    FROM jsonb_to_recordset(${JSON.stringify(decided)}::jsonb) AS n(decision uuid, id uuid)
    JOIN annotation o ON o.group_id = ${groupId}::uuid AND o.id = n.id JOIN "group" g ON g.id = o.group_id`);
}

/** Keeps an earlier version that a decision hides. */
export async function keepVersion(
  tx: Tx,
  { groupId, id, authorId }: { groupId: string; id: string; authorId: string },
  { decision, version }: { decision: string; version: number },
): Promise<void> {
  await tx.$executeRaw(Prisma.sql`
    INSERT INTO evidence (group_id, decision_id, annotation_id, version, author_id, body, tags, kept_until)
    SELECT v.group_id, ${decision}::uuid, v.annotation_id, v.version, ${authorId}::uuid, v.body, v.tags, ${KEPT_UNTIL}
    FROM annotation_version v JOIN "group" g ON g.id = v.group_id
    WHERE v.group_id = ${groupId}::uuid AND v.annotation_id = ${id}::uuid AND v.version = ${version}::int`);
}
