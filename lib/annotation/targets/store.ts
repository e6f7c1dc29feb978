import { Prisma } from '@/lib/db';
import type { PlacedRegion } from '../schema';
import type { AnnotationRow } from '../store';

/** A passage as it is written: what is left out is null. */
export type NewPassageRow = Omit<Prisma.PassageUncheckedCreateInput, 'groupId' | 'annotationId' | 'position'>;

/** A region as it is written. */
export type NewRegionRow = Omit<Prisma.RegionUncheckedCreateInput, 'groupId' | 'annotationId' | 'position'>;

/** What a gloss stands on. */
export type Targets = { passages: NewPassageRow[]; regions: NewRegionRow[] };

/** Whether one of the passages of `a` is so: `condition` is on the alias `p`. */
export function hasPassage(condition: Prisma.Sql): Prisma.Sql {
  return Prisma.sql`EXISTS (SELECT FROM passage p
    WHERE p.group_id = a.group_id AND p.annotation_id = a.id AND ${condition})`;
}

/**
 * Whether one of the regions of `a` stands where its canvas has the image that it was drawn on, or does not:
 * `condition` is on the alias `q`.
 */
export function hasRegion(anchor: PlacedRegion['anchor'], condition = Prisma.sql`true`): Prisma.Sql {
  const isThere = Prisma.sql`EXISTS (SELECT FROM canvas c
    WHERE c.edition = q.edition AND c.id = q.canvas AND c.image_id = q.image_id)`;
  return Prisma.sql`EXISTS (SELECT FROM region q WHERE q.group_id = a.group_id AND q.annotation_id = a.id
    AND ${condition} AND ${anchor === 'exact' ? isThere : Prisma.sql`NOT ${isThere}`})`;
}

/** Writes what a new annotation stands on. */
export async function insertTargets(
  tx: Prisma.TransactionClient,
  { groupId, id }: { groupId: string; id: string },
  { passages, regions }: Targets,
): Promise<void> {
  const key = (position: number) => ({ groupId, annotationId: id, position });
  if (passages.length > 0)
    await tx.passage.createMany({ data: passages.map((one, i) => ({ ...one, ...key(i) })) });
  if (regions.length > 0)
    await tx.region.createMany({ data: regions.map((one, i) => ({ ...one, ...key(i) })) });
}

/** Puts a gloss on other passages and regions than before, and its whole thread into the section where they are. */
export async function replaceTargets(
  tx: Prisma.TransactionClient,
  { groupId, id }: AnnotationRow,
  to: { edition: string; section: string; revision: number } & Targets,
): Promise<void> {
  const { edition, section, revision } = to;
  await tx.passage.deleteMany({ where: { groupId, annotationId: id } });
  await tx.region.deleteMany({ where: { groupId, annotationId: id } });
  await insertTargets(tx, { groupId, id }, to);
  await tx.annotation.updateMany({ where: { groupId, rootId: id }, data: { edition, section } });
  await tx.annotation.updateMany({ where: { groupId, id }, data: { revision } });
}

/** Sets fields of the passage at `position` of an annotation, from 0. */
export async function updatePassage(
  tx: Prisma.TransactionClient,
  { groupId, id }: AnnotationRow,
  position: number,
  data: Prisma.PassageUncheckedUpdateInput,
): Promise<void> {
  const where = { groupId_annotationId_position: { groupId, annotationId: id, position } };
  await tx.passage.update({ where, data, select: { position: true } });
}

/** Sets fields of the region at `position` of an annotation, from 0. */
export async function updateRegion(
  tx: Prisma.TransactionClient,
  { groupId, id }: AnnotationRow,
  position: number,
  data: Prisma.RegionUncheckedUpdateInput,
): Promise<void> {
  const where = { groupId_annotationId_position: { groupId, annotationId: id, position } };
  await tx.region.update({ where, data, select: { position: true } });
}
