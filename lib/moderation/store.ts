import { eventOfWritten, wakeAfterWrite } from '@/lib/activity';
import { Prisma, query, type Tx, write } from '@/lib/db';
import { onReadableEditions, READABLE_FROM, readable, type VisibilityScope } from '@/lib/policy/readable';
import type { Decision, Flag, FlagReason, LogFilter } from './schema';

/**
 * Whether the annotation `a` of one of these groups waits for staff: it is pending, flagged and not dealt with, or appealed. The
 * groups are named for the flags too, since Postgres may read those before the annotations.
 */
export function awaitsReview(groupIds: string[]): Prisma.Sql {
  return Prisma.sql`(a.state = 'pending' OR (a.state = 'published' AND EXISTS (SELECT FROM flag f
    WHERE f.group_id = a.group_id AND f.annotation_id = a.id AND f.settled_at IS NULL
      AND f.group_id = ANY(${groupIds}::uuid[])))
    OR (a.state IN ('hidden', 'denied') AND EXISTS (SELECT FROM appeal p
      WHERE p.group_id = a.group_id AND p.annotation_id = a.id AND p.outcome IS NULL
        AND p.group_id = ANY(${groupIds}::uuid[]))))`;
}

/** How many annotations of these groups wait for staff, of those that `scope` may see; a group with none has no row. */
export function countAwaitingReview(
  scope: VisibilityScope,
  groupIds: string[],
): Promise<{ groupId: string; count: number }[]> {
  return query(Prisma.sql`
    SELECT a.group_id AS "groupId", count(*)::int AS count FROM ${READABLE_FROM}
     WHERE a.group_id = ANY(${groupIds}::uuid[]) AND ${awaitsReview(groupIds)} AND ${readable(scope)}
     GROUP BY a.group_id`);
}

/** What makes an annotation urgent. */
export type UrgencyRow = {
  id: string;
  reports: number;
  /** How often those who reported it were right before, from 0 to 1; 0.5 for who never reported. */
  reliability: number;
  /** How many have marked it as read. */
  readers: number;
  urgency: number;
};

/**
 * What waits for staff in a group, the most urgent first, `limit` at most: reports count by how often their senders were right,
 * an appeal as half a report; each reader and each day of waiting adds a little.
 */
export function selectUrgencies(
  scope: VisibilityScope,
  groupId: string,
  limit: number,
): Promise<UrgencyRow[]> {
  return query<UrgencyRow>(Prisma.sql`
    WITH sender AS (
      SELECT f.user_id, (count(*) FILTER (WHERE EXISTS (SELECT FROM decision d WHERE d.group_id = f.group_id
          AND d.annotation_id = f.annotation_id AND d.created_at >= f.created_at
          AND d.action IN ('hide', 'deny', 'revise'))) + 1.0) / (count(*) + 2.0) AS reliability
        FROM flag f WHERE f.group_id = ${groupId}::uuid AND f.settled_at IS NOT NULL GROUP BY f.user_id
    ), waiting AS (
      SELECT a.id, a.state, a.created_at FROM ${READABLE_FROM}
       WHERE a.group_id = ${groupId}::uuid AND ${awaitsReview([groupId])} AND ${readable(scope)}
    ), reported AS (
      SELECT f.annotation_id, count(*)::int AS reports, avg(coalesce(s.reliability, 0.5)) AS reliability
        FROM flag f LEFT JOIN sender s ON s.user_id = f.user_id
       WHERE f.group_id = ${groupId}::uuid AND f.settled_at IS NULL GROUP BY f.annotation_id
    ), seen AS (
      SELECT w.id, coalesce(p.reports, 0) AS reports, coalesce(p.reliability, 0.5)::float8 AS reliability, w.state,
        w.created_at, (SELECT count(*)::int FROM read_mark k WHERE k.group_id = ${groupId}::uuid
          AND k.annotation_id = w.id AND k.is_read) AS readers
        FROM waiting w LEFT JOIN reported p ON p.annotation_id = w.id
    )
    SELECT id, reports, reliability, readers, (reports * reliability * 10
        + CASE WHEN state IN ('hidden', 'denied') THEN 5 ELSE 0 END + readers * 0.2
        + least(extract(epoch FROM now() - created_at) / 86400, 30) * 0.5)::float8 AS urgency
      FROM seen ORDER BY urgency DESC, id LIMIT ${limit}`);
}

/** Whether the annotation `a` has one of these ids. */
export function hasIdAmong(ids: string[]): Prisma.Sql {
  return Prisma.sql`a.id = ANY(${ids}::uuid[])`;
}

