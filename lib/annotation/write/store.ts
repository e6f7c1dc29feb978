import { type ActivityKind, eventOfWritten, wakeAfterWrite } from '@/lib/activity';
import { assignmentsOf, insertedOf, Prisma, type Tx, type WrittenColumns, write } from '@/lib/db';
import { currentRevisions } from '@/lib/edition';
import { lateTo, type VisibilityScope } from '@/lib/policy/readable';
import { insertionsOf, type Targets } from '@/lib/target';
import type { AnnotationRow } from '../store';

/**
 * The columns that a write sets. A new column is added here, to `annotationColumns` and `AnnotationRow` of ../store.ts, and (where
 * earlier versions keep it) to `versionOfWritten`; the compiler then asks for it wherever an annotation begins
 * (create.ts, reply.ts, bulk/). `undefined` leaves a column as it is, and a new row with its default.
 */
const COLUMNS = {
  groupId: ['group_id', 'uuid'],
  id: ['id', 'uuid'],
  rootId: ['root_id', 'uuid'],
  parentId: ['parent_id', 'uuid'],
  authorId: ['author_id', 'uuid'],
  edition: ['edition', 'text'],
  section: ['section', 'text'],
  revision: ['revision', 'int'],
  assignmentId: ['assignment_id', 'uuid'],
  kind: ['kind', '"Kind"'],
  body: ['body', 'text'],
  tags: ['tags', 'text[]'],
  reading: ['reading', 'text'],
  citation: ['citation', 'text'],
  citationAddress: ['citation_address', 'text'],
  visibility: ['visibility', '"Visibility"'],
  state: ['state', '"State"'],
  deletedFrom: ['deleted_from', '"State"'],
  reason: ['reason', 'text'],
  received: ['received', 'text'],
  origins: ['origins', 'text[]'],
  locked: ['locked', 'bool'],
  pinned: ['pinned', 'bool'],
  endorsed: ['endorsed', 'bool'],
  resolved: ['resolved', 'bool'],
  returned: ['returned', 'bool'],
  editedAt: ['edited_at', 'timestamptz'],
} as const satisfies WrittenColumns;

/** What is stored of an annotation, as its columns. */
type Columns = Pick<AnnotationRow, Exclude<keyof typeof COLUMNS, 'origins'>> & { origins: string[] };

/** A new annotation as it is stored. */
export type NewAnnotation = Omit<Columns, LaterField | 'origins'> & Partial<Pick<Columns, 'origins'>>;
/** What is never so of a new one. */
type LaterField =
  | 'deletedFrom'
  | 'reason'
  | 'locked'
  | 'pinned'
  | 'endorsed'
  | 'resolved'
  | 'returned'
  | 'editedAt';

/** Fields of an annotation to set. */
export type AnnotationFields = Partial<Omit<Columns, 'groupId' | 'id' | 'authorId'>>;

/** An annotation that a write depends on, by the version that was read: another one now, and nothing is written. */
export type HeldVersion = { id: string; version: number };

/** What must still be so when a statement writes: revisions that are current, and annotations with their versions. */
export type Held = { revisions?: Map<string, number> | undefined; annotations?: HeldVersion[] | undefined };

/** Annotations of a group that have these versions, locked until the transaction ends: a thread's root comes first. */
function heldVersions(groupId: string, held: HeldVersion[]): Prisma.Sql {
  return Prisma.sql`SELECT h.id FROM annotation h
      JOIN unnest(${held.map(({ id }) => id)}::uuid[], ${held.map(({ version }) => version)}::int[]) AS v(id, version)
        ON v.id = h.id
     WHERE h.group_id = ${groupId}::uuid AND h.version = v.version ORDER BY h.id <> h.root_id, h.id`;
}

/** The conditions of a write; the editions are locked before the annotations, as a publication does. */
function conditionsOf(groupId: string, { revisions, annotations = [] }: Held): Prisma.Sql {
  const all = [Prisma.sql`true`];
  if (revisions && revisions.size > 0) {
    all.push(Prisma.sql`(SELECT count(*) FROM (${currentRevisions(revisions)}) c) = ${revisions.size}::int`);
  }
  if (annotations.length > 0) {
    const held = heldVersions(groupId, annotations);
    all.push(Prisma.sql`(SELECT count(*) FROM (${held} FOR KEY SHARE OF h) c) = ${annotations.length}::int`);
  }
  return Prisma.join(all, ' AND ');
}

/** `written` and what is written with it as one statement; each of `parts` selects from `written`. */
function statementOf(written: Prisma.Sql, parts: Prisma.Sql[], result: Prisma.Sql): Prisma.Sql {
  const named = parts.map((part, i) => Prisma.sql`${Prisma.raw(`part_${i}`)} AS (${part})`);
  return Prisma.sql`WITH ${Prisma.join([Prisma.sql`written AS (${written})`, ...named])} ${result}`;
}

