import { RULES_OF_S, type WritingRules } from '@/lib/assignment';
import { db, Prisma, query, queryInBatches, type Tx } from '@/lib/db';
import { foldWords, wordPattern } from '@/lib/kernel/word-pattern';
import {
  inReadableGroup,
  lateTo,
  passagesShownTo,
  READABLE_FROM,
  READABLE_IN_ORDER,
  readable,
  readableInOrder,
  shownTo,
  staffAs,
  type VisibilityScope,
} from '@/lib/policy/readable';
import {
  hasPassage,
  hasRegion,
  type PassageRow,
  passagesOfA,
  regionsOfA,
  threadHasRegionOn,
  threadReaches,
} from '@/lib/target';
import type { PlacedRegion } from '@/lib/target/schema';
import { isUnread } from '@/lib/unread';
import { countOfAgreements, isAgreed } from './agreement/store';
import { isOpenQuestion } from './overview/store';
import type { AnnotationFilter, Kind, State, Visibility } from './schema';

/** An annotation as a viewer may see it: the text of a tombstone is already left out. */
export type AnnotationRow = {
  id: string;
  groupId: string;
  groupSlug: string;
  rootId: string;
  parentId: string | null;
  authorId: string;
  authorName: string;
  edition: string;
  section: string;
  assignmentId: string | null;
  /** Whether it was written after its author's own date; false to whom that is not told. */
  late: boolean;
  kind: Kind;
  body: string;
  tags: string[];
  /** The reading of a variant; the citation of a source and its address; null of any other. */
  reading: string | null;
  citation: string | null;
  citationAddress: string | null;
  visibility: Visibility;
  state: State;
  deletedFrom: State | null;
  /** Whether its text, tags and reason are here, or it is a tombstone to this viewer. */
  shown: boolean;
  reason: string | null;
  version: number;
  createdAt: Date;
  modifiedAt: Date;
  /** When its author last changed its words; null for the first ones. */
  editedAt: Date | null;
  /** Whether staff has sent it back to its author, who has not changed it since. */
  returned: boolean;
  /** Whether the viewer wrote it, and may appeal against the decision that holds it back. */
  appealable: boolean;
  /** Whether an appeal waits for an answer, and whether that is another's than the viewer's. */
  appeal: 'none' | 'open' | 'reserved';
  /** The revision that it was written on; null for a reply. */
  revision: number | null;
  /** Whether the words of its passages are here: its author may no longer read the edition where they are not. */
  passagesShown: boolean;
  /** In order; none for a reply, and for a gloss on a whole section. */
  passages: PassageRow[];
  /** In order; none for most. */
  regions: PlacedRegion[];
  /** The Web Annotation as it was received, as JSON; null where the other fields say it all. */
  received: string | null;
  locked: boolean;
  pinned: boolean;
  endorsed: boolean;
  resolved: boolean;
  replies: number;
  /** How many agree with it, and whether the viewer does. */
  agreements: number;
  agreed: boolean;
};

/** What its kind asks of a gloss, as columns. */
export type KindParts = Pick<AnnotationRow, 'reading' | 'citation' | 'citationAddress'>;

/**
 * Beside `READABLE_FROM`, whether the passages of `a` are shown to the viewer: asked in one place (which OFFSET 0 keeps so),
 * because six columns depend on it, and Postgres prepares each copy of a condition for every statement.
 */
export const passagesShown = (scope: VisibilityScope) =>
  Prisma.sql`CROSS JOIN LATERAL (SELECT ${passagesShownTo(scope)} AS passages OFFSET 0) shown`;
/** Whether they are, where `passagesShown` is joined. */
export const ARE_PASSAGES_SHOWN = Prisma.sql`shown.passages`;

