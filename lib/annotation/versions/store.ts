import { db, Prisma } from '@/lib/db';
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
  return Prisma.sql`INSERT INTO annotation_version (group_id, annotation_id, version, kind, body, tags, visibility,
      written_at, received, passages, regions)
    SELECT o.group_id, o.id, o.version, o.kind, o.body, o.tags, o.visibility, o.modified_at, o.received,
      ${json(passages)}, ${json(regions)}
    FROM annotation o JOIN written w ON w.group_id = o.group_id AND w.id = o.id`;
}

export function selectVersions(groupId: string, annotationId: string) {
  return db.annotationVersion.findMany({ where: { groupId, annotationId }, orderBy: { version: 'asc' } });
}

/** An earlier version of an annotation; null where that one was not stored. */
export function selectVersion({ groupId, id }: AnnotationRow, version: number) {
  const key = { groupId, annotationId: id, version };
  return db.annotationVersion.findUnique({ where: { groupId_annotationId_version: key } });
}
