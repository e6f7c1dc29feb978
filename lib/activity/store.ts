import { afterCommit, Prisma, pool, query, type Tx } from '@/lib/db';
import type { ActivityKind, DomainEvent, RecordedEvent } from './kinds';

/** The columns of an event; a payload has those of its kind. */
type Columns = { annotationId?: string | null; actorId?: string | null; subjectId?: string | null };

/** Inserts the event, and calls `then` with its group once it is committed. Nothing is locked. */
export async function insertEvent(
  tx: Tx,
  event: DomainEvent,
  then: (groupId: string) => void,
): Promise<void> {
  const {
    groupId,
    kind,
    annotationId = null,
    actorId = null,
    subjectId = null,
  }: DomainEvent & Columns = event;
  await tx.$executeRaw`
    INSERT INTO event (group_id, kind, annotation_id, actor_id, subject_id)
    VALUES (${groupId}::uuid, ${kind}, ${annotationId}::uuid, ${actorId}::uuid, ${subjectId}::uuid)`;
  afterCommit(tx, () => then(groupId));
}

/**
 * The part of a statement that records what it did to an annotation: `written` is the name of the one row that it
 * wrote, with `group_id` and `id`, or of none where it did nothing.
 */
export function eventOfWritten(kind: ActivityKind<'annotation'>, actorId: string): Prisma.Sql {
  return Prisma.sql`INSERT INTO event (group_id, kind, annotation_id, actor_id)
    SELECT w.group_id, ${kind}::text, w.id, ${actorId}::uuid FROM written w`;
}

/** Inserts the events of many annotations of a group, in one statement. */
export async function insertEvents(
  tx: Tx,
  groupId: string,
  events: { kind: ActivityKind<'annotation'>; annotationId: string; actorId: string }[],
): Promise<void> {
  await tx.$executeRaw(Prisma.sql`
    INSERT INTO event (group_id, kind, annotation_id, actor_id)
    SELECT ${groupId}::uuid, n.kind, n."annotationId", n."actorId"
      FROM jsonb_to_recordset(${JSON.stringify(events)}::jsonb) AS n(kind text, "annotationId" uuid, "actorId" uuid)`);
}

/** Notifies the channel of events of these groups. */
export async function notifyListeners(groupIds: string[]): Promise<void> {
  const text = `SELECT pg_notify('scholion_event', id) FROM unnest($1::text[]) AS id`;
  await pool().query({ name: 'notify-events', text, values: [groupIds] });
}

/**
 * The events of a group after `after`, oldest first, `limit` at most. Those that have no number yet get theirs first,
 * after all numbers that were ever given: what becomes visible late comes late, and is never passed over.
 */
export async function selectEvents(groupId: string, after: bigint, limit: number): Promise<RecordedEvent[]> {
  type Row = { groupId: string; seq: string; kind: string; createdAt: Date } & Record<
    'annotationId' | 'actorId' | 'subjectId',
    string | null
  >;
  await pool().query({ name: 'number-events', text: 'SELECT number_events($1::uuid)', values: [groupId] });
  const rows = await query<Row>(Prisma.sql`
    SELECT group_id AS "groupId", number AS seq, kind, annotation_id AS "annotationId", actor_id AS "actorId",
           subject_id AS "subjectId", created_at AS "createdAt" FROM event
     WHERE group_id = ${groupId}::uuid AND number > ${after.toString()}::bigint ORDER BY number LIMIT ${limit}`);
  // The table has a column for every payload; only `insertEvent` fills them, by kind.
  return rows.map(({ seq, ...row }) => ({ ...row, seq: BigInt(seq) })) as RecordedEvent[];
}

/** The place of the last event of a group (0 where none has one), and a moment that is not before it. */
export async function selectMoment(groupId: string): Promise<{ newest: bigint; moment: bigint }> {
  await pool().query({ name: 'number-events', text: 'SELECT number_events($1::uuid)', values: [groupId] });
  const [row] = await query<{ newest: string; moment: string }>(Prisma.sql`
    SELECT newest, greatest(newest, floor(extract(epoch FROM clock_timestamp()) * 1000000)::bigint) AS moment
      FROM (SELECT coalesce(max(number), 0) AS newest FROM event WHERE group_id = ${groupId}::uuid) last`);
  return { newest: BigInt(row?.newest ?? 0), moment: BigInt(row?.moment ?? 0) };
}

/** Which of these groups have events after these places, or a reveal date of which there is no event yet. */
export async function selectNews(known: [groupId: string, after: bigint][]): Promise<string[]> {
  const [ids, places] = [known.map(([id]) => id), known.map(([, after]) => after.toString())];
  const rows = await query<{ id: string }>(Prisma.sql`
    SELECT k.id FROM unnest(${ids}::uuid[], ${places}::bigint[]) AS k(id, after)
     WHERE EXISTS (SELECT FROM event e WHERE e.group_id = k.id AND e.number IS NULL)
        OR EXISTS (SELECT FROM event e WHERE e.group_id = k.id AND e.number > k.after)
        OR EXISTS (SELECT FROM assignment s WHERE s.group_id = k.id AND s.mode = 'blind-until' AND s.reveal <= now()
             AND s.reveal_recorded IS DISTINCT FROM s.reveal)`);
  return rows.map(({ id }) => id);
}
