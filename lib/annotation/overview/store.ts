import { Prisma, query } from '@/lib/db';
import { READABLE_FROM, readable, type VisibilityScope } from '@/lib/policy/readable';

/** What counts as said: neither a tombstone nor what waits for staff. */
const SAID = Prisma.sql`a.state = 'published' AND a.visibility = 'group'`;

/** A group's life of late. */
export type GroupActivity = {
  groupId: string;
  /** Notes and replies since `since`. */
  notes: number;
  /** When the newest was written; null where there is none since then. */
  latest: Date | null;
};

/** What was written in these groups since `since`, of what `scope` may see: one statement for all, by creation. */
export function selectGroupActivity(
  scope: VisibilityScope,
  groupIds: string[],
  since: Date,
): Promise<GroupActivity[]> {
  return query<GroupActivity>(Prisma.sql`
    SELECT a.group_id AS "groupId", count(*)::int AS notes, max(a.created_at) AS latest FROM ${READABLE_FROM}
     WHERE a.group_id = ANY(${groupIds}::uuid[]) AND a.created_at >= ${since} AND ${SAID} AND ${readable(scope)}
     GROUP BY a.group_id`);
}

export type SectionNotes = { edition: string; section: string; notes: number };

/** How many notes and replies each section of a group has, of those that `scope` may see. */
export function countBySection(scope: VisibilityScope, groupId: string): Promise<SectionNotes[]> {
  return query<SectionNotes>(Prisma.sql`
    SELECT a.edition, a.section, count(*)::int AS notes FROM ${READABLE_FROM}
     WHERE a.group_id = ${groupId}::uuid AND ${SAID} AND ${readable(scope)}
     GROUP BY a.edition, a.section`);
}

/** Whether `a` is a question that has no answer which `scope` may see, and that is not marked as resolved. */
export function isOpenQuestion(scope: VisibilityScope): Prisma.Sql {
  return Prisma.sql`(a.parent_id IS NULL AND a.kind = 'question' AND NOT a.resolved AND ${SAID}
    AND NOT EXISTS (SELECT FROM annotation x WHERE x.group_id = a.group_id AND x.root_id = a.id
      AND x.id <> a.id AND x.state = 'published' AND x.visibility = 'group' AND ${readable(scope, 'x')}))`;
}

/** How many open questions a group has, of those that `scope` may see. */
export async function countOpenQuestions(scope: VisibilityScope, groupId: string): Promise<number> {
  const [row] = await query<{ count: number }>(Prisma.sql`
    SELECT count(*)::int AS count FROM ${READABLE_FROM}
     WHERE a.group_id = ${groupId}::uuid AND ${isOpenQuestion(scope)} AND ${readable(scope)}`);
  return row?.count ?? 0;
}

/** A passage with what its threads hold: notes and replies, and questions that nobody has answered. */
export type PassageNotes = { start: number; end: number; notes: number; open: number };

/** The passages of a section that notes of a group stand on, of those that `scope` may see, in order. */
export function countByPassage(
  scope: VisibilityScope,
  groupId: string,
  { edition, section }: { edition: string; section: string },
): Promise<PassageNotes[]> {
  return query<PassageNotes>(Prisma.sql`
    SELECT p.start, p."end", count(*)::int AS notes, (count(*) FILTER (WHERE ${isOpenQuestion(scope)}))::int AS open
      FROM ${READABLE_FROM} JOIN passage p ON p.group_id = r.group_id AND p.annotation_id = r.id
     WHERE a.group_id = ${groupId}::uuid AND p.edition = ${edition} AND p.section = ${section} AND p.start IS NOT NULL
       AND a.kind <> 'highlight' AND ${SAID} AND ${readable(scope)}
     GROUP BY p.start, p."end" ORDER BY p.start`);
}
