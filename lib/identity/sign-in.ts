import { createHash } from 'node:crypto';
import { RateLimiterPostgres, type RateLimiterRes } from 'rate-limiter-flexible';
import { config } from '@/lib/config';
import { pool } from '@/lib/db';
import { AppError } from '@/lib/kernel/errors';
import { verifyPassword } from './password';
import { emailSchema } from './schema';
import { findUserByEmail } from './store';

/** Failures are forgotten after a quarter of an hour, in seconds. */
const WINDOW = 15 * 60;
/** A seminar room may be one IP address: it may fail as often as so many people. */
const PEOPLE_BEHIND_AN_ADDRESS = 10;

/** Accounts that may be tried to make from one address in a quarter of an hour: a lecture signs up from one room. */
const SIGN_UPS = 400;

/** Links for a new password that may be asked for, or tried, from one address in a quarter of an hour. */
const PASSWORD_LINKS = 60;

/** Notices of content from one address in a quarter of an hour. */
const CONTENT_NOTICES = 20;

type Limits = Record<
  'person' | 'address' | 'mail' | 'news' | 'signUp' | 'passwordLink' | 'contentNotice',
  RateLimiterPostgres
>;

let limits: Limits | undefined;

function limiters(): Limits {
  if (limits) return limits;
  const points = config().SCHOLION_SIGNIN_FAILURES;
  const shared = {
    storeClient: pool(),
    tableName: 'rate_limit',
    tableCreated: true,
    clearExpiredByTimeout: true,
    duration: WINDOW,
  };
  limits = {
    person: new RateLimiterPostgres({ ...shared, keyPrefix: 'signin-person', points }),
    address: new RateLimiterPostgres({
      ...shared,
      keyPrefix: 'signin-address',
      points: points * PEOPLE_BEHIND_AN_ADDRESS,
    }),
    mail: new RateLimiterPostgres({ ...shared, keyPrefix: 'signin-mail', points: 5 }),
    news: new RateLimiterPostgres({ ...shared, keyPrefix: 'mail-news', points: 5 }),
    signUp: new RateLimiterPostgres({ ...shared, keyPrefix: 'sign-up', points: SIGN_UPS }),
    passwordLink: new RateLimiterPostgres({ ...shared, keyPrefix: 'password-link', points: PASSWORD_LINKS }),
    contentNotice: new RateLimiterPostgres({
      ...shared,
      keyPrefix: 'content-notice',
      points: CONTENT_NOTICES,
    }),
  };
  return limits;
}

/** A hash, because no IP or e-mail address is stored in clear. */
function keyOf(...parts: string[]): string {
  return createHash('sha256').update(parts.join('\n')).digest('base64url');
}

function refuseWhere(spent: boolean, until: RateLimiterRes | null): void {
  if (!spent || !until) return;
  const seconds = Math.max(1, Math.ceil(until.msBeforeNext / 1000));
  throw new AppError('rate_limited', 'Too many failed sign-ins. Try again in {minutes} min.', {
    values: { minutes: Math.ceil(seconds / 60) },
    headers: { 'Retry-After': String(seconds) },
  });
}

/**
 * The account with this e-mail address and password; undefined where there is none, after the same time. `address` is the
 * client's IP address. Failures count per IP and e-mail address and per IP address; throws `rate_limited` (Retry-After in
 * seconds) after too many. They are counted again after the password was verified, so that guesses sent at the same time
 * gain nothing.
 */
export async function checkPassword(
  input: { email: string; password: string },
  address: string,
): Promise<{ id: string; email: string; name: string } | undefined> {
  const email = emailSchema.safeParse(input.email).data ?? '';
  const { person, address: ip } = limiters();
  const keys = { person: keyOf(address, email), ip: keyOf(address) };
  async function refuseIfSpent() {
    const [byPerson, byIp] = await Promise.all([person.get(keys.person), ip.get(keys.ip)]);
    refuseWhere((byPerson?.consumedPoints ?? 0) >= person.points, byPerson);
    refuseWhere((byIp?.consumedPoints ?? 0) >= ip.points, byIp);
  }
  await refuseIfSpent();
  const user = email ? await findUserByEmail(email) : null;
  const fits = await verifyPassword(user?.passwordHash, input.password.slice(0, 200));
  if (!fits || !user || user.deactivatedAt !== null) {
    await Promise.all([person.penalty(keys.person), ip.penalty(keys.ip)]);
    return undefined;
  }
  await refuseIfSpent();
  await person.delete(keys.person);
  return { id: user.id, email, name: user.name ?? '' };
}

/** Whether one more sign-in link may be mailed to `email` now: five in a quarter of an hour. */
export const mayMailLink = (email: string): Promise<boolean> => mayMail('mail', email);

/** As `mayMailLink`, for what others send: it takes nothing from a person's own sign-in links. */
export const mayMailNews = (email: string): Promise<boolean> => mayMail('news', email);

function mayMail(kind: 'mail' | 'news', email: string): Promise<boolean> {
  return limiters()
    [kind].consume(keyOf(email))
    .then(
      () => true,
      () => false,
    );
}

/** Counts one more account that is made from this IP address. Throws `rate_limited` (Retry-After in seconds). */
export function requireSignUpShare(address: string): Promise<void> {
  return requireShare('signUp', address, 'Too many new accounts from here. Try again in {minutes} min.');
}

/** Counts one more link for a new password that is asked for or tried from this IP address. Throws `rate_limited`. */
export function requirePasswordLinkShare(address: string): Promise<void> {
  return requireShare('passwordLink', address, 'Too many tries from here. Try again in {minutes} min.');
}

/** Counts one more notice of content from this IP address. Throws `rate_limited`. */
export function requireContentNoticeShare(address: string): Promise<void> {
  return requireShare('contentNotice', address, 'Too many notices from here. Try again in {minutes} min.');
}

async function requireShare(
  kind: 'signUp' | 'passwordLink' | 'contentNotice',
  address: string,
  refusal: string,
): Promise<void> {
  try {
    await limiters()[kind].consume(keyOf(address));
  } catch (rejection) {
    if (rejection instanceof Error) throw rejection;
    const seconds = Math.max(1, Math.ceil((rejection as RateLimiterRes).msBeforeNext / 1000));
    throw new AppError('rate_limited', refusal, {
      values: { minutes: Math.ceil(seconds / 60) },
      headers: { 'Retry-After': String(seconds) },
    });
  }
}