/** The columns of `AnnotationRow`, for `scope`, of `READABLE_FROM` with the author as `u` and `passagesShown`. */
export const annotationColumns = (scope: VisibilityScope, { replies = true } = {}) => Prisma.sql`
  a.id, a.group_id AS "groupId", g.slug AS "groupSlug", a.root_id AS "rootId", a.parent_id AS "parentId",
  a.author_id AS "authorId", coalesce(u.name, '') AS "authorName", a.edition, a.section,
  a.assignment_id AS "assignmentId", ${lateTo(scope)} AS late, a.kind::text, a.visibility::text, a.state::text,
  a.deleted_from::text AS "deletedFrom", ${shownTo(scope)} IS TRUE AS shown,
  CASE WHEN ${shownTo(scope)} THEN a.body ELSE '' END AS body,
  CASE WHEN ${shownTo(scope)} THEN a.tags ELSE '{}' END AS tags,
  CASE WHEN ${shownTo(scope)} THEN a.reading END AS reading, CASE WHEN ${shownTo(scope)} THEN a.citation END AS citation,
  CASE WHEN ${shownTo(scope)} THEN a.citation_address END AS "citationAddress",
  CASE WHEN ${shownTo(scope)} THEN a.reason END AS reason,
  a.version, a.created_at AS "createdAt", a.modified_at AS "modifiedAt", a.edited_at AS "editedAt",
  a.returned, ${isAppealable(scope)} AS appealable, ${appealOf(scope)} AS appeal,
  a.revision, CASE WHEN ${shownTo(scope)} AND ${ARE_PASSAGES_SHOWN} THEN a.received END AS received,
  ${ARE_PASSAGES_SHOWN} AS "passagesShown",
  ${passagesOfA(ARE_PASSAGES_SHOWN)} AS passages, ${regionsOfA(ARE_PASSAGES_SHOWN)} AS regions,
  r.locked, a.pinned, a.endorsed, a.resolved, ${countOfAgreements(shownTo(scope))} AS agreements,
  ${isAgreed(scope)} AS agreed, ${replies ? countOfReplies(scope) : Prisma.sql`0`} AS replies`;

/**
 * Whether the viewer wrote `a`, staff holds it back, and they have not appealed yet against the last decision that did.
 */
export const isAppealable = (scope: VisibilityScope) => Prisma.sql`
  CASE WHEN a.state IN ('hidden', 'denied') AND a.author_id = ${scope.id}::uuid THEN coalesce((
    SELECT NOT EXISTS (SELECT FROM appeal w WHERE w.group_id = d.group_id AND w.decision_id = d.id) FROM decision d
     WHERE d.group_id = a.group_id AND d.annotation_id = a.id AND d.action IN ('hide', 'deny', 'revise')
     ORDER BY d.id DESC LIMIT 1), false) ELSE false END`;

/**
 * The appeal that waits on `a`, to its author and to staff: `reserved` where the viewer decided first, and somebody else of the
 * staff may answer. (A note that is shown has none.)
 */
export const appealOf = (scope: VisibilityScope) => Prisma.sql`
  CASE WHEN a.state IN ('hidden', 'denied') AND ${shownTo(scope)} THEN coalesce((
    SELECT CASE WHEN d.actor_id = ${scope.id}::uuid AND EXISTS (SELECT FROM member m
        WHERE m.group_id = w.group_id AND ${staffAs('m')}
          AND m.user_id <> d.actor_id AND m.user_id <> w.author_id) THEN 'reserved' ELSE 'open' END
      FROM appeal w JOIN decision d ON d.group_id = w.group_id AND d.id = w.decision_id
     WHERE w.group_id = a.group_id AND w.annotation_id = a.id AND w.outcome IS NULL LIMIT 1), 'none') ELSE 'none' END`;

/** How many replies below `a` are there for `scope`, without tombstones. */
export const countOfReplies = (scope: VisibilityScope) => Prisma.sql`(SELECT count(*)::int FROM annotation x
    WHERE x.group_id = a.group_id AND x.root_id = a.root_id AND x.id <> a.id
      AND (a.parent_id IS NULL OR x.parent_id = a.id)
      AND x.state NOT IN ('hidden', 'deleted') AND ${readable(scope, 'x')})`;

/**
 * The conditions of a filter, within one group where `groupId` names it. Text and tags are searched only where they are
 * shown to the viewer; words as the margin finds them, whatever their accents and capitals.
 */
