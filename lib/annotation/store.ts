import { db, Prisma, query } from '@/lib/db';
import { READABLE_FROM, type Reader, readable, shownTo } from '@/lib/policy/readable';
import type { Anchor, EarlierPassage, Filter, Kind, State, Visibility } from './schema';

/** An annotation as a reader may see it: a tombstone's text is already left out. */
export type Row = {
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
  reason: string | null;
  version: number;
  createdAt: Date;
  modifiedAt: Date;
  revision: number | null;
  start: number | null;
  end: number | null;
  exact: string | null;
  prefix: string | null;
  suffix: string | null;
  anchor: Anchor | null;
  anchorRevision: number | null;
  writtenStart: number | null;
  writtenEnd: number | null;
  anchorSettledAt: Date | null;
  locked: boolean;
  pinned: boolean;
  endorsed: boolean;
  resolved: boolean;
  replies: number;
};

const columns = (reader: Reader) => Prisma.sql`
  a.id, a.group_id AS "groupId", g.slug AS "groupSlug", a.root_id AS "rootId", a.parent_id AS "parentId",
  a.author_id AS "authorId", coalesce(u.name, '') AS "authorName", a.edition, a.section,
  a.assignment_id AS "assignmentId", a.kind::text, a.visibility::text, a.state::text,
  a.deleted_from::text AS "deletedFrom",
  CASE WHEN ${shownTo(reader)} THEN a.body ELSE '' END AS body,
  CASE WHEN ${shownTo(reader)} THEN a.tags ELSE '{}' END AS tags,
  CASE WHEN ${shownTo(reader)} THEN a.reason END AS reason,
  a.version, a.created_at AS "createdAt", a.modified_at AS "modifiedAt",
  a.revision, a.start, a."end", a.exact, a.prefix, a.suffix, a.anchor::text,
  a.anchor_revision AS "anchorRevision", a.written_start AS "writtenStart", a.written_end AS "writtenEnd",
  a.anchor_settled_at AS "anchorSettledAt",
  r.locked, a.pinned, a.endorsed, a.resolved,
  (SELECT count(*)::int FROM annotation x
    WHERE x.group_id = a.group_id AND x.root_id = a.root_id AND x.id <> a.id
      AND (a.parent_id IS NULL OR x.parent_id = a.id)
      AND x.state NOT IN ('hidden', 'deleted') AND ${readable(reader, 'x')}) AS replies`;

/** What a list asks for, as SQL. Text and tags are searched only where the reader is shown them. */
function conditions(reader: Reader, filter: Filter): Prisma.Sql[] {
  const found: Prisma.Sql[] = [];
  if (filter.edition) found.push(Prisma.sql`a.edition = ${filter.edition}`);
  if (filter.section) found.push(Prisma.sql`a.section = ANY(${filter.section.split(',')}::text[])`);
  if (filter.author) found.push(Prisma.sql`a.author_id = ${filter.author}::uuid`);
  if (filter.kind) found.push(Prisma.sql`a.kind::text = ${filter.kind} AND a.parent_id IS NULL`);
  if (filter.tag) found.push(Prisma.sql`${filter.tag} = ANY(a.tags) AND ${shownTo(reader)}`);
  if (filter.state) found.push(Prisma.sql`a.state::text = ${filter.state}`);
  if (filter.anchor) found.push(Prisma.sql`a.anchor::text = ${filter.anchor}`);
  if (filter.since) found.push(Prisma.sql`a.modified_at >= ${filter.since}::timestamptz`);
  if (filter.thread) found.push(Prisma.sql`a.root_id = ${filter.thread}::uuid`);
  if (filter.q) {
    const pattern = `%${filter.q.normalize('NFC').replace(/[\\%_]/g, '\\$&')}%`;
    // Folded by ICU's root rules: the database's own locale may know no letters beyond ASCII.
    const holds = (column: Prisma.Sql) =>
      Prisma.sql`lower(${column} COLLATE "und-x-icu") LIKE lower(${pattern} COLLATE "und-x-icu")`;
    found.push(
      Prisma.sql`${shownTo(reader)} AND (${holds(Prisma.sql`a.body`)} OR ${holds(Prisma.sql`a.exact`)})`,
    );
  }
  return found;
}

/** Where to read: one group, all that the reader may see, or annotations by their ids. */
export type Place = { groupId?: string; id?: string; ids?: string[] };

function selection(reader: Reader, place: Place, filter: Filter, only?: Prisma.Sql): Prisma.Sql {
  const where = [readable(reader), ...conditions(reader, filter)];
  if (place.groupId) where.unshift(Prisma.sql`a.group_id = ${place.groupId}::uuid`);
  if (place.id) where.unshift(Prisma.sql`a.id = ${place.id}::uuid`);
  if (place.ids) where.unshift(Prisma.sql`a.id = ANY(${place.ids}::uuid[])`);
  if (only) where.push(Prisma.sql`(${only})`);
  return Prisma.join(where, ' AND ');
}

/**
 * Which part of a list: from after `cursor` (an id); `only` narrows the list itself, `newestFirst` turns it round.
 */
export type Window = {
  limit: number;
  cursor?: string | undefined;
  only?: Prisma.Sql | undefined;
  newestFirst?: boolean;
};

/** Readable annotations in order of creation, `limit` at most. */
export async function selectReadable(
  reader: Reader,
  place: Place,
  filter: Filter,
  { limit, cursor, only, newestFirst = false }: Window,
): Promise<Row[]> {
  const after = cursor ? Prisma.sql`AND a.id > ${cursor}::uuid` : Prisma.empty;
  return query<Row>(Prisma.sql`
    SELECT ${columns(reader)} FROM ${READABLE_FROM} JOIN "user" u ON u.id = a.author_id
    WHERE ${selection(reader, place, filter, only)} ${after} ORDER BY a.id ${Prisma.raw(newestFirst ? 'DESC' : 'ASC')} LIMIT ${limit}`);
}

