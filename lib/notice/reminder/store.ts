import { Prisma, type Tx } from '@/lib/db';

/** A message of staff to students who still owe something in an assignment. */
export type NewReminder = {
  groupId: string;
  id: string;
  assignmentId: string;
  actorId: string;
  words: string;
};

/** Keeps a message, and tells these people of it. */
export async function insertReminder(tx: Tx, reminder: NewReminder, people: string[]): Promise<void> {
  const { groupId, id, assignmentId } = reminder;
  await tx.reminder.create({ data: reminder, select: { id: true } });
  await tx.$executeRaw(Prisma.sql`
    INSERT INTO notice (group_id, id, user_id, kind, action, assignment_id, source, created_at)
    SELECT ${groupId}::uuid, gen_random_uuid(), m.id, 'date', 'owes', ${assignmentId}::uuid, ${`reminder:${id}`}, now()
      FROM unnest(${people}::uuid[]) AS m(id)`);
}
