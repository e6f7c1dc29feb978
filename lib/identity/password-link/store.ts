import { db, type Tx } from '@/lib/db';

/** What a link for a new password may be made for, and by what rules. */
export function findLinkOwner(tx: Tx, id: string) {
  return tx.user.findUnique({
    where: { id },
    select: { id: true, email: true, name: true, admin: true, locale: true, deactivatedAt: true },
  });
}

/** Inserts the only link that the person has from now on. */
export async function replaceLink(
  tx: Tx,
  data: { hash: string; userId: string; mailed: boolean; expires: Date },
): Promise<void> {
  await tx.passwordLink.deleteMany({ where: { userId: data.userId } });
  await tx.passwordLink.create({ data, select: { hash: true } });
}

/** Whether a link with this hash is good now. */
export async function isGood(hash: string): Promise<boolean> {
  const where = { hash, expires: { gt: new Date() }, user: { deactivatedAt: null } };
  return (await db.passwordLink.count({ where })) > 0;
}

/** Uses a link up: of two that send it at the same time, one gets it. Null where there is none that is good. */
export async function takeLink(tx: Tx, hash: string): Promise<{ userId: string; mailed: boolean } | null> {
  const rows = await tx.$queryRaw<{ userId: string; mailed: boolean }[]>`
    DELETE FROM password_link l USING "user" u
     WHERE l.hash = ${hash} AND l.expires > now() AND u.id = l.user_id AND u.deactivated_at IS NULL
    RETURNING l.user_id AS "userId", l.mailed`;
  return rows[0] ?? null;
}

/**
 * Sets the password, and ends sessions and tokens where wished. `proven` is the mailbox: where the address was only claimed
 * before, all ends that its first holder could sign in with, because they may have been another.
 */
export async function setPasswordByLink(
  tx: Tx,
  id: string,
  {
    passwordHash,
    proven,
    endSessions,
    endTokens,
  }: { passwordHash: string; proven: boolean; endSessions: boolean; endTokens: boolean },
): Promise<void> {
  const { emailClaimed } = await tx.user.findUniqueOrThrow({ where: { id }, select: { emailClaimed: true } });
  const isNew = proven && emailClaimed;
  await tx.user.update({
    where: { id },
    data: { passwordHash, ...(proven && { emailVerified: new Date(), emailClaimed: false }) },
    select: { id: true },
  });
  if (endSessions || isNew) await tx.session.deleteMany({ where: { userId: id } });
  if (endTokens || isNew) await tx.token.deleteMany({ where: { userId: id } });
}