/** What a W3C container holds: not what is deleted, nor what is but a tombstone to this reader. */
export function contained(reader: Reader): Prisma.Sql {
  return Prisma.sql`a.state <> 'deleted' AND ${shownTo(reader)}`;
}

/**
 * A page of a W3C container in the order of creation: `size` annotations from after `after` (an id), else from
 * `page * size` on.
 */
export type ContainerWindow = { size: number; page: number; after?: string | null };

/** What a container holds for a reader, all of one moment. */
export type Contained = {
  total: number;
  /** When anything of it changed last, deletions too. */
  modified: Date | null;
  /** Differs wherever anything that is held differs: another note, another version, other passages. */
  print: string;
  /** How many are before the page. */
  start: number;
  ids: string[];
  /** The slug of each one's group. */
  groups: string[];
  /** The ids that the page before and the last page come after; null where that is the first page. */
  beforeAfter: string | null;
  lastAfter: string | null;
};

/**
 * What a W3C container holds for `reader`, counted and numbered in one scan. Passages move only where a revision is
 * published, which counts no version up: so the current revisions are part of the print.
 */
export async function selectContained(
  reader: Reader,
  place: Place,
  { size, page, after = null }: ContainerWindow,
): Promise<Contained> {
  const [row] = await query<Contained>(Prisma.sql`
    WITH held AS (
      SELECT a.id, g.slug, a.version, a.modified_at, (${contained(reader)}) AS here FROM ${READABLE_FROM}
       WHERE ${selection(reader, place, {})}
    ), counted AS (
      SELECT count(*) FILTER (WHERE here)::int AS total, max(modified_at) AS modified,
             bit_xor(hashtextextended(id::text, version)) FILTER (WHERE here) AS versions,
             CASE WHEN ${after}::uuid IS NULL THEN ${page * size}::int
                  ELSE (count(*) FILTER (WHERE here AND id <= ${after}::uuid))::int END AS start,
             array_agg(id ORDER BY id) FILTER (WHERE here) AS ids,
             array_agg(slug ORDER BY id) FILTER (WHERE here) AS groups
        FROM held
    )
    SELECT total, modified, start,
           concat_ws('-', total, versions, (SELECT sum(current) FROM edition)) AS print,
           coalesce(ids[start + 1 : start + ${size}::int], '{}') AS ids,
           coalesce(groups[start + 1 : start + ${size}::int], '{}') AS groups,
           ids[start - ${size}::int] AS "beforeAfter",
           ids[(total - 1) / ${size}::int * ${size}::int] AS "lastAfter"
      FROM counted`);
  return row as Contained;
}

/** How many readable annotations there are, and when the newest of them changed. */
export async function countReadable(
  reader: Reader,
  place: Place,
  filter: Filter,
): Promise<{ total: number; modified: Date | null }> {
  const [row] = await query<{ total: number; modified: Date | null }>(Prisma.sql`
    SELECT count(*)::int AS total, max(a.modified_at) AS modified FROM ${READABLE_FROM}
    WHERE ${selection(reader, place, filter)}`);
  return row ?? { total: 0, modified: null };
}

/** One readable annotation, locked until the transaction ends, with its root. Null where there is none. */
export async function lockReadable(
  tx: Prisma.TransactionClient,
  reader: Reader,
  id: string,
): Promise<Row | null> {
  const rows = await tx.$queryRaw<Row[]>(Prisma.sql`
    SELECT ${columns(reader)} FROM ${READABLE_FROM} JOIN "user" u ON u.id = a.author_id
    WHERE a.id = ${id}::uuid AND ${readable(reader)} FOR UPDATE OF a, r`);
  return rows[0] ?? null;
}

export async function insertAnnotation(
  tx: Prisma.TransactionClient,
  data: Prisma.AnnotationUncheckedCreateInput,
): Promise<void> {
  await tx.annotation.create({ data, select: { id: true } });
}

/** Sets fields of an annotation and counts its version up. */
export async function updateAnnotation(
  tx: Prisma.TransactionClient,
  row: Row,
  data: Prisma.AnnotationUncheckedUpdateInput,
): Promise<void> {
  await tx.annotation.update({
    where: { groupId_id: { groupId: row.groupId, id: row.id } },
    data: { ...data, version: row.version + 1, modifiedAt: new Date() },
    select: { id: true },
  });
}

/** Keeps what an annotation said, before it is changed; with its passage where that is what changes. */
export async function keepVersion(
  tx: Prisma.TransactionClient,
  row: Row,
  passage?: EarlierPassage,
): Promise<void> {
  const { groupId, id, version, kind, body, tags, visibility, modifiedAt } = row;
  await tx.annotationVersion.create({
    data: {
      groupId,
      annotationId: id,
      version,
      kind,
      body,
      tags,
      visibility,
      writtenAt: modifiedAt,
      ...(passage && { passage }),
    },
    select: { version: true },
  });
}

export function selectVersions(groupId: string, annotationId: string) {
  return db.annotationVersion.findMany({ where: { groupId, annotationId }, orderBy: { version: 'asc' } });
}

/** Whether anybody but `authorId` has written in the thread. */
export async function hasOtherVoices(
  tx: Prisma.TransactionClient,
  { groupId, rootId, authorId }: Row,
): Promise<boolean> {
  const other = await tx.annotation.findFirst({
    where: { groupId, rootId, authorId: { not: authorId }, state: { not: 'deleted' } },
    select: { id: true },
  });
  return other !== null;
}

export function findAssignment(groupId: string, id: string) {
  return db.assignment.findUnique({ where: { groupId_id: { groupId, id } } });
}
