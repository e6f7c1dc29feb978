import { db, type Tx } from '@/lib/db';
import { newId } from '@/lib/kernel/ids';

export type SubgroupRow = { id: string; name: string; assignmentId: string | null; members: string[] };

/** The subgroups of a group by name, with the ids of their members. */
export async function selectSubgroups(groupId: string): Promise<SubgroupRow[]> {
  const rows = await db.subgroup.findMany({
    where: { groupId },
    orderBy: [{ name: 'asc' }, { id: 'asc' }],
    select: { id: true, name: true, assignmentId: true, members: { select: { userId: true } } },
  });
  return rows.map(({ members, ...row }) => ({ ...row, members: members.map(({ userId }) => userId) }));
}

export function countSubgroups(tx: Tx, groupId: string): Promise<number> {
  return tx.subgroup.count({ where: { groupId } });
}

/** Replaces the subgroups for an assignment (null: those for all) by these. */
export async function replaceSubgroups(
  tx: Tx,
  groupId: string,
  assignmentId: string | null,
  subgroups: { name: string; members: string[] }[],
): Promise<void> {
  const rows = subgroups.map((subgroup) => ({ id: newId(), ...subgroup }));
  await tx.subgroup.deleteMany({ where: { groupId, assignmentId } });
  await tx.subgroup.createMany({ data: rows.map(({ id, name }) => ({ groupId, id, name, assignmentId })) });
  await tx.subgroupMember.createMany({
    data: rows.flatMap(({ id, members }) =>
      members.map((userId) => ({ groupId, subgroupId: id, userId, assignmentId })),
    ),
  });
}

/** Makes a subgroup of these people, who leave the one that they are in for the same assignment. Returns its id. */
export async function insertSubgroup(
  tx: Tx,
  groupId: string,
  { name, assignmentId, members }: Omit<SubgroupRow, 'id'>,
): Promise<string> {
  const id = newId();
  await tx.subgroup.create({ data: { groupId, id, name, assignmentId }, select: { id: true } });
  await setMembers(tx, groupId, { id, assignmentId }, members);
  return id;
}

/** Sets who is in a subgroup. */
export async function setMembers(
  tx: Tx,
  groupId: string,
  { id, assignmentId }: { id: string; assignmentId: string | null },
  members: string[],
): Promise<void> {
  await tx.subgroupMember.deleteMany({ where: { groupId, subgroupId: id } });
  await tx.subgroupMember.deleteMany({ where: { groupId, assignmentId, userId: { in: members } } });
  await tx.subgroupMember.createMany({
    data: members.map((userId) => ({ groupId, subgroupId: id, userId, assignmentId })),
  });
}

export function findSubgroup(tx: Tx, groupId: string, id: string) {
  return tx.subgroup.findUnique({
    where: { groupId_id: { groupId, id } },
    select: { id: true, name: true, assignmentId: true },
  });
}

export async function renameSubgroup(tx: Tx, groupId: string, id: string, name: string): Promise<void> {
  await tx.subgroup.update({ where: { groupId_id: { groupId, id } }, data: { name }, select: { id: true } });
}

export async function deleteSubgroup(tx: Tx, groupId: string, id: string): Promise<void> {
  await tx.subgroup.delete({ where: { groupId_id: { groupId, id } }, select: { id: true } });
}

/** Takes somebody out of all subgroups of a group. */
export async function leaveSubgroups(tx: Tx, groupId: string, userId: string): Promise<void> {
  await tx.subgroupMember.deleteMany({ where: { groupId, userId } });
}