function filterConditions(scope: VisibilityScope, filter: AnnotationFilter, groupId?: string): Prisma.Sql[] {
  const found: Prisma.Sql[] = [];
  if (filter.edition || filter.section) found.push(standsIn(filter, groupId));
  if (filter.canvas) {
    found.push(threadHasRegionOn(filter.canvas.split(',')));
  }
  if (filter.author) found.push(Prisma.sql`a.author_id = ${filter.author}::uuid`);
  if (filter.kind) found.push(Prisma.sql`a.kind::text = ${filter.kind} AND a.parent_id IS NULL`);
  if (filter.tag) found.push(Prisma.sql`${filter.tag} = ANY(a.tags) AND ${shownTo(scope)}`);
  if (filter.state) found.push(Prisma.sql`a.state::text = ${filter.state}`);
  if (filter.anchor) {
    const { anchor } = filter;
    // Those few that are not exact have an index, for which the condition has to say so in words.
    const strayed = anchor === 'exact' ? Prisma.empty : Prisma.sql`AND p.anchor <> 'exact'`;
    const passage = hasPassage(Prisma.sql`p.anchor = ${anchor}::"Anchor" ${strayed}`, groupId);
    const isOfRegions = anchor === 'exact' || anchor === 'orphaned';
    found.push(isOfRegions ? Prisma.sql`(${passage} OR ${hasRegion(anchor)})` : passage);
  }
  if (filter.since) found.push(Prisma.sql`a.modified_at >= ${filter.since}::timestamptz`);
  if (filter.thread) found.push(Prisma.sql`a.root_id = ANY(${filter.thread.split(',')}::uuid[])`);
  if (filter.assignment) found.push(Prisma.sql`a.assignment_id = ${filter.assignment}::uuid`);
  if (filter.unanswered) found.push(Prisma.sql`${isOpenQuestion(scope)}`);
  if (filter.unread) found.push(isUnread(scope));
  if (filter.unresolved) found.push(Prisma.sql`a.parent_id IS NULL AND NOT a.resolved`);
  const words = foldWords(filter.q ?? '');
  if (words !== '') {
    const pattern = wordPattern(words, 'postgresql');
    const contains = (column: Prisma.Sql) => Prisma.sql`${column} ~ ${pattern}`;
    found.push(
      Prisma.sql`${shownTo(scope)} AND (${contains(Prisma.sql`a.body`)} OR ${hasPassage(contains(Prisma.sql`p.exact`), groupId)} AND ${passagesShownTo(scope)})`,
    );
  }
  return found;
}

/** Whether `a`, or the gloss that it answers, has a passage in this edition and one of these sections. */
function standsIn({ edition, section }: AnnotationFilter, groupId?: string): Prisma.Sql {
  const sections = section?.split(',');
  const own = [
    ...(edition ? [Prisma.sql`a.edition = ${edition}`] : []),
    ...(sections ? [Prisma.sql`a.section = ANY(${sections}::text[])`] : []),
  ];
  // Few glosses have a second passage, so that the threads which reach elsewhere are a short list.
  return Prisma.sql`((${Prisma.join(own, ' AND ')}) OR ${threadReaches({ edition, sections }, groupId)})`;
}

/** What to read: one group, annotations by their ids, or (with no field) everything that the viewer may see. */
export type AnnotationScope = { groupId?: string; id?: string; ids?: string[] };

/**
 * Whether an annotation is in `within`, readable for `scope` and kept by `filter`: a condition on `READABLE_FROM`, or
 * with `readableInOrder` on `READABLE_IN_ORDER`.
 */
export function selectionCondition(
  scope: VisibilityScope,
  within: AnnotationScope,
  filter: AnnotationFilter,
  only?: Prisma.Sql,
  visible: (scope: VisibilityScope) => Prisma.Sql = readable,
): Prisma.Sql {
  const where = [visible(scope), ...filterConditions(scope, filter, within.groupId)];
  if (within.groupId) where.unshift(Prisma.sql`a.group_id = ${within.groupId}::uuid`);
  else if (!within.id) where.unshift(inReadableGroup(scope));
  if (within.id) where.unshift(Prisma.sql`a.id = ${within.id}::uuid`);
  if (within.ids) where.unshift(Prisma.sql`a.id = ANY(${within.ids}::uuid[])`);
  if (only) where.push(Prisma.sql`(${only})`);
  return Prisma.join(where, ' AND ');
}

/** A part of a list: after `cursor` (an id); `only` is one more condition, `newestFirst` reverses the order. */
export type ListWindow = {
  limit: number;
  cursor?: string | undefined;
  only?: Prisma.Sql | undefined;
  newestFirst?: boolean;
};

/** Readable annotations in order of creation, `limit` at most. */
export async function selectReadable(
  scope: VisibilityScope,
  within: AnnotationScope,
  filter: AnnotationFilter,
  { limit, cursor, only, newestFirst = false }: ListWindow,
): Promise<AnnotationRow[]> {
  const later = newestFirst ? Prisma.sql`<` : Prisma.sql`>`;
  const after = cursor ? Prisma.sql`AND a.id ${later} ${cursor}::uuid` : Prisma.empty;
  return query<AnnotationRow>(Prisma.sql`
    SELECT ${annotationColumns(scope)} FROM ${READABLE_IN_ORDER}
    JOIN LATERAL (SELECT name FROM "user" WHERE id = a.author_id OFFSET 0) u ON true ${passagesShown(scope)}
    WHERE ${selectionCondition(scope, within, filter, only, readableInOrder)} ${after} ORDER BY a.id ${Prisma.raw(newestFirst ? 'DESC' : 'ASC')} LIMIT ${limit}`);
}

