import { db, Prisma, query, type Tx } from '@/lib/db';
import { insertManyTargets, type Targets } from '@/lib/target';
import type { Kind, State, Visibility } from '../schema';

/** An annotation from a file, with the id, the author and the dates that it will have. */
export type ImportedAnnotation = {
  id: string;
  rootId: string;
  parentId: string | null;
  authorId: string;
  edition: string;
  section: string;
  assignmentId: string | null;
  /** The revision that it is anchored in; null for a reply. */
  revision: number | null;
  kind: Kind;
  body: string;
  tags: string[];
  reading: string | null;
  citation: string | null;
  citationAddress: string | null;
  visibility: Visibility;
  state: State;
  reason: string | null;
  locked: boolean;
  pinned: boolean;
  endorsed: boolean;
  resolved: boolean;
  createdAt: Date;
  modifiedAt: Date;
  received: string | null;
  origins: string[];
} & Targets;

/** Annotations of one statement, and characters in them, at most: both are made into JSON while others wait. */
const BATCH = 1_000;
const BATCH_LENGTH = 500_000;

function* batchesOf(annotations: ImportedAnnotation[]): Generator<ImportedAnnotation[]> {
  let batch: ImportedAnnotation[] = [];
  let length = 0;
  for (const annotation of annotations) {
    const size = annotation.body.length + (annotation.received?.length ?? 0);
    if (batch.length === BATCH || (length + size > BATCH_LENGTH && batch.length > 0)) {
      yield batch;
      batch = [];
      length = 0;
    }
    batch.push(annotation);
    length += size;
  }
  if (batch.length > 0) yield batch;
}

/**
 * Tells the planner how many annotations there are now. Postgres finds out by itself after a minute or so; until then it
 * takes thousands for a few, and an export of them takes a minute instead of a second.
 */
export async function analyzeAnnotations(): Promise<void> {
  await db.$executeRaw`ANALYZE annotation, passage, region`;
}

/**
 * Writes the annotations of an import into a group, some hundreds with a statement. Roots come first, and every
 * answer after what it answers: the order of `annotations` has to be so.
 */
export async function insertImportedAnnotations(
  tx: Tx,
  { groupId, importId }: { groupId: string; importId: string },
  annotations: ImportedAnnotation[],
): Promise<void> {
  for (const batch of batchesOf(annotations)) {
    await tx.$executeRaw`
      INSERT INTO annotation (group_id, import_id, id, root_id, parent_id, author_id, edition, section, assignment_id, revision, kind,
        body, tags, reading, citation, citation_address, visibility, state, reason, locked, pinned, endorsed, resolved, created_at, modified_at, received,
        origins)
      SELECT ${groupId}::uuid, ${importId}::uuid, n.id, n."rootId", n."parentId", n."authorId", n.edition, n.section, n."assignmentId",
        n.revision, n.kind::"Kind", n.body, n.tags, n.reading, n.citation, n."citationAddress", n.visibility::"Visibility", n.state::"State", n.reason, n.locked,
        n.pinned, n.endorsed, n.resolved, n."createdAt", n."modifiedAt", n.received, n.origins
      FROM json_to_recordset(${JSON.stringify(batch)}::json) AS n(id uuid, "rootId" uuid, "parentId" uuid,
        "authorId" uuid, edition text, section text, "assignmentId" uuid, revision int, kind text, body text, tags text[], reading text, citation text, "citationAddress" text,
        visibility text, state text, reason text, locked bool, pinned bool, endorsed bool, resolved bool,
        "createdAt" timestamptz, "modifiedAt" timestamptz, received text, origins text[])`;
    await insertManyTargets(tx, groupId, batch);
  }
}

/** An annotation that a group has already; `origins` are its IRIs elsewhere. */
export type KnownAnnotation = {
  id: string;
  rootId: string;
  edition: string;
  section: string;
  assignmentId: string | null;
  origins: string[];
  /** Whether what answers it may be for its author and staff at most. */
  isPrivateWord: boolean;
};

/** The annotations of a group that have one of these ids, or one of these IRIs elsewhere. */
export function selectKnownAnnotations(
  groupId: string,
  ids: string[],
  names: string[],
  tx?: Tx,
): Promise<KnownAnnotation[]> {
  const statement = Prisma.sql`
    SELECT a.id, a.root_id AS "rootId", a.edition, a.section, a.assignment_id AS "assignmentId", a.origins,
           a.parent_id IS NOT NULL AND a.visibility <> 'group' AS "isPrivateWord" FROM annotation a
     WHERE a.group_id = ${groupId}::uuid AND (a.id = ANY(${ids}::uuid[]) OR a.origins && ${names}::text[])`;
  return tx ? tx.$queryRaw<KnownAnnotation[]>(statement) : query<KnownAnnotation>(statement);
}

/** Those of these ids that annotations of any group have already. */
export async function selectTakenIds(ids: string[]): Promise<Set<string>> {
  const rows = await query<{ id: string }>(Prisma.sql`
    SELECT a.id FROM annotation a WHERE a.id = ANY(${ids}::uuid[])`);
  return new Set(rows.map(({ id }) => id));
}

/**
 * Undoes an import: its annotations are removed as if they had never been there. A thread in which somebody has since
 * answered, changed, flagged or decided stays, and the imported annotations in it become tombstones. Returns how many
 * were removed and how many are tombstones.
 */
export async function removeImportedAnnotations(
  tx: Tx,
  groupId: string,
  importId: string,
): Promise<{ removed: number; kept: number }> {
  const kept = await tx.$executeRaw`
    WITH imported AS (SELECT id, root_id FROM annotation WHERE group_id = ${groupId}::uuid AND import_id = ${importId}::uuid),
    touched AS (
      SELECT a.root_id FROM annotation a
       WHERE a.group_id = ${groupId}::uuid AND a.root_id IN (SELECT root_id FROM imported)
         AND (a.import_id IS DISTINCT FROM ${importId}::uuid
           OR EXISTS (SELECT FROM annotation_version v WHERE v.group_id = a.group_id AND v.annotation_id = a.id)
           OR EXISTS (SELECT FROM flag f WHERE f.group_id = a.group_id AND f.annotation_id = a.id)
           OR EXISTS (SELECT FROM decision d WHERE d.group_id = a.group_id AND d.annotation_id = a.id)))
    UPDATE annotation a SET state = 'deleted', deleted_from = CASE WHEN a.state = 'deleted' THEN a.deleted_from ELSE a.state END,
           version = a.version + 1, modified_at = now(), import_id = NULL
     WHERE a.group_id = ${groupId}::uuid AND a.import_id = ${importId}::uuid AND a.root_id IN (SELECT root_id FROM touched)`;
  const removed = await tx.$executeRaw`
    DELETE FROM annotation WHERE group_id = ${groupId}::uuid AND import_id = ${importId}::uuid`;
  return { removed, kept };
}
