import { db, Prisma, type Tx } from '@/lib/db';
import { type ErasedNotes, type ErasureMarks, type ErasureResult, erasureMarksSchema } from './schema';

type NewErasure = { id: string; secretHash: string; notes: ErasedNotes; marks: ErasureMarks; due: Date };

export async function insertErasure(tx: Tx, erasure: NewErasure): Promise<void> {
  await tx.erasure.create({ data: erasure, select: { id: true } });
}

export function findErasure(secretHash: string) {
  return db.erasure.findUnique({ where: { secretHash } });
}

/** An erasure that is due and not done, locked until the transaction ends; null where there is none. */
export async function lockErasure(
  tx: Tx,
  id: string,
): Promise<{ notes: ErasedNotes; marks: ErasureMarks } | null> {
  const [row] = await tx.$queryRaw<{ notes: ErasedNotes; marks: unknown }[]>`
    SELECT notes, marks FROM erasure WHERE id = ${id}::uuid AND done_at IS NULL FOR UPDATE`;
  return row ? { notes: row.notes, marks: erasureMarksSchema.parse(row.marks) } : null;
}

export async function finishErasure(tx: Tx, id: string, result: ErasureResult): Promise<void> {
  const data = { doneAt: new Date(), marks: Prisma.DbNull, result };
  await tx.erasure.update({ where: { id }, data, select: { id: true } });
}

/** Forgets results after a year. */
export async function deleteOldErasures(): Promise<void> {
  await db.$executeRaw`DELETE FROM erasure WHERE done_at < now() - interval '1 year'`;
}

/** Lets the triggers of logs, versions and archived groups pass what this transaction changes. */
export async function allowErasing(tx: Tx): Promise<void> {
  await tx.$executeRaw`
    SELECT set_config('scholion.erasing', 'on', true), set_config('scholion.archived_writes', 'on', true)`;
}
