import { db, Prisma, query, type Tx } from '@/lib/db';
import type { PlacedRegion } from '@/lib/target/schema';
import type { AnnotationRow } from '../store';
import type { EarlierPassage } from './schema';

/** Targets of the version before, where the change moves them. */
export type EarlierTargets = { passages?: EarlierPassage[]; regions?: PlacedRegion[] };

/**
 * The part of a statement that keeps the version of `written` from before: the statement still sees the row as it was
 * when it began.
 */
export function versionOfWritten({ passages, regions }: EarlierTargets): Prisma.Sql {
  const json = (targets: object[] | undefined) =>
    Prisma.sql`${targets ? JSON.stringify(targets) : null}::jsonb`;
  return Prisma.sql`INSERT INTO annotation_version (group_id, annotation_id, version, kind, body, tags, reading, citation,
      citation_address, visibility, written_at, received, passages, regions)
    SELECT o.group_id, o.id, o.version, o.kind, o.body, o.tags, o.reading, o.citation, o.citation_address, o.visibility, o.modified_at, o.received,
      ${json(passages)}, ${json(regions)}
    FROM annotation o JOIN written w ON w.group_id = o.group_id AND w.id = o.id`;
}

/** The earlier versions of an annotation that are kept, without those that staff has hidden unless `all` are asked for. */
export async function selectVersions(groupId: string, annotationId: string, { all }: { all: boolean }) {
  const rows = await db.annotationVersion.findMany({
    where: { groupId, annotationId, ...(!all && { hidden: null }) },
    orderBy: { version: 'asc' },
    include: { hidden: { select: { version: true } } },
  });
  return rows.map(({ hidden, ...row }) => ({ ...row, hidden: hidden !== null }));
}

/** Words of an annotation as they were when staff last decided on it. */
export type EarlierWords = { annotationId: string; version: number; body: string; tags: string[] };

/** For each of these decisions on an annotation (by the version after it) the words that it was made on, where they were changed since. */
export function selectEarlierVersions(
  groupId: string,
  decided: { annotationId: string; version: number }[],
): Promise<EarlierWords[]> {
  return query<EarlierWords>(Prisma.sql`
    SELECT DISTINCT ON (v.annotation_id) v.annotation_id AS "annotationId", v.version, v.body, v.tags
      FROM jsonb_to_recordset(${JSON.stringify(decided)}::jsonb) AS d("annotationId" uuid, version int)
      JOIN annotation_version v ON v.group_id = ${groupId}::uuid AND v.annotation_id = d."annotationId"
       AND v.version >= d.version
     ORDER BY v.annotation_id, v.version`);
}

/** Hides an earlier version from everybody but staff. False where there is none, or it is hidden already. */
export async function insertHiddenVersion(
  tx: Tx,
  { groupId, id }: { groupId: string; id: string },
  version: number,
): Promise<boolean> {
  const hidden = await tx.$executeRaw`
    INSERT INTO hidden_version (group_id, annotation_id, version)
    SELECT v.group_id, v.annotation_id, v.version FROM annotation_version v
     WHERE v.group_id = ${groupId}::uuid AND v.annotation_id = ${id}::uuid AND v.version = ${version}::int
    ON CONFLICT DO NOTHING`;
  return hidden > 0;
}

/** An earlier version of an annotation; null where that one was not stored. */
export function selectVersion({ groupId, id }: AnnotationRow, version: number) {
  const key = { groupId, annotationId: id, version };
  return db.annotationVersion.findUnique({ where: { groupId_annotationId_version: key } });
}
