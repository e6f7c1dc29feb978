/** Writes that are done once however often they are sent: the first answer to an `Idempotency-Key` is kept for a day. */
import { createHash } from 'node:crypto';
import { AppError } from '@/lib/kernel/errors';
import { newId } from '@/lib/kernel/ids';
import { type KeptAnswer, openAnswer, sealAnswer } from './seal';
import * as store from './store';

export type { KeptAnswer } from './seal';

/** Longest key, in UTF-16 units. */
const KEY_LIMIT = 255;
/** Milliseconds after which a claim counts as left behind by a process that ended; it is renewed three times as often. */
const CLAIM_MS = 10_000;
/** Milliseconds that a repeated request waits for the answer to the first. */
const PATIENCE_MS = 20_000;
const POLL_MS = 40;

/** A write as it is recognised when it is repeated: who sends it, `method path?query`, its key and its body's SHA-256. */
export type RepeatableWrite = { personId: string; call: string; key: string; digest: string };

/**
 * The first answer to `write`, or that of `work` where there is none yet. `work` gets the id for what it creates: the
 * same in every attempt, so that an attempt after one that was cut off finds what that one has written. It returns null
 * for an answer that is not kept; then the next attempt is a first one again.
 *
 * Throws malformed (a key of no or too many characters), invalid (another body under the same key), and conflict while
 * another request with the key is still at work after 20 seconds.
 */
export async function answerOnce(
  { personId, call, key, digest }: RepeatableWrite,
  work: (newId: string) => Promise<KeptAnswer | null>,
): Promise<{ kept: KeptAnswer | null; isRepeated: boolean }> {
  if (key === '' || key.length > KEY_LIMIT)
    throw new AppError('malformed', 'An Idempotency-Key has 1 to 255 characters.');
  const hash = createHash('sha256').update(`${call}\n${key}`).digest('hex');
  const claim = { userId: personId, hash, claim: newId() };
  const until = Date.now() + PATIENCE_MS;
  void store.deleteExpired();
  for (;;) {
    const found = await store.claimKey({ ...claim, digest, newId: newId() }, CLAIM_MS);
    if (found.digest !== digest) {
      const detail = 'This Idempotency-Key was sent with another body before: send another key.';
      throw new AppError('invalid', detail);
    }
    if (found.answer) return { kept: openAnswer(found.answer, claim, key), isRepeated: true };
    if (found.claim === claim.claim)
      return { kept: await workOnClaim(claim, key, () => work(found.newId)), isRepeated: false };
    if (Date.now() > until) {
      const detail = 'The first request with this Idempotency-Key is still at work. Try again in a moment.';
      throw new AppError('conflict', detail, { headers: { 'Retry-After': '5' } });
    }
    await new Promise((wake) => setTimeout(wake, POLL_MS));
  }
}

/** Does `work` while the claim is renewed, and keeps its answer. What failed leaves no claim behind. */
async function workOnClaim(
  claim: store.KeyClaim,
  key: string,
  work: () => Promise<KeptAnswer | null>,
): Promise<KeptAnswer | null> {
  const renewing = setInterval(() => void store.renewClaim(claim).catch(() => {}), CLAIM_MS / 3);
  try {
    const kept = await work();
    if (kept) await store.keepAnswer(claim, sealAnswer(kept, claim, key));
    else await store.deleteClaim(claim);
    return kept;
  } catch (error) {
    await store.deleteClaim(claim);
    throw error;
  } finally {
    clearInterval(renewing);
  }
}
