import { Prisma, query, queryInBatches, type Tx } from '@/lib/db';
import { READABLE_FROM, readable, shownTo, type VisibilityScope } from '@/lib/policy/readable';
import {
  hasPassage,
  hasRegion,
  PASSAGES_OF_A,
  type PassageRow,
  REGIONS_OF_A,
  threadHasRegionOn,
  threadReachesSections,
} from '@/lib/target';
import type { PlacedRegion } from '@/lib/target/schema';
import type { AnnotationFilter, Kind, State, Visibility } from './schema';

/** An annotation as a reader may see it: a tombstone's text is already left out. */
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
  kind: Kind;
  body: string;
  tags: string[];
  visibility: Visibility;
  state: State;
  deletedFrom: State | null;
  /** Whether its text, tags and reason are here, or it is a tombstone to this viewer. */
  shown: boolean;
  reason: string | null;
  version: number;
  createdAt: Date;
  modifiedAt: Date;
  /** The revision that it was written on; null for a reply. */
  revision: number | null;
  /** In order; none for a reply and for a note on the whole section. */
  passages: PassageRow[];
  /** In order; none for most. */
  regions: PlacedRegion[];
  /** The Web Annotation as it came from elsewhere, as JSON; null where the row says it all. */
  received: string | null;
  locked: boolean;
  pinned: boolean;
  endorsed: boolean;
  resolved: boolean;
  replies: number;
};

const columns = (reader: VisibilityScope, { replies = true } = {}) => Prisma.sql`
  a.id, a.group_id AS "groupId", g.slug AS "groupSlug", a.root_id AS "rootId", a.parent_id AS "parentId",
  a.author_id AS "authorId", coalesce(u.name, '') AS "authorName", a.edition, a.section,
  a.assignment_id AS "assignmentId", a.kind::text, a.visibility::text, a.state::text,
  a.deleted_from::text AS "deletedFrom", ${shownTo(reader)} IS TRUE AS shown,
  CASE WHEN ${shownTo(reader)} THEN a.body ELSE '' END AS body,
  CASE WHEN ${shownTo(reader)} THEN a.tags ELSE '{}' END AS tags,
  CASE WHEN ${shownTo(reader)} THEN a.reason END AS reason,
  a.version, a.created_at AS "createdAt", a.modified_at AS "modifiedAt",
  a.revision, CASE WHEN ${shownTo(reader)} THEN a.received END AS received,
  ${PASSAGES_OF_A} AS passages, ${REGIONS_OF_A} AS regions,
  r.locked, a.pinned, a.endorsed, a.resolved, ${replies ? countOfReplies(reader) : Prisma.sql`0`} AS replies`;

const countOfReplies = (reader: VisibilityScope) => Prisma.sql`(SELECT count(*)::int FROM annotation x
    WHERE x.group_id = a.group_id AND x.root_id = a.root_id AND x.id <> a.id
      AND (a.parent_id IS NULL OR x.parent_id = a.id)
      AND x.state NOT IN ('hidden', 'deleted') AND ${readable(reader, 'x')})`;

/** What a list asks for, as SQL. Text and tags are searched only where the reader is shown them. */
function filterConditions(reader: VisibilityScope, filter: AnnotationFilter): Prisma.Sql[] {
  const found: Prisma.Sql[] = [];
  if (filter.edition) found.push(Prisma.sql`a.edition = ${filter.edition}`);
  if (filter.section) {
    const sections = filter.section.split(',');
    // Few glosses have a second passage, so that the threads which reach into a section are a short list.
    found.push(Prisma.sql`(a.section = ANY(${sections}::text[]) OR ${threadReachesSections(sections)})`);
  }
  if (filter.canvas) {
    found.push(threadHasRegionOn(filter.canvas.split(',')));
  }
  if (filter.author) found.push(Prisma.sql`a.author_id = ${filter.author}::uuid`);
  if (filter.kind) found.push(Prisma.sql`a.kind::text = ${filter.kind} AND a.parent_id IS NULL`);
  if (filter.tag) found.push(Prisma.sql`${filter.tag} = ANY(a.tags) AND ${shownTo(reader)}`);
  if (filter.state) found.push(Prisma.sql`a.state::text = ${filter.state}`);
  if (filter.anchor) {
    const { anchor } = filter;
    const passage = hasPassage(Prisma.sql`p.anchor::text = ${anchor}`);
    const isOfRegions = anchor === 'exact' || anchor === 'orphaned';
    found.push(isOfRegions ? Prisma.sql`(${passage} OR ${hasRegion(anchor)})` : passage);
  }
  if (filter.since) found.push(Prisma.sql`a.modified_at >= ${filter.since}::timestamptz`);
  if (filter.thread) found.push(Prisma.sql`a.root_id = ANY(${filter.thread.split(',')}::uuid[])`);
  if (filter.q) {
    const pattern = `%${filter.q.normalize('NFC').replace(/[\\%_]/g, '\\$&')}%`;
    // Folded by ICU's root rules: the database's own locale may know no letters beyond ASCII.
    const holds = (column: Prisma.Sql) =>
      Prisma.sql`lower(${column} COLLATE "und-x-icu") LIKE lower(${pattern} COLLATE "und-x-icu")`;
    found.push(
      Prisma.sql`${shownTo(reader)} AND (${holds(Prisma.sql`a.body`)} OR ${hasPassage(holds(Prisma.sql`p.exact`))})`,
    );
  }
  return found;
}

/** Where to read: one group, all that the reader may see, or annotations by their ids. */
export type AnnotationScope = { groupId?: string; id?: string; ids?: string[] };

