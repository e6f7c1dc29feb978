import { Prisma } from '@/lib/db';
import { isStaff, type Role } from './roles';
import { canOnSite, type SiteFacts } from './site';

/** What the visibility condition needs to know of a viewer. */
export type VisibilityScope = SiteFacts & { memberships: { groupId: string; role: Role }[] };

/** The tables that the conditions below speak of: an annotation `a`, its root `r`, its group `g`, its assignment `s`. */
export const READABLE_FROM = Prisma.sql`annotation a
  JOIN annotation r ON r.group_id = a.group_id AND r.id = a.root_id
  JOIN "group" g ON g.id = a.group_id
  LEFT JOIN assignment s ON s.group_id = r.group_id AND s.id = r.assignment_id`;

/**
 * The same tables for a page of a list: each row beside `a` is looked up by its key, so that Postgres walks an index in the
 * order of the list and stops at its limit, where it would else join and sort all of the group (OFFSET 0 keeps it from that).
 */
export const READABLE_IN_ORDER = Prisma.sql`annotation a
  JOIN LATERAL (SELECT * FROM annotation WHERE group_id = a.group_id AND id = a.root_id OFFSET 0) r ON true
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
    OR (${onReadableEditions(scope)} AND ((${a}.group_id = ANY(${staffOf}::uuid[]) AND ${sharedWithStaff(a)})
    OR ((${a}.group_id = ANY(${memberOf}::uuid[]) OR g.access <> 'private')
      AND ((${leavesTrace(a)} AND (r.author_id = ${viewer}::uuid OR ${leavesTrace(ROOT)})
          AND ${modeAllows(viewer)} AND ${inOneSubgroup(viewer, a)} AND ${inOneSubgroup(viewer, ROOT)})
        OR (${isAnswerTo(viewer, a)} AND (r.author_id = ${viewer}::uuid
          OR (${leavesTrace(ROOT)} AND ${modeAllows(viewer)} AND ${inOneSubgroup(viewer, ROOT)}))))))
  )))`;
}

/**
 * Whether `a` is in a group in which `scope` may see anything: it follows from `readable`, never replaces it. What asks
 * for all groups says it too, so that an index leads it past the others.
 */
export function inReadableGroup(scope: VisibilityScope): Prisma.Sql {
  const groups = scope.memberships.map(({ groupId }) => groupId);
  return Prisma.sql`a.group_id = ANY(ARRAY(
    SELECT id FROM "group" WHERE access <> 'private' OR id = ANY(${groups}::uuid[])
    UNION SELECT group_id FROM annotation WHERE author_id = ${scope.id}::uuid))`;
}

const ROOT = Prisma.raw('r');

/** Whether `a` is for the whole group, which sees at least that it is or was there. */
function leavesTrace(a: Prisma.Sql): Prisma.Sql {
  return Prisma.sql`(${a}.visibility = 'group' AND ${a}.state IN ('published', 'hidden', 'deleted'))`;
}

/**
 * Whether the mode of the thread's assignment lets a student see what others wrote. In `post-first` their first
 * published gloss has opened it for good (the trigger `unlock_assignment`).
 */
function modeAllows(viewer: string | null): Prisma.Sql {
  return Prisma.sql`(s.id IS NULL OR s.mode = 'open'
    OR (s.mode = 'blind-until' AND s.reveal <= now())
    OR (s.mode = 'post-first' AND EXISTS (SELECT FROM participation w
      WHERE w.group_id = s.group_id AND w.assignment_id = s.id AND w.user_id = ${viewer}::uuid
        AND w.unlocked_at IS NOT NULL)))`;
}

/**
 * Whether the author of `a` writes for the viewer where subgroups are apart: their subgroup is the viewer's, or they are
 * in none, as staff mostly is. An assignment may have subgroups of its own.
 */
function inOneSubgroup(viewer: string | null, a: Prisma.Sql): Prisma.Sql {
  return Prisma.sql`(NOT g.subgroups_apart OR NOT EXISTS (SELECT FROM subgroup_member m
    WHERE m.group_id = ${a}.group_id AND m.user_id = ${a}.author_id
      AND m.assignment_id IS NOT DISTINCT FROM CASE WHEN s.own_subgroups THEN s.id END
      AND NOT EXISTS (SELECT FROM subgroup_member n
        WHERE n.group_id = m.group_id AND n.subgroup_id = m.subgroup_id AND n.user_id = ${viewer}::uuid)))`;
}

/** Whether `a` is a private word to the viewer: an answer for the author of the note answered. */
function isAnswerTo(viewer: string | null, a: Prisma.Sql): Prisma.Sql {
  return Prisma.sql`(${a}.visibility = 'author' AND ${a}.state = 'published' AND EXISTS (SELECT FROM annotation answered
    WHERE answered.group_id = ${a}.group_id AND answered.id = ${a}.parent_id AND answered.author_id = ${viewer}::uuid))`;
}

