import { AppError } from '@/lib/kernel/errors';

/** Seconds after which a client may ask again. */
const RETRY_SECONDS = 2;

/** Classes 08 (connection exception) and 57P (operator intervention) of Postgres, and what Node says of a socket. */
const AWAY =
  /^(08\w{3}|57P0[123]|ECONNREFUSED|ECONNRESET|EPIPE|ETIMEDOUT|ENOTFOUND|EHOSTUNREACH|P1001|P1002|P1017)$/;
const AWAY_WORDS =
  /DatabaseNotReachable|ConnectionClosed|Connection terminated|Client has encountered a connection error/;
/** 53300 is too_many_connections; P2024 and P2028 are Prisma's, for a connection that did not come free in time. */
const BUSY = /^(53300|P2024|P2028)$/;
const BUSY_WORDS = /timeout exceeded when trying to connect|TooManyConnections/;

/**
 * The refusal `unavailable` where an error of pg or Prisma says that the database does not answer, or has no connection
 * free; null for every other error, which is a defect.
 */
export function unavailableFrom(error: unknown): AppError | null {
  const headers = { 'Retry-After': String(RETRY_SECONDS) };
  for (const cause of causesOf(error)) {
    if (AWAY.test(String(cause.code)) || AWAY_WORDS.test(String(cause.message))) {
      return new AppError(
        'unavailable',
        'The server cannot reach its database. Nothing is lost; try again in a few seconds.',
        { headers },
      );
    }
    if (BUSY.test(String(cause.code)) || BUSY_WORDS.test(String(cause.message))) {
      return new AppError(
        'unavailable',
        'Too much is asked of the database just now. Try again in a few seconds.',
        {
          headers,
        },
      );
    }
  }
  return null;
}

type Cause = { code?: unknown; message?: unknown; cause?: unknown; meta?: { driverAdapterError?: unknown } };

/** An error and what it was made from; Prisma keeps the adapter's error in `meta`. */
export function* causesOf(error: unknown): Generator<Cause> {
  let next = error;
  for (let depth = 0; depth < 5 && typeof next === 'object' && next !== null; depth++) {
    const cause = next as Cause;
    yield cause;
    next = cause.cause ?? cause.meta?.driverAdapterError;
  }
}
