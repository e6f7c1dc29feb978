import { Prisma, type Tx } from '@/lib/db';
import type { Anchor, PlacedRegion } from './schema';

/** A passage as it is stored. Offsets are code points. */
export type PassageRow = {
  edition: string;
  section: string;
  /** The revision that it was chosen on. */
  revision: number;
  /** The revision that start and end count in. */
  anchorRevision: number;
  /** Null for an orphan. */
  start: number | null;
  end: number | null;
  exact: string | null;
  prefix: string | null;
  suffix: string | null;
  anchor: Anchor;
  writtenStart: number | null;
  writtenEnd: number | null;
  /** Whether a person decided that a fuzzy or orphaned passage stays as it is. */
  settled: boolean;
};

/** A passage to insert: what is left out is null. */
export type NewPassageRow = Omit<Prisma.PassageUncheckedCreateInput, 'groupId' | 'annotationId' | 'position'>;

/** A region to insert. */
export type NewRegionRow = Omit<Prisma.RegionUncheckedCreateInput, 'groupId' | 'annotationId' | 'position'>;

/** What a gloss is on; both lists are empty for a gloss on a whole section. */
export type Targets = { passages: NewPassageRow[]; regions: NewRegionRow[] };

/** The key of an annotation. */
type AnnotationKey = { groupId: string; id: string };

/**
 * The passages of the annotation `a` as a JSON array of `PassageRow`, in order; empty for a reply. Their words are left
 * out where `shown` does not hold.
 */
export const passagesOfA = (shown: Prisma.Sql) => Prisma.sql`CASE WHEN a.parent_id IS NULL THEN (
  SELECT coalesce(json_agg(json_build_object(
    'edition', p.edition, 'section', p.section, 'revision', p.revision, 'anchorRevision', p.anchor_revision,
    'start', p.start, 'end', p."end", 'exact', CASE WHEN ${shown} THEN p.exact END,
    'prefix', CASE WHEN ${shown} THEN p.prefix END, 'suffix', CASE WHEN ${shown} THEN p.suffix END, 'anchor', p.anchor,
    'writtenStart', p.written_start, 'writtenEnd', p.written_end, 'settled', p.settled_at IS NOT NULL)
    ORDER BY p.position), '[]') FROM passage p WHERE p.group_id = a.group_id AND p.annotation_id = a.id)
  ELSE '[]' END`;

/**
 * The regions of the annotation `a` as a JSON array of `PlacedRegion`, in order; empty for a reply. The labels of their
 * canvases are left out where `shown` does not hold.
 */
export const regionsOfA = (shown: Prisma.Sql) => Prisma.sql`CASE WHEN a.parent_id IS NULL THEN (
  SELECT coalesce(json_agg(json_build_object(
    'edition', q.edition, 'canvas', q.canvas, 'label', CASE WHEN ${shown} THEN c.label END, 'image', q.image_id, 'x', q.x, 'y', q.y, 'w', q.w,
    'h', q.h, 'svg', q.svg, 'anchor', CASE WHEN c.image_id = q.image_id THEN 'exact' ELSE 'orphaned' END,
    'settled', q.settled_at IS NOT NULL)
    ORDER BY q.position), '[]') FROM region q LEFT JOIN canvas c ON c.edition = q.edition AND c.id = q.canvas
    WHERE q.group_id = a.group_id AND q.annotation_id = a.id) ELSE '[]' END`;

/**
 * Whether the annotation `a` has a passage that meets `condition`, on the alias `p`. Where all are of one group (its id),
 * saying so keeps Postgres from reading the passages of the others when it reads them before the annotations.
 */
export function hasPassage(condition: Prisma.Sql, groupId?: string): Prisma.Sql {
  const ofGroup = groupId ? Prisma.sql`AND p.group_id = ${groupId}::uuid` : Prisma.empty;
  return Prisma.sql`EXISTS (SELECT FROM passage p
    WHERE p.group_id = a.group_id AND p.annotation_id = a.id ${ofGroup} AND ${condition})`;
}

/**
 * Whether the annotation `a` has a region in this state that meets `condition`, on the alias `q`. It is exact where its
 * canvas still has the image that it was drawn on.
 */
export function hasRegion(anchor: PlacedRegion['anchor'], condition = Prisma.sql`true`): Prisma.Sql {
  const isExact = Prisma.sql`EXISTS (SELECT FROM canvas c
    WHERE c.edition = q.edition AND c.id = q.canvas AND c.image_id = q.image_id)`;
  return Prisma.sql`EXISTS (SELECT FROM region q WHERE q.group_id = a.group_id AND q.annotation_id = a.id
    AND ${condition} AND ${anchor === 'exact' ? isExact : Prisma.sql`NOT ${isExact}`})`;
}

/**
 * Whether the thread of the annotation `a` has a passage, but the first, in one of these sections. Where all are of one
 * group (its id), their roots are found once, and an index of the roots serves the condition.
 */
export function threadReachesSections(sections: string[], groupId?: string): Prisma.Sql {
  const group = groupId ? Prisma.sql`${groupId}::uuid` : Prisma.sql`a.group_id`;
  return Prisma.sql`a.root_id = ANY(ARRAY(SELECT f.annotation_id FROM passage f
    WHERE f.group_id = ${group} AND f.position > 0 AND f.section = ANY(${sections}::text[])))`;
}

