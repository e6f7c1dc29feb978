import { db, type Prisma, type Tx } from '@/lib/db';

/** A task on given sections of an edition. */
export type Assignment = Prisma.AssignmentGetPayload<object>;

/** An assignment of a group; null where there is none. */
export function findAssignment(groupId: string, id: string, client: Tx = db): Promise<Assignment | null> {
  return client.assignment.findUnique({ where: { groupId_id: { groupId, id } } });
}
