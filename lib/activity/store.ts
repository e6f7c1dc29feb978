import { Prisma, query, type Tx } from '@/lib/db';
import type { DomainEvent, RecordedEvent } from './kinds';

/** The columns of an event; a payload has those of its kind. */
type Columns = { annotationId?: string | null; actorId?: string | null; subjectId?: string | null };

/**
 * Inserts the event and wakes the listeners, in one statement. The advisory lock makes numbers become visible in
 * their order within a group: a reader who has seen event 7 will never be given a 6 afterwards.
 */
export async function insertEvent(tx: Tx, event: DomainEvent): Promise<void> {
  const {
    groupId,
    kind,
    annotationId = null,
    actorId = null,
    subjectId = null,
  }: DomainEvent & Columns = event;
  await tx.$executeRaw`
    WITH turn AS MATERIALIZED (SELECT pg_advisory_xact_lock(hashtextextended(${groupId}::text, 0)))
    INSERT INTO event (group_id, kind, annotation_id, actor_id, subject_id)
    SELECT ${groupId}::uuid, ${kind}, ${annotationId}::uuid, ${actorId}::uuid, ${subjectId}::uuid FROM turn
    RETURNING pg_notify('scholion_event', group_id::text)`;
}

/** The events of a group after `after`, oldest first, `limit` at most. */
export async function selectEvents(groupId: string, after: bigint, limit: number): Promise<RecordedEvent[]> {
  type Row = { groupId: string; seq: string; kind: string; createdAt: Date } & Record<
    'annotationId' | 'actorId' | 'subjectId',
    string | null
  >;
  const rows = await query<Row>(Prisma.sql`
    SELECT group_id AS "groupId", seq, kind, annotation_id AS "annotationId", actor_id AS "actorId",
           subject_id AS "subjectId", created_at AS "createdAt" FROM event
     WHERE group_id = ${groupId}::uuid AND seq > ${after.toString()}::bigint ORDER BY seq LIMIT ${limit}`);
  // The table has a column for every payload; only `insertEvent` fills them, by kind.
  return rows.map(({ seq, ...row }) => ({ ...row, seq: BigInt(seq) })) as RecordedEvent[];
}
