import { Prisma } from '@/lib/db';
import { type ActingRole, actingRole, type GivenRole, seesAll } from './roles';
import { canOnSite, type SiteFacts } from './site';

/** What the visibility condition needs to know of a viewer. */
export type VisibilityScope = SiteFacts & { memberships: (GivenRole & { groupId: string })[] };

/**
 * In place of one viewer: each receiver of `RECEIVERS`, the rows of `v`, for a statement that asks for many people at once.
 */
export const EACH_RECEIVER = 'each receiver';
type Scope = VisibilityScope | typeof EACH_RECEIVER;

/**
 * Many viewers as a table `v`, with what is true of their memberships when the statement runs: `n` is the position in
 * `receivers`, `staffs` says who is staff in `groupId`, `joined` since when they are a member there. `id` is null for
 * nobody in particular; `token_group` is the group of a token.
 */
export function receiversOf(
  groupId: string,
  receivers: readonly { id: string | null; only: string | null; editsAll: boolean }[],
): Prisma.Sql {
  const groups = (holds: Prisma.Sql) => Prisma.sql`ARRAY(SELECT m.group_id FROM member m
    JOIN "group" k ON k.id = m.group_id AND k.deleted_at IS NULL WHERE m.user_id = o.id AND (o.token_group IS NULL OR m.group_id = o.token_group) AND ${holds})`;
  return Prisma.sql`SELECT o.n, o.id, o.token_group, o.edits_all, ${groups(STAFF)} AS staff_of,
      ${groups(Prisma.sql`NOT ${STAFF}`)} AS member_of, ${groups(MANAGER)} AS manager_of,
      own.joined_at AS joined, own.role IS NOT NULL AND (o.token_group IS NULL OR o.token_group = own.group_id) AS belongs,
      own.role IS NOT NULL AND ${staffAs('own')} AS staffs
    FROM unnest(${receivers.map(({ id }) => id)}::uuid[], ${receivers.map(({ only }) => only)}::uuid[],
      ${receivers.map(({ editsAll }) => editsAll)}::bool[]) WITH ORDINALITY AS o(id, token_group, edits_all, n)
    LEFT JOIN member own ON own.group_id = ${groupId}::uuid AND own.user_id = o.id
      AND EXISTS (SELECT FROM "group" WHERE id = own.group_id AND deleted_at IS NULL)`;
}

/** Whether the member of this alias is staff, or moderates (`seesAll`). */
export function staffAs(alias: 'm' | 's' | 'own'): Prisma.Sql {
  const member = Prisma.raw(alias);
  return Prisma.sql`(${member}.role IN ('owner', 'instructor', 'assistant') OR (${member}.role = 'student' AND ${member}.moderates))`;
}

const STAFF = staffAs('m');
const MANAGER = Prisma.sql`m.role IN ('owner', 'instructor')`;

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
 * The same tables as they were at the time `h.at` of a change to the annotation `h.id`: `w` is its earlier sight, and `a`
 * and `r` have the state and the visibility of then.
 */
export const READABLE_EARLIER = Prisma.sql`earlier_sight w
  JOIN annotation x ON x.group_id = w.group_id AND x.id = w.annotation_id
  CROSS JOIN LATERAL (SELECT x.group_id, x.id, x.root_id, x.parent_id, x.author_id, w.state, w.visibility) a
  JOIN annotation y ON y.group_id = x.group_id AND y.id = x.root_id
  CROSS JOIN LATERAL (SELECT y.group_id, y.id, y.author_id, y.edition, y.assignment_id,
    CASE WHEN y.id = x.id THEN w.state ELSE y.state END AS state,
    CASE WHEN y.id = x.id THEN w.visibility ELSE y.visibility END AS visibility) r
  JOIN "group" g ON g.id = x.group_id
  LEFT JOIN assignment s ON s.group_id = r.group_id AND s.id = r.assignment_id`;

/**
 * The one visibility condition: which annotations `scope` may see. Every read of annotations uses it: pages, API, W3C
 * container, exports, search, counts, queue. It speaks of the aliases of `READABLE_FROM`; `alias` names another row of
 * the same thread instead of `a`.
 *
 * A student may see that a hidden or deleted annotation was there: `shownTo` says whether its text goes with it. `at` is
 * the time at which the doors of assignments are looked at: now, unless the question is what was seen then.
 */
