import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';
import { config } from '@/lib/config';
import { AppError } from '@/lib/kernel/errors';

const SECONDS = 60;
let writes: RateLimiterMemory | undefined;

/** Who is counted: each token, else each person, else all anonymous callers together. */
type Caller = { id: string | null; token: string | null };

const keyOf = ({ id, token }: Caller) => token ?? id ?? 'anonymous';

function limiter(): RateLimiterMemory {
  writes ??= new RateLimiterMemory({ points: config().SCHOLION_WRITES_PER_MINUTE, duration: SECONDS });
  return writes;
}

/**
 * Counts a write of `caller` against SCHOLION_WRITES_PER_MINUTE. The count is in memory and each process has its own,
 * because it only has to stop a runaway script. Throws rate_limited with Retry-After (RFC 9110 §10.2.3).
 */
export async function countWrite(caller: Caller): Promise<void> {
  try {
    await limiter().consume(keyOf(caller));
  } catch (rejection) {
    if (!(rejection instanceof RateLimiterRes)) throw rejection;
    const seconds = Math.ceil(rejection.msBeforeNext / 1000);
    throw new AppError('rate_limited', 'Too many writes. Try again in {seconds} seconds.', {
      values: { seconds },
      headers: { 'Retry-After': String(seconds), ...(await rateLimitHeaders(caller)) },
    });
  }
}

/** Headers with a caller's remaining writes (IETF draft-ietf-httpapi-ratelimit-headers). */
export async function rateLimitHeaders(caller: Caller): Promise<Record<string, string>> {
  const quota = config().SCHOLION_WRITES_PER_MINUTE;
  const used = await limiter().get(keyOf(caller));
  const left = Math.max(0, used?.remainingPoints ?? quota);
  const seconds = used ? Math.ceil(Math.max(0, used.msBeforeNext) / 1000) : SECONDS;
  return {
    'RateLimit-Policy': `"writes";q=${quota};w=${SECONDS}`,
    RateLimit: `"writes";r=${left};t=${seconds}`,
  };
}
