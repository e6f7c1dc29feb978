import { Prisma, query } from '@/lib/db';
import { HIDDEN_FROM_ADMIN, READABLE_FROM } from '@/lib/policy/readable';
import type { Anchor } from '../schema';
import { hasPassage, hasRegion } from '../targets/store';

/** A passage of a gloss, as re-anchoring needs it; `id` and `version` are the gloss's. */
export type AnchoredPassage = {
  groupId: string;
  id: string;
  position: number;
  version: number;
  exact: string;
  start: number | null;
  end: number | null;
  anchor: Anchor;
  /** Whether a person said that a fuzzy or orphaned passage stays as it is. */
  settled: boolean;
};

/** Where a passage stands in a draft, and whether a person has to look at it. */
export type MigratedAnchor = { start: number | null; end: number | null; anchor: Anchor; waits: boolean };

const columns = Prisma.sql`p.group_id AS "groupId", p.annotation_id AS id, p.position, a.version, p.exact, p.start,
  p."end", p.anchor::text, p.settled_at IS NOT NULL AS settled`;

const PASSAGES = Prisma.sql`passage p JOIN annotation a ON a.group_id = p.group_id AND a.id = p.annotation_id`;

/** The passages in an edition's sections, of all groups. */
const anchored = (edition: string) => Prisma.sql`p.edition = ${edition} AND p.exact IS NOT NULL`;

// A passage is of one edition, and an edition has one draft: its key says all.
const unstaged = Prisma.sql`NOT EXISTS (
  SELECT FROM staged_anchor t WHERE t.group_id = p.group_id AND t.annotation_id = p.annotation_id
     AND t.position = p.position AND t.version = a.version)`;

/** From after the passage that a batch ended with. */
const after = (last: Pick<AnchoredPassage, 'groupId' | 'id' | 'position'> | null) =>
  last
    ? Prisma.sql`AND (p.annotation_id, p.position, p.group_id)
        > (${last.id}::uuid, ${last.position}::int, ${last.groupId}::uuid)`
    : Prisma.empty;
const ORDER = Prisma.sql`p.annotation_id, p.position, p.group_id`;

/**
 * Lets the transaction join whole tables at once. What was staged a moment ago has no statistics yet: taken for a
 * few rows, each of ten thousand would be compared with each.
 */
export async function preferHashJoins(tx: Prisma.TransactionClient): Promise<void> {
  await tx.$executeRaw`SET LOCAL enable_nestloop = off`;
}

/** The passages in a section that were not looked at for the draft, or whose gloss changed since; from after `last`. */
export function selectUnstaged(
  tx: Prisma.TransactionClient,
  draft: { edition: string; section: string },
  last: AnchoredPassage | null,
  limit: number,
): Promise<AnchoredPassage[]> {
  const { edition, section } = draft;
  return tx.$queryRaw<AnchoredPassage[]>`
    SELECT ${columns} FROM ${PASSAGES}
     WHERE ${anchored(edition)} AND p.section = ${section} AND ${unstaged} ${after(last)}
     ORDER BY ${ORDER} LIMIT ${limit}`;
}

/** Which of `sections` have passages that were not looked at for the draft. */
export async function selectUnstagedSections(
  tx: Prisma.TransactionClient,
  edition: string,
  sections: string[],
): Promise<string[]> {
  const rows = await tx.$queryRaw<{ section: string }[]>`
    SELECT DISTINCT p.section FROM ${PASSAGES}
     WHERE ${anchored(edition)} AND p.section = ANY(${sections}::text[]) AND ${unstaged}`;
  return rows.map(({ section }) => section);
}

/** Keeps where passages of a section stand in the draft, in one statement. */
export async function stageAnchors(
  tx: Prisma.TransactionClient,
  { edition, revision, section }: { edition: string; revision: number; section: string },
  placed: (Pick<AnchoredPassage, 'groupId' | 'id' | 'position' | 'version'> & MigratedAnchor)[],
): Promise<void> {
  await tx.$executeRaw`
    INSERT INTO staged_anchor
      (group_id, annotation_id, position, edition, revision, section, version, start, "end", anchor, waits)
    SELECT p."groupId", p.id, p.position, ${edition}, ${revision}, ${section}, p.version, p.start, p."end", p.anchor::"Anchor", p.waits
      FROM jsonb_to_recordset(${JSON.stringify(placed)}::jsonb)
        AS p("groupId" uuid, id uuid, position int, version int, start int, "end" int, anchor text, waits boolean)
    ON CONFLICT (group_id, annotation_id, position) DO UPDATE
       SET edition = excluded.edition, revision = excluded.revision, section = excluded.section,
           version = excluded.version, start = excluded.start, "end" = excluded."end", anchor = excluded.anchor,
           waits = excluded.waits`;
}