/** Whether the thread of the annotation `a` has a region on one of these canvases of its edition. */
export function threadHasRegionOn(canvases: string[]): Prisma.Sql {
  return Prisma.sql`(a.group_id, a.root_id) IN (
    SELECT q.group_id, q.annotation_id FROM region q WHERE q.group_id = a.group_id AND q.edition = a.edition
       AND q.canvas = ANY(${canvases}::text[]))`;
}

/** Whether the gloss `a` has a target that is `isPending`. */
export const PENDING = Prisma.sql`(a.parent_id IS NULL AND a.state <> 'deleted'
  AND (${hasPassage(Prisma.sql`p.anchor IN ('fuzzy', 'orphaned') AND p.settled_at IS NULL`)}
    OR ${hasRegion('orphaned', Prisma.sql`q.settled_at IS NULL`)}))`;

/** Inserts the targets of a new annotation. */
export async function insertTargets(
  tx: Tx,
  { groupId, id }: AnnotationKey,
  { passages, regions }: Targets,
): Promise<void> {
  const key = (position: number) => ({ groupId, annotationId: id, position });
  if (passages.length > 0)
    await tx.passage.createMany({ data: passages.map((passage, i) => ({ ...passage, ...key(i) })) });
  if (regions.length > 0)
    await tx.region.createMany({ data: regions.map((region, i) => ({ ...region, ...key(i) })) });
}

/** Puts an annotation on other targets than before. */
export async function replaceTargets(
  tx: Tx,
  { groupId, id }: AnnotationKey,
  targets: Targets,
): Promise<void> {
  await tx.passage.deleteMany({ where: { groupId, annotationId: id } });
  await tx.region.deleteMany({ where: { groupId, annotationId: id } });
  await insertTargets(tx, { groupId, id }, targets);
}

/** Inserts the targets of many new annotations of a group, in two statements. */
export async function insertManyTargets(
  tx: Tx,
  groupId: string,
  annotations: ({ id: string } & Targets)[],
): Promise<void> {
  const passages = annotations.flatMap(({ id, passages }) =>
    passages.map((passage, position) => ({ ...passage, id, position })),
  );
  await tx.$executeRaw`
    INSERT INTO passage (group_id, annotation_id, position, edition, section, revision, anchor_revision, start, "end",
      exact, prefix, suffix, anchor, written_start, written_end)
    SELECT ${groupId}::uuid, p.id, p.position, p.edition, p.section, p.revision, p."anchorRevision", p.start, p."end",
      p.exact, p.prefix, p.suffix, p.anchor::"Anchor", p."writtenStart", p."writtenEnd"
    FROM json_to_recordset(${JSON.stringify(passages)}::json) AS p(id uuid, position int, edition text, section text,
      revision int, "anchorRevision" int, start int, "end" int, exact text, prefix text, suffix text, anchor text,
      "writtenStart" int, "writtenEnd" int)`;
  const regions = annotations.flatMap(({ id, regions }) =>
    regions.map((region, position) => ({ ...region, id, position })),
  );
  if (regions.length === 0) return;
  await tx.$executeRaw`
    INSERT INTO region (group_id, annotation_id, position, edition, canvas, image_id, x, y, w, h, svg)
    SELECT ${groupId}::uuid, q.id, q.position, q.edition, q.canvas, q."imageId", q.x, q.y, q.w, q.h, q.svg
    FROM json_to_recordset(${JSON.stringify(regions)}::json) AS q(id uuid, position int, edition text, canvas text,
      "imageId" text, x float8, y float8, w float8, h float8, svg text)`;
}

/** Sets fields of the passage at `position` of an annotation, from 0. */
export async function updatePassage(
  tx: Tx,
  { groupId, id }: AnnotationKey,
  position: number,
  data: Prisma.PassageUncheckedUpdateInput,
): Promise<void> {
  const where = { groupId_annotationId_position: { groupId, annotationId: id, position } };
  await tx.passage.update({ where, data, select: { position: true } });
}

/** Sets fields of the region at `position` of an annotation, from 0. */
export async function updateRegion(
  tx: Tx,
  { groupId, id }: AnnotationKey,
  position: number,
  data: Prisma.RegionUncheckedUpdateInput,
): Promise<void> {
  const where = { groupId_annotationId_position: { groupId, annotationId: id, position } };
  await tx.region.update({ where, data, select: { position: true } });
}

/**
 * Moves every passage of an edition to where it was staged for a draft (lib/anchor), in one statement. A confirmation is
 * dropped where a person has to look again. The edition must be locked, so that nobody moves a passage meanwhile.
 */
export async function moveToStaged(
  tx: Tx,
  { edition, revision }: { edition: string; revision: number },
): Promise<void> {
  await tx.$executeRaw`
    UPDATE passage p SET start = t.start, "end" = t."end", anchor = t.anchor, anchor_revision = ${revision},
           settled_at = CASE WHEN t.waits THEN NULL ELSE p.settled_at END
      FROM staged_anchor t
     WHERE t.edition = ${edition} AND t.revision = ${revision} AND p.group_id = t.group_id
       AND p.annotation_id = t.annotation_id AND p.position = t.position
       AND p.edition = ${edition} AND p.exact IS NOT NULL`;
}