/** `threads`: whether a list has the rest of every thread in which its filter finds an annotation. */
export type ListBreadth = { threads?: boolean };

function listCondition(
  scope: VisibilityScope,
  within: AnnotationScope,
  filter: AnnotationFilter,
  { threads = false }: ListBreadth,
): Prisma.Sql {
  const found = selectionCondition(scope, within, filter);
  if (!threads) return found;
  return Prisma.sql`${selectionCondition(scope, within, {})} AND a.root_id IN (
    SELECT a.root_id FROM ${READABLE_FROM} WHERE ${found})`;
}

/** Every annotation of a list in order of creation, in batches, from one snapshot. Their replies are not counted. */
export function scanReadable(
  scope: VisibilityScope,
  within: AnnotationScope,
  filter: AnnotationFilter,
  breadth: ListBreadth,
  only: Prisma.Sql = Prisma.sql`true`,
): AsyncGenerator<AnnotationRow[]> {
  const statement = Prisma.sql`
    SELECT ${annotationColumns(scope, { replies: false })} FROM ${READABLE_FROM} JOIN "user" u ON u.id = a.author_id
    ${passagesShown(scope)} WHERE ${listCondition(scope, within, filter, breadth)} AND ${only} ORDER BY a.id`;
  return queryInBatches<AnnotationRow>(statement, 500);
}

/** Counts of a list, and the date of its newest change. */
export type AnnotationCounts = { total: number; replies: number; authors: number; modified: Date | null };

export async function countReadable(
  scope: VisibilityScope,
  within: AnnotationScope,
  filter: AnnotationFilter,
  breadth: ListBreadth,
): Promise<AnnotationCounts> {
  const [row] = await query<AnnotationCounts>(Prisma.sql`
    SELECT count(*)::int AS total, count(a.parent_id)::int AS replies, count(DISTINCT a.author_id)::int AS authors,
           max(a.modified_at) AS modified FROM ${READABLE_FROM}
    WHERE ${listCondition(scope, within, filter, breadth)}`);
  return row ?? { total: 0, replies: 0, authors: 0, modified: null };
}

/** An annotation with what a write beside or below it depends on. */
export type AnnotationFactsRow = AnnotationRow & {
  rootVersion: number;
  /** The rules of its thread's assignment; null where it has none. */
  rules: WritingRules | null;
};

/**
 * A readable annotation, with the facts for a write. Null where there is none. Its replies are counted where `replies` says
 * so: for a row that will be the answer.
 */
export async function selectForWrite(
  scope: VisibilityScope,
  id: string,
  { replies }: { replies: boolean },
): Promise<AnnotationFactsRow | null> {
  const rows = await query<AnnotationFactsRow>(Prisma.sql`
    SELECT ${annotationColumns(scope, { replies })}, r.version AS "rootVersion", ${RULES_OF_S} AS rules
    FROM ${READABLE_FROM} JOIN "user" u ON u.id = a.author_id ${passagesShown(scope)}
    WHERE a.id = ${id}::uuid AND ${readable(scope)}`);
  return rows[0] ?? null;
}

/** What policy asks of an annotation. */
export type PolicyRow = Pick<
  AnnotationRow,
  | ('groupId' | 'parentId' | 'authorId' | 'state' | 'visibility' | 'returned' | 'editedAt')
  | ('locked' | 'pinned' | 'endorsed' | 'resolved')
  | ('passagesShown' | 'passages' | 'regions' | 'appealable' | 'appeal')
>;

/** An annotation that is answered, with what policy asks of it for the ability `reply`, and for no other. */
export type AnsweredRow = PolicyRow &
  Pick<AnnotationRow, 'id' | 'groupSlug' | 'rootId' | 'edition' | 'section' | 'assignmentId' | 'version'> &
  Pick<AnnotationFactsRow, 'rootVersion' | 'rules'>;

/** What a reply does not depend on. */
const NOT_ASKED = {
  ...{ pinned: false, endorsed: false, resolved: false, returned: false, editedAt: null },
  ...{ passages: [], regions: [], appealable: false, appeal: 'none' },
} satisfies Partial<PolicyRow>;

