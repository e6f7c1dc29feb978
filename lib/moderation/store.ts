import { Prisma, query } from '@/lib/db';
import type { Decision, Flag, FlagReason } from './schema';

/** What waits for staff: pending, or flagged by a reader and not dealt with. A condition on the alias `a`. */
export const AWAITING_REVIEW = Prisma.sql`(a.state = 'pending' OR (a.state = 'published' AND EXISTS (
  SELECT FROM flag f WHERE f.group_id = a.group_id AND f.annotation_id = a.id AND f.settled_at IS NULL)))`;

/** The annotations with these ids. A condition on the alias `a`. */
export function among(ids: string[]): Prisma.Sql {
  return Prisma.sql`a.id = ANY(${ids}::uuid[])`;
}

/** Writes a reader's flag; a second one by the same reader takes the place of the first. */
export async function upsertFlag(
  tx: Prisma.TransactionClient,
  flag: { groupId: string; annotationId: string; userId: string; reason: FlagReason; note: string },
): Promise<void> {
  await tx.$executeRaw`
    INSERT INTO flag (group_id, annotation_id, user_id, reason, note)
    VALUES (${flag.groupId}::uuid, ${flag.annotationId}::uuid, ${flag.userId}::uuid,
      ${flag.reason}::"FlagReason", ${flag.note})
    ON CONFLICT (group_id, annotation_id, user_id)
    DO UPDATE SET reason = excluded.reason, note = excluded.note, created_at = now(), settled_at = NULL`;
}

export async function settleFlags(tx: Prisma.TransactionClient, groupId: string, annotationId: string) {
  await tx.flag.updateMany({
    where: { groupId, annotationId, settledAt: null },
    data: { settledAt: new Date() },
  });
}

/** The open flags of several annotations, in one statement. */
export function selectFlags(
  groupId: string,
  annotations: string[],
): Promise<(Flag & { annotation: string })[]> {
  return query<Flag & { annotation: string }>(Prisma.sql`
    SELECT f.annotation_id AS annotation, f.reason::text, f.note, f.created_at AS created,
      json_build_object('id', u.id, 'name', coalesce(u.name, '')) AS by
    FROM flag f JOIN "user" u ON u.id = f.user_id
    WHERE f.group_id = ${groupId}::uuid AND f.annotation_id = ANY(${annotations}::uuid[]) AND f.settled_at IS NULL
    ORDER BY f.created_at`);
}

export async function insertDecision(
  tx: Prisma.TransactionClient,
  decision: Prisma.DecisionUncheckedCreateInput,
): Promise<void> {
  await tx.decision.create({ data: decision, select: { id: true } });
}

/** The log of a group, newest first, from before `cursor`. */
export function selectDecisions(groupId: string, limit: number, cursor?: string): Promise<Decision[]> {
  const before = cursor ? Prisma.sql`AND d.id < ${cursor}::uuid` : Prisma.empty;
  return query<Decision>(Prisma.sql`
    SELECT d.id, d.annotation_id AS annotation, d.action::text, d.reason, d.before::text, d.after::text, d.version,
      d.created_at AS created, json_build_object('id', u.id, 'name', coalesce(u.name, '')) AS actor
    FROM decision d JOIN "user" u ON u.id = d.actor_id
    WHERE d.group_id = ${groupId}::uuid ${before} ORDER BY d.id DESC LIMIT ${limit}`);
}