export function readable(scope: Scope, alias: 'a' | 'x' = 'a', at = NOW): Prisma.Sql {
  const a = Prisma.raw(alias);
  const { viewer, staffOf, memberOf } = parametersOf(scope);
  return Prisma.sql`(${withinToken(scope, a)}(
    ${a}.author_id = ${viewer}
    OR (${onReadableEditions(scope)} AND ((${a}.group_id = ANY(${staffOf}) AND ${sharedWithStaff(a)})
    OR ((${a}.group_id = ANY(${memberOf}) OR g.access <> 'private')
      AND ((${leavesTrace(a)} AND (r.author_id = ${viewer} OR ${leavesTrace(ROOT)})
          AND ${modeAllows(viewer, at)} AND ${inOneSubgroup(viewer, a)} AND ${inOneSubgroup(viewer, ROOT)})
        OR (${isAnswerTo(viewer, a)} AND (r.author_id = ${viewer}
          OR (${leavesTrace(ROOT)} AND ${modeAllows(viewer, at)} AND ${inOneSubgroup(viewer, ROOT)}))))))
  )))`;
}

/**
 * `readable`, for a list that `READABLE_IN_ORDER` walks. Postgres thinks that nearly nothing meets so long a condition, reads the
 * whole group and sorts it; of a CASE it thinks that every second row does, and stops at the limit.
 */
