import type { Prisma } from '@/lib/db';

/** What is written down of one happening: ids only, so that whoever reads it asks policy again. */
export type DomainEvent = {
  groupId: string;
  /** `noun.verb`, in the words of the rooms: `member.joined`, `annotation.created`. */
  kind: `${string}.${string}`;
  annotationId?: string | null;
  actorId?: string | null;
  /** The person that it was done to, where it was not the actor's own doing. */
  subjectId?: string | null;
};

/**
 * Inserts the event and wakes the listeners, in one statement. The advisory lock makes numbers become visible in
 * their order within a group: a reader who has seen event 7 will never be given a 6 afterwards.
 */
export async function insertEvent(tx: Prisma.TransactionClient, event: DomainEvent): Promise<void> {
  const { groupId, kind, annotationId = null, actorId = null, subjectId = null } = event;
  await tx.$executeRaw`
    WITH turn AS MATERIALIZED (SELECT pg_advisory_xact_lock(hashtextextended(${groupId}::text, 0)))
    INSERT INTO event (group_id, kind, annotation_id, actor_id, subject_id)
    SELECT ${groupId}::uuid, ${kind}, ${annotationId}::uuid, ${actorId}::uuid, ${subjectId}::uuid FROM turn
    RETURNING pg_notify('scholion_event', group_id::text)`;
}