/**
 * Inserts an annotation with its targets and its event in one statement. Null where nothing was written: what `held` says
 * is no longer so, or an annotation has this id already.
 */
export async function insertAnnotation(
  scope: VisibilityScope,
  annotation: NewAnnotation,
  targets: Targets,
  held: Held,
): Promise<Pick<AnnotationRow, 'createdAt' | 'late'> | null> {
  const { groupId, id, authorId } = annotation;
  const { names, values } = insertedOf(COLUMNS, annotation);
  const written = Prisma.sql`INSERT INTO annotation (${names}) SELECT ${values} WHERE ${conditionsOf(groupId, held)}
    ON CONFLICT (group_id, id) DO NOTHING RETURNING group_id, id, parent_id, author_id, assignment_id, created_at`;
  const parts = [...insertionsOf([{ id, ...targets }]), eventOfWritten('annotation.created', authorId)];
  const result = Prisma.sql`SELECT a.created_at AS "createdAt", ${lateTo(scope)} AS late FROM written a
    LEFT JOIN assignment s ON s.group_id = a.group_id AND s.id = a.assignment_id`;
  const [row] = await write<Pick<AnnotationRow, 'createdAt' | 'late'>>(statementOf(written, parts, result));
  if (row) wakeAfterWrite(groupId);
  return row ?? null;
}

/** A change of an annotation: fields to set, and what other rooms write with it. */
export type WrittenChange = {
  fields: AnnotationFields;
  /** Parts of the statement: each selects from `written`, the row with `group_id` and `id`. */
  parts: Prisma.Sql[];
  kind: ActivityKind<'annotation'>;
  actorId: string;
};

/**
 * Sets fields of an annotation, increments its version and records the event, in one statement. Null where nothing was
 * written: the annotation, or what `held` says, has changed since `row` was read.
 */
export async function changeAnnotation(
  { groupId, id, version }: Pick<AnnotationRow, 'groupId' | 'id' | 'version'>,
  { fields, parts, kind, actorId }: WrittenChange,
  held: Held,
  tx?: Tx,
): Promise<Pick<AnnotationRow, 'modifiedAt'> | null> {
  const set = [
    Prisma.sql`version = version + 1`,
    Prisma.sql`modified_at = now()`,
    ...assignmentsOf(COLUMNS, fields),
  ];
  const written = Prisma.sql`UPDATE annotation SET ${Prisma.join(set)}
    WHERE group_id = ${groupId}::uuid AND id = ${id}::uuid AND version = ${version}::int
      AND ${conditionsOf(groupId, held)} RETURNING group_id, id, modified_at`;
  const result = Prisma.sql`SELECT modified_at AS "modifiedAt" FROM written`;
  const [row] = await write<Pick<AnnotationRow, 'modifiedAt'>>(
    statementOf(written, [...parts, eventOfWritten(kind, actorId)], result),
    tx,
  );
  if (row) wakeAfterWrite(groupId, tx);
  return row ?? null;
}

/** What a decision sets of an annotation that has this version. */
export type DecidedState = HeldVersion & Pick<AnnotationRow, 'state' | 'reason' | 'deletedFrom' | 'returned'>;

/**
 * Sets the state of many annotations of a group in one statement, and gives the ids of those that still had the version that
 * was decided on. Entries and events are written by whoever decides.
 */
export async function changeStates(tx: Tx, groupId: string, decided: DecidedState[]): Promise<Set<string>> {
  const rows = await tx.$queryRaw<{ id: string }[]>(Prisma.sql`
    UPDATE annotation a SET state = n.state::"State", reason = n.reason, deleted_from = n."deletedFrom"::"State",
           returned = n.returned, version = a.version + 1, modified_at = now()
      FROM jsonb_to_recordset(${JSON.stringify(decided)}::jsonb) AS n(id uuid, version int, state text, reason text,
        "deletedFrom" text, returned bool)
     WHERE a.group_id = ${groupId}::uuid AND a.id = n.id AND a.version = n.version RETURNING a.id`);
  return new Set(rows.map(({ id }) => id));
}

/**
 * Locks annotations of a group against everybody who writes below them, until the transaction ends. False where one has
 * another version now.
 */
export async function lockVersions(tx: Tx, groupId: string, held: HeldVersion[]): Promise<boolean> {
  const rows = await tx.$queryRaw<unknown[]>(Prisma.sql`${heldVersions(groupId, held)} FOR UPDATE OF h`);
  return rows.length === held.length;
}