/** The annotations of a place that `reader` may see and that `filter` keeps, as a condition on `READABLE_FROM`. */
export function selectionCondition(
  reader: VisibilityScope,
  place: AnnotationScope,
  filter: AnnotationFilter,
  only?: Prisma.Sql,
): Prisma.Sql {
  const where = [readable(reader), ...filterConditions(reader, filter)];
  if (place.groupId) where.unshift(Prisma.sql`a.group_id = ${place.groupId}::uuid`);
  if (place.id) where.unshift(Prisma.sql`a.id = ${place.id}::uuid`);
  if (place.ids) where.unshift(Prisma.sql`a.id = ANY(${place.ids}::uuid[])`);
  if (only) where.push(Prisma.sql`(${only})`);
  return Prisma.join(where, ' AND ');
}

/**
 * Which part of a list: from after `cursor` (an id); `only` narrows the list itself, `newestFirst` turns it round.
 */
export type ListWindow = {
  limit: number;
  cursor?: string | undefined;
  only?: Prisma.Sql | undefined;
  newestFirst?: boolean;
};

/** Readable annotations in order of creation, `limit` at most. */
export async function selectReadable(
  reader: VisibilityScope,
  place: AnnotationScope,
  filter: AnnotationFilter,
  { limit, cursor, only, newestFirst = false }: ListWindow,
): Promise<AnnotationRow[]> {
  const after = cursor ? Prisma.sql`AND a.id > ${cursor}::uuid` : Prisma.empty;
  return query<AnnotationRow>(Prisma.sql`
    SELECT ${columns(reader)} FROM ${READABLE_FROM} JOIN "user" u ON u.id = a.author_id
    WHERE ${selectionCondition(reader, place, filter, only)} ${after} ORDER BY a.id ${Prisma.raw(newestFirst ? 'DESC' : 'ASC')} LIMIT ${limit}`);
}

/** Whether a list is of what its filter finds, or of the whole of every thread that has one of them. */
export type ListBreadth = { threads?: boolean };

function listCondition(
  reader: VisibilityScope,
  place: AnnotationScope,
  filter: AnnotationFilter,
  { threads = false }: ListBreadth,
): Prisma.Sql {
  const found = selectionCondition(reader, place, filter);
  if (!threads) return found;
  return Prisma.sql`${selectionCondition(reader, place, {})} AND a.root_id IN (
    SELECT a.root_id FROM ${READABLE_FROM} WHERE ${found})`;
}

/**
 * Every readable annotation of a list in order of creation, some hundreds at a time, all of one moment; the replies
 * are not counted.
 */
export function scanReadable(
  reader: VisibilityScope,
  place: AnnotationScope,
  filter: AnnotationFilter,
  breadth: ListBreadth,
): AsyncGenerator<AnnotationRow[]> {
  const statement = Prisma.sql`
    SELECT ${columns(reader, { replies: false })} FROM ${READABLE_FROM} JOIN "user" u ON u.id = a.author_id
    WHERE ${listCondition(reader, place, filter, breadth)} ORDER BY a.id`;
  return queryInBatches<AnnotationRow>(statement, 500);
}

/** How many readable annotations there are, how many of them are replies, by how many authors; the newest change. */
export type AnnotationCounts = { total: number; replies: number; authors: number; modified: Date | null };

export async function countReadable(
  reader: VisibilityScope,
  place: AnnotationScope,
  filter: AnnotationFilter,
  breadth: ListBreadth,
): Promise<AnnotationCounts> {
  const [row] = await query<AnnotationCounts>(Prisma.sql`
    SELECT count(*)::int AS total, count(a.parent_id)::int AS replies, count(DISTINCT a.author_id)::int AS authors,
           max(a.modified_at) AS modified FROM ${READABLE_FROM}
    WHERE ${listCondition(reader, place, filter, breadth)}`);
  return row ?? { total: 0, replies: 0, authors: 0, modified: null };
}

/** One readable annotation, locked until the transaction ends, with its root. Null where there is none. */
export async function lockReadable(
  tx: Tx,
  reader: VisibilityScope,
  id: string,
): Promise<AnnotationRow | null> {
  const rows = await tx.$queryRaw<AnnotationRow[]>(Prisma.sql`
    SELECT ${columns(reader)} FROM ${READABLE_FROM} JOIN "user" u ON u.id = a.author_id
    WHERE a.id = ${id}::uuid AND ${readable(reader)} FOR UPDATE OF a, r`);
  return rows[0] ?? null;
}

export async function insertAnnotation(tx: Tx, data: Prisma.AnnotationUncheckedCreateInput): Promise<void> {
  await tx.annotation.create({ data, select: { id: true } });
}

/** Sets fields of an annotation and counts its version up. */
export async function updateAnnotation(
  tx: Tx,
  row: AnnotationRow,
  data: Prisma.AnnotationUncheckedUpdateInput,
): Promise<void> {
  await tx.annotation.update({
    where: { groupId_id: { groupId: row.groupId, id: row.id } },
    data: { ...data, version: row.version + 1, modifiedAt: new Date() },
    select: { id: true },
  });
}

/**
 * Puts the replies of a thread into the section that its root moves to. Their versions count up, since their section is
 * part of what a client has cached of them.
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

/** Whether anybody but `authorId` has written in the thread. */
export async function hasOtherAuthors(
  tx: Tx,
  { groupId, rootId, authorId }: AnnotationRow,
): Promise<boolean> {
  const other = await tx.annotation.findFirst({
    where: { groupId, rootId, authorId: { not: authorId }, state: { not: 'deleted' } },
    select: { id: true },
  });
  return other !== null;
}
