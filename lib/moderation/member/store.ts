import { Prisma, query, type Tx } from '@/lib/db';
import { newId } from '@/lib/kernel/ids';

type Words = { userId: string; actorId: string; words: string };
export type WarningRow = {
  id: string;
  words: string;
  by: { id: string; name: string };
  created: string;
  acknowledged: string | null;
};

export async function insertWarning(tx: Tx, groupId: string, warning: Words): Promise<string> {
  const id = newId();
  await tx.warning.create({ data: { groupId, id, ...warning }, select: { id: true } });
  return id;
}

/** Marks a warning of a member as read by them. False where they have no such one, or have read it. */
export async function acknowledge(tx: Tx, groupId: string, id: string, userId: string): Promise<boolean> {
  const { count } = await tx.warning.updateMany({
    where: { groupId, id, userId, acknowledgedAt: null },
    data: { acknowledgedAt: new Date() },
  });
  return count > 0;
}

export async function insertNote(tx: Tx, groupId: string, note: Words): Promise<void> {
  await tx.memberNote.create({ data: { groupId, id: newId(), ...note }, select: { id: true } });
}

/** The warnings of a member, newest first. */
export function selectWarnings(groupId: string, userId: string): Promise<WarningRow[]> {
  return query<WarningRow>(Prisma.sql`
    SELECT w.id, w.words, w.created_at AS created, w.acknowledged_at AS acknowledged,
      json_build_object('id', u.id, 'name', coalesce(u.name, '')) AS by
    FROM warning w JOIN "user" u ON u.id = w.actor_id
    WHERE w.group_id = ${groupId}::uuid AND w.user_id = ${userId}::uuid ORDER BY w.id DESC LIMIT 200`);
}

/** What staff has noted of a member, newest first. */
export function selectNotes(groupId: string, userId: string): Promise<Omit<WarningRow, 'acknowledged'>[]> {
  return query(Prisma.sql`
    SELECT w.id, w.words, w.created_at AS created, json_build_object('id', u.id, 'name', coalesce(u.name, '')) AS by
    FROM member_note w JOIN "user" u ON u.id = w.actor_id
    WHERE w.group_id = ${groupId}::uuid AND w.user_id = ${userId}::uuid ORDER BY w.id DESC LIMIT 200`);
}

/** Makes what was said to and of one person another's. */
export async function moveWordsToPerson(tx: Tx, from: string, into: string): Promise<void> {
  await tx.warning.updateMany({ where: { userId: from }, data: { userId: into } });
  await tx.memberNote.updateMany({ where: { userId: from }, data: { userId: into } });
}

export async function isMemberOf(groupId: string, userId: string): Promise<boolean> {
  const rows = await query(Prisma.sql`
    SELECT 1 FROM member m WHERE m.group_id = ${groupId}::uuid AND m.user_id = ${userId}::uuid`);
  return rows.length > 0;
}
