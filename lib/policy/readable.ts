import { Prisma } from '@/lib/db';
import { isStaff, type Role } from '.';

/** What this condition needs to know of a viewer. */
export type VisibilityScope = {
  id: string | null;
  only: string | null;
  memberships: { groupId: string; role: Role }[];
};

/**
 * The one visibility condition: which annotations `reader` may see. Every read of annotations uses it — pages,
 * API, W3C container, exports, search, counts, queue. It speaks of the table aliases that `annotation` below
 * and every FROM built on `READABLE_FROM` have: the note itself (`a` unless named otherwise), its root `r`, its
 * group `g`, and the assignment of its root `s`.
 *
 * A hidden or deleted note that a student may see is a tombstone: `shownTo` says whether its text goes with it.
 */
export function readable(reader: VisibilityScope, alias: 'a' | 'x' = 'a'): Prisma.Sql {
  const a = Prisma.raw(alias);
  const { me, staff, members } = parts(reader);
  return Prisma.sql`(${bounds(reader, a)}(
    ${a}.author_id = ${me}::uuid
    OR (${a}.group_id = ANY(${staff}::uuid[])
      AND ${a}.visibility <> 'private' AND r.visibility <> 'private' AND s.mode IS DISTINCT FROM 'private')
    OR ((${a}.group_id = ANY(${members}::uuid[]) OR g.access <> 'private')
      AND ${a}.visibility = 'group' AND ${a}.state IN ('published', 'hidden', 'deleted')
      AND (r.author_id = ${me}::uuid OR (r.visibility = 'group' AND r.state IN ('published', 'hidden', 'deleted')))
      AND (s.id IS NULL OR s.mode = 'open'
        OR (s.mode = 'blind-until' AND s.reveal <= now())
        OR (s.mode = 'post-first' AND EXISTS (
          SELECT FROM annotation own WHERE own.group_id = ${a}.group_id AND own.author_id = ${me}::uuid
            AND own.assignment_id = s.id AND own.parent_id IS NULL
            AND own.visibility = 'group' AND own.state = 'published'))))
  ))`;
}

/** A token of one group shows nothing of another, not even what its person wrote there. */
function bounds({ only }: VisibilityScope, a: Prisma.Sql): Prisma.Sql {
  return only === null ? Prisma.empty : Prisma.sql`${a}.group_id = ${only}::uuid AND `;
}

/** Whether a readable note's text, tags and reason go to `reader`, or only its tombstone. */
export function shownTo(reader: VisibilityScope): Prisma.Sql {
  const { me, staff } = parts(reader);
  return Prisma.sql`(a.state = 'published' OR a.author_id = ${me}::uuid OR a.group_id = ANY(${staff}::uuid[]))`;
}

/** The tables that `readable` and `shownTo` speak of. */
export const READABLE_FROM = Prisma.sql`annotation a
  JOIN annotation r ON r.group_id = a.group_id AND r.id = a.root_id
  JOIN "group" g ON g.id = a.group_id
  LEFT JOIN assignment s ON s.group_id = r.group_id AND s.id = r.assignment_id`;

function parts(reader: VisibilityScope) {
  const groupsOf = (wanted: boolean) =>
    reader.memberships.filter(({ role }) => isStaff(role) === wanted).map(({ groupId }) => groupId);
  return { me: reader.id, staff: groupsOf(true), members: groupsOf(false) };
}