/**
 * A readable annotation, for a reply to it. Null where there is none. Words, targets and appeals are not read: they are most
 * of what reading an annotation costs, and a reply depends on none of them.
 */
export async function selectAnswered(scope: VisibilityScope, id: string): Promise<AnsweredRow | null> {
  const [row] = await query<Omit<AnsweredRow, keyof typeof NOT_ASKED>>(Prisma.sql`
    SELECT a.id, a.group_id AS "groupId", g.slug AS "groupSlug", a.root_id AS "rootId", a.parent_id AS "parentId",
           a.author_id AS "authorId", a.edition, a.section, a.assignment_id AS "assignmentId", a.visibility::text,
           a.state::text, a.version, r.version AS "rootVersion", r.locked, ${passagesShownTo(scope)} AS "passagesShown",
           ${RULES_OF_S} AS rules
      FROM ${READABLE_FROM} WHERE a.id = ${id}::uuid AND ${readable(scope)}`);
  return row ? { ...row, ...NOT_ASKED } : null;
}

/** Whether an annotation is there that an earlier attempt at the same write has inserted. */
export async function isWritten(groupId: string, id: string): Promise<boolean> {
  return (await db.annotation.count({ where: { groupId, id } })) > 0;
}

/** A word above a reply: who sees it, and which version of it says so. */
export type WordAbove = { id: string; version: number; visibility: Visibility };

/** The annotations that a reply stands below, from the one that it answers to the root. */
export function selectAbove(groupId: string, parentId: string): Promise<WordAbove[]> {
  return query<WordAbove>(Prisma.sql`
    WITH RECURSIVE above AS (
      SELECT a.id, a.parent_id, a.version, a.visibility, 0 AS height FROM annotation a
       WHERE a.group_id = ${groupId}::uuid AND a.id = ${parentId}::uuid
      UNION ALL
      SELECT a.id, a.parent_id, a.version, a.visibility, b.height + 1 FROM above b
        JOIN annotation a ON a.group_id = ${groupId}::uuid AND a.id = b.parent_id
    ) SELECT id, version, visibility::text FROM above ORDER BY height`);
}

/**
 * Puts the replies of a thread into the section that its root moves to. Their versions are incremented, because clients
 * have cached them with their section.
 */
export async function moveReplies(
  tx: Tx,
  { groupId, id }: AnnotationRow,
  { edition, section }: { edition: string; section: string },
): Promise<void> {
  await tx.annotation.updateMany({
    where: { groupId, rootId: id, parentId: { not: null }, NOT: { edition, section } },
    data: { edition, section, version: { increment: 1 }, modifiedAt: new Date() },
  });
}

/**
 * Whether others have answered a root, as far as `scope` may see it: what somebody keeps for themselves is no reason
 * that its author could be told.
 */
export async function hasAnswersOfOthers(
  tx: Tx,
  scope: VisibilityScope,
  { groupId, rootId, authorId }: AnnotationRow,
): Promise<boolean> {
  const [row] = await tx.$queryRaw<{ found: boolean }[]>(Prisma.sql`
    SELECT EXISTS (SELECT FROM ${READABLE_FROM} WHERE a.group_id = ${groupId}::uuid AND a.root_id = ${rootId}::uuid
      AND a.author_id <> ${authorId}::uuid AND a.state <> 'deleted' AND ${readable(scope)}) AS found`);
  return row?.found ?? false;
}

/** Whether a reply has answers below it, as far as `scope` may see, that more people see than `visibility` says. */
export async function hasWiderAnswers(
  tx: Tx,
  scope: VisibilityScope,
  { groupId, id }: AnnotationRow,
  visibility: Visibility,
): Promise<boolean> {
  const [row] = await tx.$queryRaw<{ found: boolean }[]>(Prisma.sql`
    WITH RECURSIVE below AS (
      SELECT x.id FROM annotation x WHERE x.group_id = ${groupId}::uuid AND x.parent_id = ${id}::uuid
      UNION ALL
      SELECT x.id FROM below b JOIN annotation x ON x.group_id = ${groupId}::uuid AND x.parent_id = b.id
    ) SELECT EXISTS (SELECT FROM ${READABLE_FROM} WHERE a.group_id = ${groupId}::uuid
      AND a.id IN (SELECT id FROM below) AND a.visibility > ${visibility}::"Visibility" AND a.state <> 'deleted'
      AND ${readable(scope)}) AS found`);
  return row?.found ?? false;
}
