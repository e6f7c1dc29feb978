import { db, type Tx } from '@/lib/db';
import { newId } from '@/lib/kernel/ids';
import type { AccountChangeKind } from '../schema';

type NewChange = {
  userId: string;
  actorId: string | null;
  kind: AccountChangeKind;
  otherId?: string;
  groupId?: string;
};

/** Writes a line of the log of accounts. */
export async function insertAccountChange(tx: Tx, change: NewChange): Promise<void> {
  await tx.accountChange.create({ data: { ...change, id: newId() }, select: { id: true } });
}

/** The newest changes of an account, a hundred at most. */
export function selectChanges(userId: string) {
  return db.accountChange.findMany({ where: { userId }, orderBy: { id: 'desc' }, take: 100 });
}

/** The names of these people, by id. */
export async function selectNames(ids: string[]): Promise<Map<string, string>> {
  const rows = await db.user.findMany({ where: { id: { in: ids } }, select: { id: true, name: true } });
  return new Map(rows.map(({ id, name }) => [id, name ?? '']));
}

/** An account that waits for no other change until the transaction ends; all administrators too, so that one is left. */
export async function lockAccount(tx: Tx, id: string) {
  const rows = await tx.$queryRaw<{ id: string; admin: boolean; active: boolean; deleted: boolean }[]>`
    SELECT id, admin, deactivated_at IS NULL AS active, deleted_at IS NOT NULL AS deleted FROM "user"
     WHERE id = ${id}::uuid OR (admin AND deactivated_at IS NULL) ORDER BY id FOR NO KEY UPDATE`;
  const admins = rows.filter(({ admin, active }) => admin && active);
  return {
    account: rows.find((row) => row.id === id),
    otherAdmins: admins.filter((row) => row.id !== id).length,
  };
}

/** An account, and those that were merged into it. */
export function selectMerged(tx: Tx, id: string) {
  return tx.user.findMany({
    where: { OR: [{ id }, { mergedInto: id }] },
    select: { id: true, name: true, email: true },
  });
}

export async function updateAdmin(tx: Tx, id: string, admin: boolean): Promise<void> {
  await tx.user.update({ where: { id }, data: { admin }, select: { id: true } });
}

/** Lets somebody sign in again, or ends all that they are signed in with. */
export async function updateActive(tx: Tx, id: string, active: boolean): Promise<void> {
  const data = { deactivatedAt: active ? null : new Date() };
  await tx.user.update({ where: { id }, data, select: { id: true } });
  if (!active) await endSignIns(tx, id);
}

async function endSignIns(tx: Tx, userId: string): Promise<void> {
  await tx.session.deleteMany({ where: { userId } });
  await tx.token.deleteMany({ where: { userId } });
  await tx.passwordLink.deleteMany({ where: { userId } });
}

/** Takes everything from an account that somebody could sign in or be reached with; with `name`, it has that one now. */
export async function closeAccount(
  tx: Tx,
  id: string,
  { name, mergedInto }: { name?: string; mergedInto?: string },
): Promise<void> {
  const now = new Date();
  await endSignIns(tx, id);
  await tx.account.deleteMany({ where: { userId: id } });
  await tx.user.update({
    where: { id },
    data: {
      ...{ email: null, emailVerified: null, emailClaimed: false, image: null, passwordHash: null },
      ...{ admin: false, deactivatedAt: now, deletedAt: now },
      ...(name !== undefined && { name }),
      ...(mergedInto !== undefined && { mergedInto }),
    },
    select: { id: true },
  });
}

/** Gives an account the ways of signing in at other providers that another has, and what had been merged into that. */
export async function moveSignIns(tx: Tx, from: string, into: string): Promise<void> {
  await tx.account.updateMany({ where: { userId: from }, data: { userId: into } });
  await tx.user.updateMany({ where: { mergedInto: from }, data: { mergedInto: into } });
}
