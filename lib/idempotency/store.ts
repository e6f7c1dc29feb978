import { db, Prisma } from '@/lib/db';

/** An attempt at a write, by the person and the hash of its key. */
export type KeyClaim = { userId: string; hash: string; claim: string };

type KeyRow = { claim: string; digest: string; newId: string; answer: Uint8Array | null };

/** How long an answer is kept. */
const KEPT = Prisma.sql`interval '1 day'`;

/**
 * Claims a key that nobody has, that has expired, or that was claimed and not renewed for `leftMs` milliseconds; in the
 * last case the id of the first attempt stays. Returns the row as it is then, with another's claim where it has one.
 */
export async function claimKey(
  { userId, hash, claim, digest, newId }: KeyClaim & { digest: string; newId: string },
  leftMs: number,
): Promise<KeyRow> {
  const claimed = await db.$queryRaw<KeyRow[]>`
    INSERT INTO idempotency_key AS k (user_id, hash, claim, digest, new_id)
    VALUES (${userId}::uuid, ${hash}, ${claim}::uuid, ${digest}, ${newId}::uuid)
    ON CONFLICT (user_id, hash) DO UPDATE SET claim = excluded.claim, claimed_at = now(),
      digest = CASE WHEN k.created_at < now() - ${KEPT} THEN excluded.digest ELSE k.digest END,
      new_id = CASE WHEN k.created_at < now() - ${KEPT} THEN excluded.new_id ELSE k.new_id END,
      answer = NULL, created_at = CASE WHEN k.created_at < now() - ${KEPT} THEN now() ELSE k.created_at END
      WHERE k.created_at < now() - ${KEPT} OR (k.answer IS NULL AND k.digest = excluded.digest
        AND k.claimed_at < now() - ${leftMs} * interval '1 millisecond')
    RETURNING claim, digest, new_id AS "newId", answer`;
  const [row] = claimed.length > 0 ? claimed : await selectKey(userId, hash);
  // Whoever had the claim has given it up between the two statements.
  return row ?? claimKey({ userId, hash, claim, digest, newId }, leftMs);
}

function selectKey(userId: string, hash: string): Promise<KeyRow[]> {
  return db.idempotencyKey.findMany({
    where: { userId, hash },
    select: { claim: true, digest: true, newId: true, answer: true },
  });
}

/** Says that the attempt is still at work. */
export async function renewClaim(claim: KeyClaim): Promise<void> {
  await db.idempotencyKey.updateMany({ where: claim, data: { claimedAt: new Date() } });
}

export async function keepAnswer(claim: KeyClaim, answer: Uint8Array<ArrayBuffer>): Promise<void> {
  await db.idempotencyKey.updateMany({ where: claim, data: { answer } });
}

/** Gives a claim up, so that the next attempt is a first one. */
export async function deleteClaim(claim: KeyClaim): Promise<void> {
  await db.idempotencyKey.deleteMany({ where: claim });
}

let swept = 0;

/** Deletes what has expired, once in ten minutes in each process at most. */
export async function deleteExpired(): Promise<void> {
  if (Date.now() - swept < 600_000) return;
  swept = Date.now();
  await db.$executeRaw`DELETE FROM idempotency_key WHERE created_at < now() - ${KEPT}`.catch(() => {});
}
