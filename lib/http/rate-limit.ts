import { RateLimiterMemory, type RateLimiterRes } from 'rate-limiter-flexible';
import { config } from '@/lib/config';
import { AppError } from '@/lib/kernel/errors';

let writes: RateLimiterMemory | undefined;

/**
 * Counts a write of `viewer` against SCHOLION_WRITES_PER_MINUTE. In memory, so each instance counts for itself:
 * this bounds a runaway script and costs no query. Throws rate_limited with Retry-After (RFC 9110 §10.2.3).
 */
export async function allowWrite(viewer: { id: string | null }): Promise<void> {
  writes ??= new RateLimiterMemory({ points: config().SCHOLION_WRITES_PER_MINUTE, duration: 60 });
  await writes.consume(viewer.id ?? 'nobody').catch((full: RateLimiterRes) => {
    const seconds = Math.ceil(full.msBeforeNext / 1000);
    throw new AppError('rate_limited', 'Too many writes. Try again in {seconds} seconds.', {
      values: { seconds },
      headers: { 'Retry-After': String(seconds) },
    });
  });
}
