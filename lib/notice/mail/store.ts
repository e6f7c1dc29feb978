import { db, Prisma, query, type Tx } from '@/lib/db';
import type { MailRhythm, NoticeSetting } from '../schema';

const DEFAULTS: NoticeSetting = { mail: 'daily', timeZone: 'UTC' };

export async function findSetting(userId: string): Promise<NoticeSetting & { hasFeed: boolean }> {
  const found = await db.noticeSetting.findUnique({ where: { userId } });
  if (!found) return { ...DEFAULTS, hasFeed: false };
  return { mail: found.mail as MailRhythm, timeZone: found.timeZone, hasFeed: found.feedHash !== null };
}

export async function upsertSetting(userId: string, change: Partial<NoticeSetting>): Promise<void> {
  await db.noticeSetting.upsert({ where: { userId }, create: { userId, ...change }, update: change });
}

export async function setFeedHash(userId: string, feedHash: string | null): Promise<void> {
  await db.noticeSetting.upsert({ where: { userId }, create: { userId, feedHash }, update: { feedHash } });
}

export async function findUserByFeed(feedHash: string): Promise<string | null> {
  return (
    (await db.noticeSetting.findUnique({ where: { feedHash }, select: { userId: true } }))?.userId ?? null
  );
}

/** Whether the person `u` can be mailed: somebody has proven that the address is theirs, and the account is in use. */
const REACHABLE = Prisma.sql`u.email IS NOT NULL AND NOT u.email_claimed AND u.deactivated_at IS NULL`;

/** The hour in the morning, in a person's own time zone, from which their digest is due. */
const HOUR = 7;

/**
 * The people with news that may be mailed now: at once, or whose daily or weekly digest (on Monday) is due; with `all`
 * everybody who wants mail. Those to whose address nobody has proven that it is theirs get none.
 */
export async function selectDue({ all }: { all: boolean }): Promise<string[]> {
  const due = all
    ? Prisma.sql`true`
    : Prisma.sql`(d.mail = 'at-once'
        OR (d.mail = 'daily' AND extract(hour FROM d.here) >= ${HOUR} AND d.here::date > d.last::date)
        OR (d.mail = 'weekly' AND date_trunc('week', d.here) > date_trunc('week', d.last)
          AND d.here >= date_trunc('week', d.here) + make_interval(hours => ${HOUR}::int)))`;
  const rows = await query<{ id: string }>(Prisma.sql`
    SELECT d.id FROM (
      SELECT u.id, coalesce(s.mail, 'daily') AS mail, now() AT TIME ZONE coalesce(s.time_zone, 'UTC') AS here,
             coalesce(s.digest_at, u.created_at) AT TIME ZONE coalesce(s.time_zone, 'UTC') AS last
        FROM "user" u LEFT JOIN notice_setting s ON s.user_id = u.id
       WHERE ${REACHABLE}
         AND EXISTS (SELECT FROM notice n WHERE n.user_id = u.id AND n.read_at IS NULL AND n.mailed_at IS NULL)) d
     WHERE d.mail <> 'never' AND ${due}`);
  return rows.map(({ id }) => id);
}

/** Where a person is mailed, and in which language; null where they want no mail, or their address is not proven. */
export async function findRecipient(
  userId: string,
): Promise<{ email: string; locale: string | null } | null> {
  const [row] = await query<{ email: string; locale: string | null }>(Prisma.sql`
    SELECT u.email, u.locale FROM "user" u LEFT JOIN notice_setting s ON s.user_id = u.id
     WHERE u.id = ${userId}::uuid AND ${REACHABLE}
       AND coalesce(s.mail, 'daily') <> 'never'`);
  return row ?? null;
}

/** Says that a person's digest was sent now, though it may have had nothing in it. */
export async function recordDigest(tx: Tx, userId: string): Promise<void> {
  const digestAt = new Date();
  await tx.noticeSetting.upsert({ where: { userId }, create: { userId, digestAt }, update: { digestAt } });
}