/** Stores a flag with its event; a second one by the same person replaces the first. */
export async function upsertFlag(flag: {
  groupId: string;
  annotationId: string;
  userId: string;
  reason: FlagReason;
  note: string;
}): Promise<void> {
  const { groupId, annotationId, userId, reason, note } = flag;
  await write(Prisma.sql`WITH written AS (
      INSERT INTO flag (group_id, annotation_id, user_id, reason, note)
      VALUES (${groupId}::uuid, ${annotationId}::uuid, ${userId}::uuid, ${reason}::"FlagReason", ${note}::text)
      ON CONFLICT (group_id, annotation_id, user_id)
      DO UPDATE SET reason = excluded.reason, note = excluded.note, created_at = now(), settled_at = NULL
      RETURNING group_id, annotation_id AS id)
    ${eventOfWritten('annotation.flagged', userId)}`);
  wakeAfterWrite(groupId);
}

/** The part of a statement that marks the open flags of its row `written` as dealt with. */
export const FLAGS_DISMISSED = Prisma.sql`UPDATE flag f SET settled_at = now() FROM written w
  WHERE f.group_id = w.group_id AND f.annotation_id = w.id AND f.settled_at IS NULL`;

/** The open flags of several annotations, in one statement. */
export function selectFlags(
  groupId: string,
  annotations: string[],
): Promise<(Flag & { annotation: string })[]> {
  return query<Flag & { annotation: string }>(Prisma.sql`
    SELECT f.annotation_id AS annotation, f.reason::text, f.note, f.created_at AS created,
      json_build_object('id', u.id, 'name', coalesce(u.name, '')) AS by
    FROM flag f JOIN "user" u ON u.id = f.user_id
    WHERE f.group_id = ${groupId}::uuid AND f.annotation_id = ANY(${annotations}::uuid[]) AND f.settled_at IS NULL
    ORDER BY f.created_at`);
}

/** What the authors of these annotations have in a group. Each is counted once for all of them. */
export function selectRecords(
  groupId: string,
  authors: string[],
): Promise<{ author: string; notes: number; heldBack: number; warnings: number }[]> {
  return query(Prisma.sql`
    SELECT n.id AS author,
      (SELECT count(*)::int FROM annotation a WHERE a.group_id = ${groupId}::uuid AND a.author_id = n.id
        AND a.visibility <> 'private' AND a.state <> 'deleted') AS notes,
      (SELECT count(DISTINCT d.annotation_id)::int FROM annotation a
         JOIN decision d ON d.group_id = a.group_id AND d.annotation_id = a.id AND d.action IN ('hide', 'deny', 'revise')
        WHERE a.group_id = ${groupId}::uuid AND a.author_id = n.id) AS "heldBack",
      (SELECT count(*)::int FROM warning w WHERE w.group_id = ${groupId}::uuid AND w.user_id = n.id) AS warnings
    FROM unnest(${authors}::uuid[]) AS n(id)`);
}

/** The last decision that sent each of these annotations back, or denied it. */
export function selectLastReturns(
  groupId: string,
  annotations: string[],
): Promise<
  { annotationId: string; version: number; reason: string; by: Decision['actor']; created: string }[]
> {
  return query(Prisma.sql`
    SELECT DISTINCT ON (d.annotation_id) d.annotation_id AS "annotationId", d.version, d.reason, d.created_at AS created,
      json_build_object('id', u.id, 'name', coalesce(u.name, '')) AS by
    FROM decision d JOIN "user" u ON u.id = d.actor_id
    WHERE d.group_id = ${groupId}::uuid AND d.annotation_id = ANY(${annotations}::uuid[])
      AND d.action IN ('revise', 'deny')
    ORDER BY d.annotation_id, d.id DESC`);
}

/** Dismisses the open flags of annotations, in a statement of its own. */
export async function dismissFlags(tx: Tx, groupId: string, annotations: string[]): Promise<void> {
  await tx.$executeRaw(Prisma.sql`UPDATE flag SET settled_at = now() WHERE group_id = ${groupId}::uuid
    AND annotation_id = ANY(${annotations}::uuid[]) AND settled_at IS NULL`);
}

