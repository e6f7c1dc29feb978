import { eventOfWritten } from '@/lib/activity';
import { db, Prisma, query, type Tx } from '@/lib/db';
import { isLocale, type Locale } from '@/lib/i18n';

export type NewContentNotice = {
  groupId: string;
  id: string;
  annotationId: string;
  why: string;
  name: string;
  email: string;
  locale: Locale;
};

/** Stores a notice, and the flag that has it in the queue, by the ghost of the same id. */
export async function insertContentNotice(tx: Tx, notice: NewContentNotice): Promise<void> {
  await tx.contentNotice.create({ data: notice, select: { id: true } });
  const { groupId, id, annotationId, why } = notice;
  await tx.$executeRaw(Prisma.sql`WITH written AS (
      INSERT INTO flag (group_id, annotation_id, user_id, reason, note)
      VALUES (${groupId}::uuid, ${annotationId}::uuid, ${id}::uuid, 'other', ${why})
      RETURNING group_id, annotation_id AS id)
    ${eventOfWritten('annotation.flagged', id)}`);
}

/** A notice whose flag was dealt with, and whose sender was not told. */
export type DecidedNotice = { groupId: string; id: string; email: string; locale: Locale; outcome: string };

/** Takes the notices that were decided and not told of; each is given once. */
export async function takeDecidedNotices(): Promise<DecidedNotice[]> {
  const rows = await db.$queryRaw<DecidedNotice[]>`
    UPDATE content_notice n SET settled_at = f.settled_at, outcome = a.state::text FROM flag f, annotation a
     WHERE n.settled_at IS NULL AND f.settled_at IS NOT NULL AND f.group_id = n.group_id AND f.annotation_id = n.annotation_id
       AND f.user_id = n.id AND a.group_id = n.group_id AND a.id = n.annotation_id
    RETURNING n.group_id AS "groupId", n.id, n.email, n.locale, n.outcome`;
  return rows.map((row) => ({ ...row, locale: isLocale(row.locale) ? row.locale : 'en' }));
}

/** Forgets who sent the notices that were decided more than a year ago; gives their ids. */
export async function forgetOldSenders(): Promise<string[]> {
  const rows = await db.$queryRaw<{ id: string }[]>`
    UPDATE content_notice SET name = '', email = '', why = ''
     WHERE settled_at < now() - interval '1 year' AND email <> '' RETURNING id`;
  return rows.map(({ id }) => id);
}

type Count = { what: string; n: number };

/** The notices, decisions and appeals of a year in UTC, counted. */
export async function countYear(year: number) {
  const [from, to] = [new Date(Date.UTC(year, 0)), new Date(Date.UTC(year + 1, 0))];
  const during = (column: Prisma.Sql) => Prisma.sql`${column} >= ${from} AND ${column} < ${to}`;
  const [summary, outcomes, decisions, appeals] = await Promise.all([
    query<{ notices: number; open: number; medianHours: number | null }>(Prisma.sql`
      SELECT count(*)::int AS notices, count(*) FILTER (WHERE settled_at IS NULL)::int AS open,
             percentile_cont(0.5) WITHIN GROUP (ORDER BY extract(epoch FROM settled_at - created_at) / 3600)::float AS "medianHours"
        FROM content_notice WHERE ${during(Prisma.sql`created_at`)}`),
    query<Count>(Prisma.sql`
      SELECT outcome AS what, count(*)::int AS n FROM content_notice
       WHERE settled_at IS NOT NULL AND ${during(Prisma.sql`created_at`)} GROUP BY 1`),
    query<Count>(Prisma.sql`
      SELECT action AS what, count(*)::int AS n FROM decision WHERE ${during(Prisma.sql`created_at`)} GROUP BY 1`),
    query<Count>(Prisma.sql`
      SELECT coalesce(outcome, 'open') AS what, count(*)::int AS n FROM appeal
       WHERE ${during(Prisma.sql`created_at`)} GROUP BY 1`),
  ]);
  return { summary: summary[0], outcomes, decisions, appeals };
}
