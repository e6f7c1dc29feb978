import { db, type Prisma, type Tx } from '@/lib/db';

/** Serialises the imports of a group until the transaction ends, so that two imports of one file see each other. */
export async function lockImports(tx: Tx, groupId: string): Promise<void> {
  await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended('import ' || ${groupId}::text, 0))`;
}

export async function insertImport(tx: Tx, data: Prisma.ImportUncheckedCreateInput): Promise<void> {
  await tx.import.create({ data, select: { id: true } });
}

/** The imports of a group with their actors, newest first. */
export function selectImports(groupId: string) {
  return db.$queryRaw<
    {
      id: string;
      format: string;
      total: number;
      actorId: string | null;
      actorName: string | null;
      createdAt: Date;
      undoneAt: Date | null;
    }[]
  >`
    SELECT i.id, i.format, i.total, i.actor_id AS "actorId", u.name AS "actorName", i.created_at AS "createdAt",
      i.undone_at AS "undoneAt"
    FROM import i LEFT JOIN "user" u ON u.id = i.actor_id
    WHERE i.group_id = ${groupId}::uuid ORDER BY i.id DESC LIMIT 100`;
}

/** Marks an import as undone. False where there is none, or it is undone already. */
export async function markUndone(tx: Tx, groupId: string, id: string): Promise<boolean> {
  const { count } = await tx.import.updateMany({
    where: { groupId, id, undoneAt: null },
    data: { undoneAt: new Date() },
  });
  return count > 0;
}

/** Makes the imports of `from` those of `into`. */
export async function moveImportsOfPerson(tx: Tx, from: string, into: string): Promise<void> {
  await tx.import.updateMany({ where: { actorId: from }, data: { actorId: into } });
}