/**
 * The one condition on editions: whether `scope` may read the edition `e`. It is public, or on the reading list of one
 * of the viewer's groups, or the viewer manages it. Every read of an edition uses it, with all that stands on one.
 */
export function readableEdition(scope: VisibilityScope): Prisma.Sql {
  if (canOnSite(scope, 'manage-editions')) return Prisma.sql`true`;
  const groups = scope.memberships.map(({ groupId }) => groupId);
  return Prisma.sql`(e.access = 'public' OR ${managedAtHome(scope)}
    OR EXISTS (SELECT FROM reading_list_item i
      WHERE i.edition = e.slug AND i.group_id = ANY(${groups}::uuid[])))`;
}

/** As `readableEdition`, but an edition that was never published is there for those alone who manage it. */
export function knownEdition(scope: VisibilityScope): Prisma.Sql {
  if (canOnSite(scope, 'manage-editions')) return Prisma.sql`true`;
  return Prisma.sql`((e.current IS NOT NULL AND ${readableEdition(scope)}) OR ${managedAtHome(scope)})`;
}

/** Whether `e` belongs to a group of which the viewer is owner or instructor; false, never null, where it has none. */
function managedAtHome({ memberships }: VisibilityScope): Prisma.Sql {
  const managed = memberships.filter(({ role }) => role === 'owner' || role === 'instructor');
  return Prisma.sql`(e.home_group IS NOT NULL
    AND e.home_group = ANY(${managed.map(({ groupId }) => groupId)}::uuid[]))`;
}

/**
 * Whether all that the thread of the root `r` stands on is in editions that `scope` may read. The set of those that are
 * not is computed once for a statement, and is empty where no edition is closed.
 */
export function onReadableEditions(scope: VisibilityScope): Prisma.Sql {
  if (canOnSite(scope, 'manage-editions')) return Prisma.sql`true`;
  const closed = Prisma.sql`SELECT e.slug FROM edition e WHERE NOT ${readableEdition(scope)}`;
  return Prisma.sql`(r.edition NOT IN (${closed}) AND (NOT EXISTS (${closed}) OR (
    NOT EXISTS (SELECT FROM passage p
      WHERE p.group_id = r.group_id AND p.annotation_id = r.id AND p.edition IN (${closed}))
    AND NOT EXISTS (SELECT FROM region q
      WHERE q.group_id = r.group_id AND q.annotation_id = r.id AND q.edition IN (${closed})))))`;
}

/**
 * Whether the passages of a readable annotation `a` go to the viewer with their words. Those of an author who may no
 * longer read the edition do not.
 */
export function passagesShownTo(scope: VisibilityScope): Prisma.Sql {
  return Prisma.sql`(a.author_id IS DISTINCT FROM ${scope.id}::uuid OR ${onReadableEditions(scope)})`;
}

/** Whether the text, tags and reason of a readable annotation go to the viewer, or only its tombstone. */
export function shownTo(scope: VisibilityScope): Prisma.Sql {
  const { viewer, staffOf } = parametersOf(scope);
  return Prisma.sql`(a.state = 'published' OR a.author_id = ${viewer}::uuid OR a.group_id = ANY(${staffOf}::uuid[]))`;
}

/**
 * When a gloss or a reply is due, of the assignment `s` and of the participation `w` of its author: their own date, else
 * the assignment's; null without one.
 */
export const DUE_DATE = Prisma.sql`CASE WHEN a.parent_id IS NULL
  THEN coalesce(w.due, s.due) ELSE coalesce(w.replies_due, s.replies_due) END`;

/**
 * Whether an annotation was written after its author's own date, else after its assignment's: told to its author and to
 * staff, because a date of one's own is between the two.
 */
export function lateTo(scope: VisibilityScope): Prisma.Sql {
  const { viewer, staffOf } = parametersOf(scope);
  return Prisma.sql`((a.author_id = ${viewer}::uuid OR a.group_id = ANY(${staffOf}::uuid[]))
    AND s.id IS NOT NULL AND a.created_at > (SELECT ${DUE_DATE}
      FROM (SELECT) one LEFT JOIN participation w
        ON w.group_id = s.group_id AND w.assignment_id = s.id AND w.user_id = a.author_id)) IS TRUE`;
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

function parametersOf({ id, memberships }: Pick<VisibilityScope, 'id' | 'memberships'>) {
  const groupsWhere = (staff: boolean) =>
    memberships.filter(({ role }) => isStaff(role) === staff).map(({ groupId }) => groupId);
  return { viewer: id, staffOf: groupsWhere(true), memberOf: groupsWhere(false) };
}
