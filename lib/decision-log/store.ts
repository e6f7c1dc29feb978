import { Prisma, type Tx } from '@/lib/db';
import { newId } from '@/lib/kernel/ids';
import type { LoggedAction } from './actions';

type State = 'published' | 'pending' | 'hidden' | 'denied' | 'deleted';

/** An entry of the log, with ids alone beside the words of who decided. */
export type NewEntry = {
  /** Left out: a new one. */
  id?: string;
  /** Null for an entry on a member or on the group. */
  annotationId: string | null;
  actorId: string;
  action: LoggedAction;
  reason: string;
  /** The annotation's state before and after, and its version after: null where it is on none. */
  before: State | null;
  after: State | null;
  version: number | null;
  /** The member whom it concerns, where it is on no annotation. */
  subjectId?: string | null;
  /** What several decisions at once have in common. */
  batchId?: string | null;
  /** What else is to be known of it: ids and values. */
  details?: object | null;
};

/**
 * The part of a statement that adds entries to the log of a group: the one way in which an entry is written. With `written`
 * it adds those alone whose annotation is in the statement's `written`, and all of them without.
 */
export function insertionOfEntries(groupId: string, entries: NewEntry[], written = false): Prisma.Sql {
  const rows = entries.map(({ id = newId(), ...entry }) => ({ id, ...entry }));
  const only = written
    ? Prisma.sql`JOIN written w ON w.group_id = ${groupId}::uuid AND w.id = n."annotationId"`
    : Prisma.empty;
  return Prisma.sql`
    INSERT INTO decision (group_id, id, annotation_id, actor_id, action, reason, before, after, version, subject_id,
      batch_id, details)
    SELECT ${groupId}::uuid, n.id, n."annotationId", n."actorId", n.action, n.reason, n.before::"State",
      n.after::"State", n.version, n."subjectId", n."batchId", n.details
    FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) AS n(id uuid, "annotationId" uuid, "actorId" uuid,
      action text, reason text, before text, after text, version int, "subjectId" uuid, "batchId" uuid, details jsonb) ${only}`;
}

/** As `insertionOfEntries`, for the one annotation that a statement has `written`. */
export function entryOfWritten(groupId: string, entry: NewEntry): Prisma.Sql {
  return insertionOfEntries(groupId, [entry], true);
}

/** Adds an entry to the log, in the transaction of what it tells of. */
export function recordEntry(tx: Tx, groupId: string, entry: NewEntry): Promise<void> {
  return recordEntries(tx, groupId, [entry]);
}

/** As `recordEntry`, of many in one statement. */
export async function recordEntries(tx: Tx, groupId: string, entries: NewEntry[]): Promise<void> {
  await tx.$executeRaw(insertionOfEntries(groupId, entries));
}

/** Erases the reasons of decisions on what these people wrote, which may tell of them; the record says that they are gone. */
export async function eraseReasonsAbout(tx: Tx, ids: string[]): Promise<void> {
  await tx.$executeRaw`
    UPDATE decision d SET reason = '' FROM annotation a
     WHERE a.group_id = d.group_id AND a.id = d.annotation_id AND a.author_id = ANY(${ids}::uuid[]) AND d.reason <> ''`;
}