export function readableInOrder(scope: VisibilityScope): Prisma.Sql {
  return Prisma.sql`CASE WHEN ${readable(scope)} THEN true ELSE false END`;
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
const NOW = Prisma.sql`now()`;

/**
 * Whether an annotation that is readable now was in the viewer's sight at the time `at` already, as far as its own state
 * and the doors of its assignment go.
 */
export function wasInSight(scope: VisibilityScope, at: Prisma.Sql): Prisma.Sql {
  const { viewer, staffOf } = parametersOf(scope);
  return Prisma.sql`(coalesce(a.shared_at, a.created_at) <= ${at}
    AND (a.group_id = ANY(${staffOf}) OR r.author_id = ${viewer} OR ${modeAllows(viewer, at)}))`;
}

/** Whether `a` is for the whole group, which sees at least that it is or was there. */
function leavesTrace(a: Prisma.Sql): Prisma.Sql {
  return Prisma.sql`(${a}.visibility = 'group' AND ${a}.state IN ('published', 'hidden', 'deleted'))`;
}

/**
 * Whether the mode of the thread's assignment lets a student see what others wrote. In `post-first` their first
 * published gloss has opened it for good (the trigger `unlock_assignment`).
 */
function modeAllows(viewer: Prisma.Sql, at: Prisma.Sql): Prisma.Sql {
  return Prisma.sql`(s.id IS NULL OR s.mode = 'open'
    OR (s.mode = 'blind-until' AND s.reveal <= ${at})
    OR (s.mode = 'post-first' AND EXISTS (SELECT FROM participation w
      WHERE w.group_id = s.group_id AND w.assignment_id = s.id AND w.user_id = ${viewer}
        AND w.unlocked_at <= ${at})))`;
}

/**
 * Whether the author of `a` writes for the viewer where subgroups are apart: their subgroup is the viewer's, or they are
 * in none, as staff mostly is. An assignment may have subgroups of its own.
 */
function inOneSubgroup(viewer: Prisma.Sql, a: Prisma.Sql): Prisma.Sql {
  return Prisma.sql`(NOT g.subgroups_apart OR NOT EXISTS (SELECT FROM subgroup_member m
    WHERE m.group_id = ${a}.group_id AND m.user_id = ${a}.author_id
      AND m.assignment_id IS NOT DISTINCT FROM CASE WHEN s.own_subgroups THEN s.id END
      AND NOT EXISTS (SELECT FROM subgroup_member n
        WHERE n.group_id = m.group_id AND n.subgroup_id = m.subgroup_id AND n.user_id = ${viewer})))`;
}

/** Whether `a` is a private word to the viewer: an answer for the author of the note answered. */
function isAnswerTo(viewer: Prisma.Sql, a: Prisma.Sql): Prisma.Sql {
  return Prisma.sql`(${a}.visibility = 'author' AND ${a}.state = 'published' AND EXISTS (SELECT FROM annotation answered
    WHERE answered.group_id = ${a}.group_id AND answered.id = ${a}.parent_id AND answered.author_id = ${viewer}))`;
}

/**
 * The one condition on editions: whether `scope` may read the edition `e`. It is public, or on the reading list of one
 * of the viewer's groups, or the viewer manages it. Every read of an edition uses it, with all that stands on one.
 */
export function readableEdition(scope: Scope): Prisma.Sql {
  if (managesAll(scope)) return Prisma.sql`true`;
  const { groups } = parametersOf(scope);
  return Prisma.sql`(e.access = 'public' OR ${managedAtHome(scope)}
    OR EXISTS (SELECT FROM reading_list_item i WHERE i.edition = e.slug AND i.group_id = ANY(${groups})))`;
}

/** Whether one viewer manages all editions; of many it is a column. */
function managesAll(scope: Scope): boolean {
  return scope !== EACH_RECEIVER && canOnSite(scope, 'manage-editions');
}

/** As `readableEdition`, but an edition that was never published is there for those alone who manage it. */
export function knownEdition(scope: VisibilityScope): Prisma.Sql {
  if (canOnSite(scope, 'manage-editions')) return Prisma.sql`true`;
  return Prisma.sql`((e.current IS NOT NULL AND ${readableEdition(scope)}) OR ${managedAtHome(scope)})`;
}

/** Whether `e` belongs to a group of which the viewer is owner or instructor; false, never null, where it has none. */
function managedAtHome(scope: Scope): Prisma.Sql {
  return Prisma.sql`(e.home_group IS NOT NULL AND e.home_group = ANY(${parametersOf(scope).managerOf}))`;
}

/**
 * Whether all that the thread of the root `r` stands on is in editions that `scope` may read. The set of those that are
 * not is computed once for a statement, and is empty where no edition is closed. For each of many receivers the set is
 * another one: there only the editions of the thread are looked at, and none where no edition is closed.
 */
export function onReadableEditions(scope: Scope): Prisma.Sql {
  if (managesAll(scope)) return Prisma.sql`true`;
  if (scope === EACH_RECEIVER) {
    const among = (slugs: Prisma.Sql) => Prisma.sql`NOT EXISTS (SELECT FROM edition e
      WHERE e.slug IN (${slugs}) AND NOT ${readableEdition(scope)})`;
    return Prisma.sql`(v.edits_all OR NOT EXISTS (SELECT FROM edition e WHERE e.access <> 'public') OR (
      ${among(Prisma.sql`r.edition`)}
      AND ${among(Prisma.sql`SELECT p.edition FROM passage p WHERE p.group_id = r.group_id AND p.annotation_id = r.id`)}
      AND ${among(Prisma.sql`SELECT q.edition FROM region q WHERE q.group_id = r.group_id AND q.annotation_id = r.id`)}))`;
  }
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
export function shownTo(scope: Scope): Prisma.Sql {
  const { viewer, staffOf } = parametersOf(scope);
  return Prisma.sql`(a.state = 'published' OR a.author_id = ${viewer} OR a.group_id = ANY(${staffOf}))`;
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
  return Prisma.sql`((a.author_id = ${viewer} OR a.group_id = ANY(${staffOf}))
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
function withinToken(scope: Scope, a: Prisma.Sql): Prisma.Sql {
  if (scope === EACH_RECEIVER)
    return Prisma.sql`(v.token_group IS NULL OR ${a}.group_id = v.token_group) AND `;
  return scope.only === null ? Prisma.empty : Prisma.sql`${a}.group_id = ${scope.only}::uuid AND `;
}

/** What the conditions compare with: the viewer's id, and the groups in which they are what, as uuid and uuid[]. */
function parametersOf(scope: Pick<VisibilityScope, 'id' | 'memberships'> | typeof EACH_RECEIVER) {
  if (scope === EACH_RECEIVER) {
    return {
      viewer: Prisma.raw('v.id'),
      staffOf: Prisma.raw('v.staff_of'),
      memberOf: Prisma.raw('v.member_of'),
      managerOf: Prisma.raw('v.manager_of'),
      groups: Prisma.raw('(v.staff_of || v.member_of)'),
    };
  }
  const groupsWhere = (holds: (role: ActingRole) => boolean) => {
    const found = scope.memberships.filter((own) => holds(actingRole(own))).map(({ groupId }) => groupId);
    return Prisma.sql`${found}::uuid[]`;
  };
  return {
    viewer: Prisma.sql`${scope.id}::uuid`,
    staffOf: groupsWhere(seesAll),
    memberOf: groupsWhere((role) => !seesAll(role)),
    managerOf: groupsWhere((role) => role === 'owner' || role === 'instructor'),
    groups: groupsWhere(() => true),
  };
}