/**
 * Writes what was staged for a draft to the passages, in one statement. The edition must be held against writers:
 * nobody moves a passage meanwhile.
 */
export async function applyStagedAnchors(
  tx: Prisma.TransactionClient,
  { edition, revision }: { edition: string; revision: number },
): Promise<void> {
  await tx.$executeRaw`
    UPDATE passage p SET start = t.start, "end" = t."end", anchor = t.anchor, anchor_revision = ${revision},
           settled_at = CASE WHEN t.waits THEN NULL ELSE p.settled_at END
      FROM staged_anchor t
     WHERE t.edition = ${edition} AND t.revision = ${revision} AND p.group_id = t.group_id
       AND p.annotation_id = t.annotation_id AND p.position = t.position AND ${anchored(edition)}`;
}

/** How many passages of each section have which state in the draft. */
export function countStagedAnchors(
  tx: Prisma.TransactionClient,
  { edition, revision }: { edition: string; revision: number },
): Promise<{ section: string; anchor: Anchor; count: number }[]> {
  return tx.$queryRaw`
    SELECT section, anchor::text, count(*)::int AS count FROM staged_anchor
     WHERE edition = ${edition} AND revision = ${revision} GROUP BY section, anchor`;
}

/** The groups whose passages a draft touches, in the order of their ids. */
export async function selectStagedGroups(
  tx: Prisma.TransactionClient,
  { edition, revision }: { edition: string; revision: number },
): Promise<string[]> {
  const rows = await tx.$queryRaw<{ groupId: string }[]>`
    SELECT DISTINCT group_id AS "groupId" FROM staged_anchor
     WHERE edition = ${edition} AND revision = ${revision} ORDER BY group_id`;
  return rows.map(({ groupId }) => groupId);
}

/** A passage for a rehearsal: what an administrator may count, and `hidden` where they may not even see its quote. */
export type PreviewedPassage = AnchoredPassage & { hidden: boolean };

/**
 * The passages in a section, of all groups, for a rehearsal: places and quotes, never who wrote what where. A note
 * that only its author sees, or that was deleted, is hidden.
 */
export function selectForPreview(
  edition: string,
  section: string,
  last: PreviewedPassage | null,
  limit: number,
): Promise<PreviewedPassage[]> {
  return query<PreviewedPassage>(Prisma.sql`
    SELECT ${columns},
           ${HIDDEN_FROM_ADMIN} AS hidden
      FROM ${READABLE_FROM} JOIN passage p ON p.group_id = a.group_id AND p.annotation_id = a.id
     WHERE ${anchored(edition)} AND p.section = ${section} ${after(last)}
     ORDER BY ${ORDER} LIMIT ${limit}`);
}

/**
 * A gloss with a place that waits for a person: a passage that was found again in doubt or not at all, or a region
 * whose image was replaced. A condition on the alias `a`.
 */
export const PENDING = Prisma.sql`(a.parent_id IS NULL AND a.state <> 'deleted'
  AND (${hasPassage(Prisma.sql`p.anchor IN ('fuzzy', 'orphaned') AND p.settled_at IS NULL`)}
    OR ${hasRegion('orphaned', Prisma.sql`q.settled_at IS NULL`)}))`;

/** The same of one place. */
export function isPending({ anchor, settled }: { anchor: Anchor; settled: boolean }): boolean {
  return (anchor === 'fuzzy' || anchor === 'orphaned') && !settled;
}

/** Of what waits, what its author may settle: not in a thread that is locked. */
export function pendingOf(me: string): Prisma.Sql {
  return Prisma.sql`${PENDING} AND a.author_id = ${me}::uuid AND NOT r.locked`;
}
