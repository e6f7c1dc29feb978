import { db, type Tx } from '@/lib/db';
import type { PlacedRegion } from '@/lib/target/schema';
import type { AnnotationRow } from '../store';
import type { EarlierPassage } from './schema';

type Earlier = { passages?: EarlierPassage[]; regions?: PlacedRegion[]; received?: string | null };

/** Stores the present version of an annotation before it changes; its targets and `received`, where those change. */
export async function insertVersion(
  tx: Tx,
  row: AnnotationRow,
  { passages, regions, received = null }: Earlier = {},
): Promise<void> {
  const { groupId, id, version, kind, body, tags, visibility, modifiedAt } = row;
  await tx.annotationVersion.create({
    data: {
      ...{
        groupId,
        annotationId: id,
        version,
        kind,
        body,
        tags,
        visibility,
        writtenAt: modifiedAt,
        received,
      },
      ...(passages && { passages }),
      ...(regions && { regions }),
    },
    select: { version: true },
  });
}

export function selectVersions(groupId: string, annotationId: string) {
  return db.annotationVersion.findMany({ where: { groupId, annotationId }, orderBy: { version: 'asc' } });
}

/** An earlier version of an annotation; null where that one was not stored. */
export function selectVersion(tx: Tx, { groupId, id }: AnnotationRow, version: number) {
  const key = { groupId, annotationId: id, version };
  return tx.annotationVersion.findUnique({ where: { groupId_annotationId_version: key } });
}
