import { assignmentsOf, Prisma, type Tx, type WrittenColumns } from '@/lib/db';
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

/** A region to insert, with what the answer says of its canvas. */
export type NewRegionRow = Omit<Prisma.RegionUncheckedCreateInput, 'groupId' | 'annotationId' | 'position'> &
  Pick<PlacedRegion, 'label' | 'anchor' | 'svg'>;

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
 * Whether the thread of the annotation `a` has a passage, but the first, in this edition and one of these sections, as far
 * as they are given. Where all are of one group (its id), their roots are found once, and an index of the roots serves
 * the condition.
 */
export function threadReaches(
  { edition, sections }: { edition?: string | undefined; sections?: string[] | undefined },
  groupId?: string,
): Prisma.Sql {
  const group = groupId ? Prisma.sql`${groupId}::uuid` : Prisma.sql`a.group_id`;
  const inEdition = edition === undefined ? Prisma.empty : Prisma.sql`AND f.edition = ${edition}`;
  const inSections =
    sections === undefined ? Prisma.empty : Prisma.sql`AND f.section = ANY(${sections}::text[])`;
  return Prisma.sql`a.root_id = ANY(ARRAY(SELECT f.annotation_id FROM passage f
    WHERE f.group_id = ${group} AND f.position > 0 ${inEdition} ${inSections}))`;
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

/** The targets of an annotation as they are read back once these are inserted. */
export function insertedTargets({ passages, regions }: Targets): {
  passages: PassageRow[];
  regions: PlacedRegion[];
} {
  return {
    passages: passages.map((passage) => ({ ...NO_PASSAGE, ...passage, settled: false }) as PassageRow),
    regions: regions.map(({ imageId, ...region }) => ({ ...region, image: imageId, settled: false })),
  };
}

const NO_PASSAGE = {
  ...{ start: null, end: null, exact: null, prefix: null, suffix: null },
  ...{ writtenStart: null, writtenEnd: null },
};

/** Deletes the targets of an annotation, which is put on others. */
export async function deleteTargets(tx: Tx, { groupId, id }: AnnotationKey): Promise<void> {
  await tx.passage.deleteMany({ where: { groupId, annotationId: id } });
  await tx.region.deleteMany({ where: { groupId, annotationId: id } });
}

/** Gives an annotation the targets that another of its group has. */
export async function copyTargets(tx: Tx, groupId: string, from: string, to: string): Promise<void> {
  await tx.$executeRaw`
    INSERT INTO passage (group_id, annotation_id, position, edition, section, revision, anchor_revision, start, "end",
      exact, prefix, suffix, anchor, written_start, written_end, settled_at)
    SELECT p.group_id, ${to}::uuid, p.position, p.edition, p.section, p.revision, p.anchor_revision, p.start, p."end",
      p.exact, p.prefix, p.suffix, p.anchor, p.written_start, p.written_end, p.settled_at
    FROM passage p WHERE p.group_id = ${groupId}::uuid AND p.annotation_id = ${from}::uuid`;
  await tx.$executeRaw`
    INSERT INTO region (group_id, annotation_id, position, edition, canvas, image_id, x, y, w, h, svg, settled_at)
    SELECT q.group_id, ${to}::uuid, q.position, q.edition, q.canvas, q.image_id, q.x, q.y, q.w, q.h, q.svg, q.settled_at
    FROM region q WHERE q.group_id = ${groupId}::uuid AND q.annotation_id = ${from}::uuid`;
}

/**
 * The parts of a statement that insert the targets of annotations: `of` is what they are selected from, with a
 * `group_id`; left out, the row `written` of their annotation.
 */
export function insertionsOf(
  annotations: ({ id: string } & Targets)[],
  of: Prisma.Sql = Prisma.sql`written`,
): Prisma.Sql[] {
  const rowsOf = <Row extends object>(pick: (targets: Targets) => Row[]) =>
    annotations.flatMap(({ id, ...targets }) =>
      pick(targets).map((row, position) => ({ ...row, id, position })),
    );
  const passages = rowsOf((targets) => targets.passages);
  const regions = rowsOf((targets) => targets.regions);
  const parts: Prisma.Sql[] = [];
  if (passages.length > 0)
    parts.push(Prisma.sql`
    INSERT INTO passage (group_id, annotation_id, position, edition, section, revision, anchor_revision, start, "end",
      exact, prefix, suffix, anchor, written_start, written_end)
    SELECT w.group_id, p.id, p.position, p.edition, p.section, p.revision, p."anchorRevision", p.start, p."end",
      p.exact, p.prefix, p.suffix, p.anchor::"Anchor", p."writtenStart", p."writtenEnd"
    FROM ${of} w, json_to_recordset(${JSON.stringify(passages)}::json) AS p(id uuid, position int, edition text, section text,
      revision int, "anchorRevision" int, start int, "end" int, exact text, prefix text, suffix text, anchor text,
      "writtenStart" int, "writtenEnd" int)`);
  if (regions.length > 0)
    parts.push(Prisma.sql`
    INSERT INTO region (group_id, annotation_id, position, edition, canvas, image_id, x, y, w, h, svg)
    SELECT w.group_id, q.id, q.position, q.edition, q.canvas, q."imageId", q.x, q.y, q.w, q.h, q.svg
    FROM ${of} w, json_to_recordset(${JSON.stringify(regions)}::json) AS q(id uuid, position int, edition text, canvas text,
      "imageId" text, x float8, y float8, w float8, h float8, svg text)`);
  return parts;
}

/** Inserts the targets of many new annotations of a group, in two statements. */
export async function insertManyTargets(
  tx: Tx,
  groupId: string,
  annotations: ({ id: string } & Targets)[],
): Promise<void> {
  const group = Prisma.sql`(SELECT ${groupId}::uuid AS group_id)`;
  for (const part of insertionsOf(annotations, group)) await tx.$executeRaw(part);
}

const PASSAGE_COLUMNS = {
  edition: ['edition', 'text'],
  section: ['section', 'text'],
  revision: ['revision', 'int'],
  anchorRevision: ['anchor_revision', 'int'],
  start: ['start', 'int'],
  end: ['"end"', 'int'],
  exact: ['exact', 'text'],
  prefix: ['prefix', 'text'],
  suffix: ['suffix', 'text'],
  anchor: ['anchor', '"Anchor"'],
  writtenStart: ['written_start', 'int'],
  writtenEnd: ['written_end', 'int'],
} as const satisfies WrittenColumns;

/**
 * The part of a statement that sets fields of the passage at `position` (from 0) of the annotation in its row `written`.
 * A passage that becomes settled gets the present time.
 */
export function updatedPassage(position: number, { settled, ...fields }: Partial<PassageRow>): Prisma.Sql {
  const set = [...assignmentsOf(PASSAGE_COLUMNS, fields), ...settledAt(settled)];
  return Prisma.sql`UPDATE passage p SET ${Prisma.join(set)} FROM written w
    WHERE p.group_id = w.group_id AND p.annotation_id = w.id AND p.position = ${position}::int`;
}

const REGION_COLUMNS = {
  image: ['image_id', 'text'],
  x: ['x', 'float8'],
  y: ['y', 'float8'],
  w: ['w', 'float8'],
  h: ['h', 'float8'],
  svg: ['svg', 'text'],
} as const satisfies WrittenColumns;

/** As `updatedPassage`, of the region at `position`. */
export function updatedRegion(position: number, { settled, ...fields }: Partial<PlacedRegion>): Prisma.Sql {
  const set = [...assignmentsOf(REGION_COLUMNS, fields), ...settledAt(settled)];
  return Prisma.sql`UPDATE region q SET ${Prisma.join(set)} FROM written w
    WHERE q.group_id = w.group_id AND q.annotation_id = w.id AND q.position = ${position}::int`;
}

function settledAt(settled: boolean | undefined): Prisma.Sql[] {
  if (settled === undefined) return [];
  return [settled ? Prisma.sql`settled_at = now()` : Prisma.sql`settled_at = NULL`];
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
