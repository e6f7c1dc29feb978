import { Prisma } from '@/lib/db';
import { isStaff, type Role } from './roles';

/** What the visibility condition needs to know of a viewer. */
export type VisibilityScope = {
  id: string | null;
  /** The only group that the viewer's token opens; null for all. */
  only: string | null;
  memberships: { groupId: string; role: Role }[];
};

/** The tables that the conditions below speak of: an annotation `a`, its root `r`, its group `g`, its assignment `s`. */
export const READABLE_FROM = Prisma.sql`annotation a
  JOIN annotation r ON r.group_id = a.group_id AND r.id = a.root_id
  JOIN "group" g ON g.id = a.group_id
  LEFT JOIN assignment s ON s.group_id = r.group_id AND s.id = r.assignment_id`;

/**
 * The one visibility condition: which annotations `scope` may see. Every read of annotations uses it: pages, API, W3C
 * container, exports, search, counts, queue. It speaks of the aliases of `READABLE_FROM`; `alias` names another row of
 * the same thread instead of `a`.
 *
 * A student may see that a hidden or deleted annotation was there: `shownTo` says whether its text goes with it.
 */
export function readable(scope: VisibilityScope, alias: 'a' | 'x' = 'a'): Prisma.Sql {
  const a = Prisma.raw(alias);
  const { viewer, staffOf, memberOf } = parametersOf(scope);
  return Prisma.sql`(${withinToken(scope, a)}(
    ${a}.author_id = ${viewer}::uuid
    OR (${a}.group_id = ANY(${staffOf}::uuid[]) AND ${sharedWithStaff(a)})
    OR ((${a}.group_id = ANY(${memberOf}::uuid[]) OR g.access <> 'private')
      AND ${a}.visibility = 'group' AND ${a}.state IN ('published', 'hidden', 'deleted')
      AND (r.author_id = ${viewer}::uuid OR (r.visibility = 'group' AND r.state IN ('published', 'hidden', 'deleted')))
      AND (s.id IS NULL OR s.mode = 'open'
        OR (s.mode = 'blind-until' AND s.reveal <= now())
        OR (s.mode = 'post-first' AND EXISTS (
          SELECT FROM annotation own WHERE own.group_id = ${a}.group_id AND own.author_id = ${viewer}::uuid
            AND own.assignment_id = s.id AND own.parent_id IS NULL
            AND own.visibility = 'group' AND own.state = 'published'))))
  ))`;
}

/** Whether the text, tags and reason of a readable annotation go to the viewer, or only its tombstone. */
export function shownTo(scope: VisibilityScope): Prisma.Sql {
  const { viewer, staffOf } = parametersOf(scope);
  return Prisma.sql`(a.state = 'published' OR a.author_id = ${viewer}::uuid OR a.group_id = ANY(${staffOf}::uuid[]))`;
}

/**
 * Whether an administrator who previews a publication may not even see the passage of an annotation: it was deleted,
 * or not even a group's staff sees it.
 */
export const HIDDEN_FROM_ADMIN = Prisma.sql`(a.state = 'deleted' OR NOT (${sharedWithStaff(Prisma.raw('a'))}))`;

/** What is private, in a private thread, or in a private assignment, is for its author alone. */
function sharedWithStaff(a: Prisma.Sql): Prisma.Sql {
  return Prisma.sql`${a}.visibility <> 'private' AND r.visibility <> 'private' AND s.mode IS DISTINCT FROM 'private'`;
}

/** A token of one group shows nothing of another group, not even what its person wrote there. */
function withinToken({ only }: VisibilityScope, a: Prisma.Sql): Prisma.Sql {
  return only === null ? Prisma.empty : Prisma.sql`${a}.group_id = ${only}::uuid AND `;
}

function parametersOf({ id, memberships }: VisibilityScope) {
  const groupsWhere = (staff: boolean) =>
    memberships.filter(({ role }) => isStaff(role) === staff).map(({ groupId }) => groupId);
  return { viewer: id, staffOf: groupsWhere(true), memberOf: groupsWhere(false) };
}
