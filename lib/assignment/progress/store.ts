import { db, Prisma, query } from '@/lib/db';
import { DUE_DATE, READABLE_FROM, readable, type VisibilityScope } from '@/lib/policy/readable';

/** What a person wrote that counts: in one assignment, or in none (null). */
export type Counts = {
  authorId: string;
  assignmentId: string | null;
  glosses: number;
  replies: number;
  late: number;
  last: Date;
};

/**
 * What counts of an author's writing: published, and not for the author alone. A private assignment is that; what one
 * writes there counts for oneself only.
 */
const counted = (viewer: string | null) => Prisma.sql`(a.state = 'published' AND a.visibility <> 'private'
  AND r.visibility <> 'private' AND (s.mode IS DISTINCT FROM 'private' OR a.author_id = ${viewer}::uuid))`;

/** Counts by author and assignment, of what `scope` may see in a group; of one author, or one assignment, where named. */
export function countWork(
  scope: VisibilityScope,
  groupId: string,
  { author, assignment }: { author?: string; assignment?: string | undefined } = {},
): Promise<Counts[]> {
  const byAuthor = author ? Prisma.sql`AND a.author_id = ${author}::uuid` : Prisma.empty;
  const inAssignment = assignment ? Prisma.sql`AND a.assignment_id = ${assignment}::uuid` : Prisma.empty;
  return query<Counts>(Prisma.sql`
    SELECT a.author_id AS "authorId", a.assignment_id AS "assignmentId",
           (count(*) FILTER (WHERE a.parent_id IS NULL AND a.kind <> 'highlight'))::int AS glosses, count(a.parent_id)::int AS replies,
           (count(*) FILTER (WHERE a.created_at > ${DUE_DATE}))::int AS late, max(a.created_at) AS last
      FROM ${READABLE_FROM}
      LEFT JOIN participation w ON w.group_id = s.group_id AND w.assignment_id = s.id AND w.user_id = a.author_id
     WHERE a.group_id = ${groupId}::uuid ${byAuthor} ${inAssignment} AND ${counted(scope.id)} AND ${readable(scope)}
     GROUP BY a.author_id, a.assignment_id`);
}

/** What one person may do and did in an assignment. */
export type OwnWork = {
  glosses: number;
  replies: number;
  late: number;
  done: boolean;
  unlocked: boolean;
  due: Date | null;
  repliesDue: Date | null;
  request: string | null;
  grade: string | null;
  comment: string;
};

/** The work of the viewer in the assignments of a group, by the assignment's id; none where they did nothing. */
export async function selectOwnWork(
  scope: VisibilityScope,
  groupId: string,
  userId: string,
): Promise<Map<string, OwnWork>> {
  const [counts, participations] = await Promise.all([
    countWork(scope, groupId, { author: userId }),
    selectParticipations(groupId, { userId }),
  ]);
  const ids = new Set([
    ...counts.flatMap(({ assignmentId }) => assignmentId ?? []),
    ...participations.map(({ assignmentId }) => assignmentId),
  ]);
  return new Map(
    [...ids].map((id) => {
      const count = counts.find(({ assignmentId }) => assignmentId === id);
      const participation = participations.find(({ assignmentId }) => assignmentId === id);
      return [id, workOf(count, participation)];
    }),
  );
}

export type ParticipationRow = Awaited<ReturnType<typeof selectParticipations>>[number];

/** What was noted of a group's people in its assignments; of one person, or in one assignment, where named. */
export function selectParticipations(
  groupId: string,
  where: { userId?: string; assignmentId?: string } = {},
) {
  return db.participation.findMany({ where: { groupId, ...where } });
}

/** Counts and notes of one person in one assignment, together. */
export function workOf(count: Counts | undefined, participation: ParticipationRow | undefined): OwnWork {
  return {
    glosses: count?.glosses ?? 0,
    replies: count?.replies ?? 0,
    late: count?.late ?? 0,
    done: (participation?.doneAt ?? null) !== null,
    unlocked: (participation?.unlockedAt ?? null) !== null,
    due: participation?.due ?? null,
    repliesDue: participation?.repliesDue ?? null,
    request: participation?.request ?? null,
    grade: participation?.grade ?? null,
    comment: participation?.comment ?? '',
  };
}
