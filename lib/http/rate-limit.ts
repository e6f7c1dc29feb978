import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';
import { config } from '@/lib/config';
import { AppError } from '@/lib/kernel/errors';

const SECONDS = 60;
let writes: RateLimiterMemory | undefined;

/** Who is counted: a token by itself, else a person, else all who come as nobody. */
type Caller = { id: string | null; token: string | null };

const keyOf = ({ id, token }: Caller) => token ?? id ?? 'nobody';

function limiter(): RateLimiterMemory {
  writes ??= new RateLimiterMemory({ points: config().SCHOLION_WRITES_PER_MINUTE, duration: SECONDS });
  return writes;
}

/**
 * Counts a write of `caller` against SCHOLION_WRITES_PER_MINUTE. In memory, so each instance counts for itself:
 * this bounds a runaway script and costs no query. Throws rate_limited with Retry-After (RFC 9110 §10.2.3).
 */
export async function countWrite(caller: Caller): Promise<void> {
  try {
    await limiter().consume(keyOf(caller));
  } catch (full) {
    if (!(full instanceof RateLimiterRes)) throw full;
    const seconds = Math.ceil(full.msBeforeNext / 1000);
    throw new AppError('rate_limited', 'Too many writes. Try again in {seconds} seconds.', {
      values: { seconds },
      headers: { 'Retry-After': String(seconds), ...(await rateLimitHeaders(caller)) },
    });
  }
}

/** What is left of a caller's writes, as headers (IETF draft-ietf-httpapi-ratelimit-headers). */
export async function rateLimitHeaders(caller: Caller): Promise<Record<string, string>> {
  const most = config().SCHOLION_WRITES_PER_MINUTE;
  const used = await limiter().get(keyOf(caller));
  const left = Math.max(0, used?.remainingPoints ?? most);
  const seconds = used ? Math.ceil(Math.max(0, used.msBeforeNext) / 1000) : SECONDS;
  return {
    'RateLimit-Policy': `"writes";q=${most};w=${SECONDS}`,
    RateLimit: `"writes";r=${left};t=${seconds}`,
  };
}
