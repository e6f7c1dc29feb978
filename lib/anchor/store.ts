import { Prisma, query, type Tx } from '@/lib/db';
import { HIDDEN_FROM_ADMIN, READABLE_FROM } from '@/lib/policy/readable';
import { PENDING } from '@/lib/target';
import type { Anchor } from '@/lib/target/schema';

/** A passage to find again in a new text; `id` and `version` are its gloss's. */
export type AnchoredPassage = {
  groupId: string;
  id: string;
  position: number;
  version: number;
  exact: string;
  start: number | null;
  end: number | null;
  anchor: Anchor;
  /** Whether a person decided that a fuzzy or orphaned passage stays as it is. */
  settled: boolean;
};

/** Where a passage stands in a draft. `waits`: whether a person has to decide on it, also where one did before. */
export type MigratedAnchor = { start: number | null; end: number | null; anchor: Anchor; waits: boolean };

const columns = Prisma.sql`p.group_id AS "groupId", p.annotation_id AS id, p.position, a.version, p.exact, p.start,
  p."end", p.anchor::text, p.settled_at IS NOT NULL AS settled`;

const PASSAGES = Prisma.sql`passage p JOIN annotation a ON a.group_id = p.group_id AND a.id = p.annotation_id`;

/** The passages with a quote in an edition, of all groups. */
const anchored = (edition: string) => Prisma.sql`p.edition = ${edition} AND p.exact IS NOT NULL`;

// An edition has one draft, so that the key of a passage is enough. A gloss that was changed is staged again.
const unstaged = Prisma.sql`NOT EXISTS (
  SELECT FROM staged_anchor t WHERE t.group_id = p.group_id AND t.annotation_id = p.annotation_id
     AND t.position = p.position AND t.version = a.version)`;

/** Only the passages after the last one of a batch, in the order of `ORDER`. */
const after = (last: Pick<AnchoredPassage, 'groupId' | 'id' | 'position'> | null) =>
  last
    ? Prisma.sql`AND (p.annotation_id, p.position, p.group_id)
        > (${last.id}::uuid, ${last.position}::int, ${last.groupId}::uuid)`
    : Prisma.empty;
const ORDER = Prisma.sql`p.annotation_id, p.position, p.group_id`;

/**
 * Keeps nested loops out of the transaction's plans: rows that were staged a moment ago have no statistics yet, so that
 * the planner takes ten thousand of them for a few and compares each with each.
 */
export async function preferHashJoins(tx: Tx): Promise<void> {
  await tx.$executeRaw`SET LOCAL enable_nestloop = off`;
}

/** The passages in a section that are not staged for the draft, after `last`, `limit` at most. */
export function selectUnstaged(
  tx: Tx,
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

/** Those of `sections` that have passages which are not staged for the draft. */
export async function selectUnstagedSections(tx: Tx, edition: string, sections: string[]): Promise<string[]> {
  const rows = await tx.$queryRaw<{ section: string }[]>`
    SELECT DISTINCT p.section FROM ${PASSAGES}
     WHERE ${anchored(edition)} AND p.section = ANY(${sections}::text[]) AND ${unstaged}`;
  return rows.map(({ section }) => section);
}

/** Stores where passages of a section stand in the draft, in one statement. */
export async function stageAnchors(
  tx: Tx,
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

/** How many staged passages of each section and group have which state. */
export function countStagedAnchors(
  tx: Tx,
  { edition, revision }: { edition: string; revision: number },
): Promise<{ section: string; groupId: string; anchor: Anchor; count: number }[]> {
  return tx.$queryRaw`
    SELECT section, group_id AS "groupId", anchor::text, count(*)::int AS count FROM staged_anchor
     WHERE edition = ${edition} AND revision = ${revision} GROUP BY section, group_id, anchor ORDER BY group_id`;
}

/** A passage for a preview; `hidden` where an administrator may count it, but not see its quote. */
export type PreviewedPassage = AnchoredPassage & { hidden: boolean };

/**
 * The passages in a section, of all groups, after `last`, `limit` at most: offsets and quotes, never who wrote what in
 * which group.
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

/** Of the glosses that are `PENDING`, those that their author may decide on: not in a locked thread. */
export function pendingOf(authorId: string): Prisma.Sql {
  return Prisma.sql`${PENDING} AND a.author_id = ${authorId}::uuid AND NOT r.locked`;
}