/** The decisions on an annotation that made its versions after `since`, oldest first. */
export function selectDecisionsSince(
  { groupId, id }: { groupId: string; id: string },
  since: number,
): Promise<Pick<Decision, 'action' | 'reason' | 'actor' | 'created'>[]> {
  return query(Prisma.sql`
    SELECT d.action, d.reason, d.created_at AS created,
      json_build_object('id', u.id, 'name', coalesce(u.name, '')) AS actor
    FROM decision d JOIN "user" u ON u.id = d.actor_id
    WHERE d.group_id = ${groupId}::uuid AND d.annotation_id = ${id}::uuid AND d.version > ${since}::int
    ORDER BY d.id LIMIT 20`);
}

/** What a filter keeps of the log: a condition on the entry `d` and its annotation `a`. */
function logCondition({ action, actor, whose, annotation, since, until }: LogFilter): Prisma.Sql {
  return Prisma.join(
    [
      Prisma.sql`true`,
      ...(action ? [Prisma.sql`d.action = ${action}`] : []),
      ...(actor ? [Prisma.sql`d.actor_id = ${actor}::uuid`] : []),
      ...(whose ? [Prisma.sql`coalesce(a.author_id, d.subject_id) = ${whose}::uuid`] : []),
      ...(annotation ? [Prisma.sql`d.annotation_id = ${annotation}::uuid`] : []),
      ...(since ? [Prisma.sql`d.created_at >= ${since}::timestamptz`] : []),
      ...(until ? [Prisma.sql`d.created_at < ${until}::timestamptz`] : []),
    ],
    ' AND ',
  );
}

/** The log of a group on what stands on editions that `scope` may read, as a filter keeps it, newest first, before `cursor`. */
export function selectDecisions(
  scope: VisibilityScope,
  groupId: string,
  filter: LogFilter,
  { limit, cursor }: { limit: number; cursor?: string | undefined },
): Promise<Decision[]> {
  const before = cursor ? Prisma.sql`AND d.id < ${cursor}::uuid` : Prisma.empty;
  return query<Decision>(Prisma.sql`
    SELECT d.id, d.annotation_id AS annotation, d.action, d.reason, d.before::text, d.after::text, d.version, d.details,
      d.created_at AS created, json_build_object('id', u.id, 'name', coalesce(u.name, '')) AS actor,
      CASE WHEN w.id IS NOT NULL THEN json_build_object('id', w.id, 'name', coalesce(w.name, '')) END AS whose
    FROM decision d JOIN "user" u ON u.id = d.actor_id
    LEFT JOIN annotation a ON a.group_id = d.group_id AND a.id = d.annotation_id
    LEFT JOIN annotation r ON r.group_id = a.group_id AND r.id = a.root_id
    LEFT JOIN "user" w ON w.id = coalesce(a.author_id, d.subject_id)
    WHERE d.group_id = ${groupId}::uuid AND (d.annotation_id IS NULL OR ${onReadableEditions(scope)}) ${before}
      AND ${logCondition(filter)} ORDER BY d.id DESC LIMIT ${limit}`);
}

/** A person's own flag on an annotation, with the decision that ended it: null where they have none. */
export async function findOwnFlag(groupId: string, annotationId: string, userId: string) {
  const [row] = await query<{
    reason: FlagReason;
    note: string;
    created: string;
    settled: boolean;
    action: string | null;
    details: { toReporter?: string } | null;
  }>(Prisma.sql`
    SELECT f.reason::text, f.note, f.created_at AS created, f.settled_at IS NOT NULL AS settled, d.action, d.details
    FROM flag f LEFT JOIN LATERAL (SELECT x.action, x.details FROM decision x WHERE x.group_id = f.group_id
      AND x.annotation_id = f.annotation_id AND x.created_at >= f.created_at
      AND x.action IN ('approve', 'hide', 'deny', 'revise') ORDER BY x.id LIMIT 1) d ON f.settled_at IS NOT NULL
    WHERE f.group_id = ${groupId}::uuid AND f.annotation_id = ${annotationId}::uuid AND f.user_id = ${userId}::uuid`);
  return row ?? null;
}

/** Makes the flags of `from` those of `into`; where both flagged one annotation, `into`'s flag stays. */
export async function moveFlagsOfPerson(tx: Tx, from: string, into: string): Promise<void> {
  await tx.$executeRaw`
    UPDATE flag f SET user_id = ${into}::uuid WHERE user_id = ${from}::uuid AND NOT EXISTS (
      SELECT FROM flag o WHERE o.group_id = f.group_id AND o.annotation_id = f.annotation_id
        AND o.user_id = ${into}::uuid)`;
  await tx.flag.deleteMany({ where: { userId: from } });
}
