import { Prisma, query } from '@/lib/db';
import { READABLE_FROM, shownTo, type VisibilityScope } from '@/lib/policy/readable';
import { type AnnotationScope, selectionCondition } from '../store';

/** What a W3C container holds: not what is deleted, nor what is but a tombstone to this reader. */
export function inCollection(reader: VisibilityScope): Prisma.Sql {
  return Prisma.sql`a.state <> 'deleted' AND ${shownTo(reader)}`;
}

/** Of what a container holds, the roots of threads; and the answers in them. */
export const rootsInCollection = (reader: VisibilityScope) =>
  Prisma.sql`a.parent_id IS NULL AND ${inCollection(reader)}`;
export const repliesInCollection = (reader: VisibilityScope) =>
  Prisma.sql`a.parent_id IS NOT NULL AND ${inCollection(reader)}`;

/**
 * A page of a W3C container in the order of creation: `size` annotations from after `after` (an id), else from
 * `page * size` on.
 */
export type CollectionWindow = { size: number; page: number; after?: string | null };

/** What a container holds for a reader, all of one moment. */
export type CollectionPage = {
  total: number;
  /** When anything of it changed last, deletions too. */
  modified: Date | null;
  /** Differs wherever anything that is held differs: another note, another version, other passages. */
  print: string;
  /** How many are before the page. */
  start: number;
  ids: string[];
  /** The slug of each one's group. */
  groups: string[];
  /** The ids that the page before and the last page come after; null where that is the first page. */
  beforeAfter: string | null;
  lastAfter: string | null;
};

/**
 * What a W3C container holds for `reader`, counted and numbered in one scan. Passages move only where a revision is
 * published, which counts no version up: so the current revisions are part of the print.
 */
export async function selectCollection(
  reader: VisibilityScope,
  place: AnnotationScope,
  { size, page, after = null }: CollectionWindow,
): Promise<CollectionPage> {
  // An empty container changed last when its group was founded.
  const founded = place.groupId
    ? Prisma.sql`(SELECT created_at FROM "group" WHERE id = ${place.groupId}::uuid)`
    : Prisma.sql`NULL::timestamptz`;
  const [row] = await query<CollectionPage>(Prisma.sql`
    WITH held AS (
      SELECT a.id, g.slug, a.version, a.modified_at, (${inCollection(reader)}) AS here FROM ${READABLE_FROM}
       WHERE ${selectionCondition(reader, place, {})}
    ), counted AS (
      SELECT count(*) FILTER (WHERE here)::int AS total, coalesce(max(modified_at), ${founded}) AS modified,
             bit_xor(uuid_hash_extended(id, version)) FILTER (WHERE here) AS versions,
             CASE WHEN ${after}::uuid IS NULL THEN ${page * size}::int
                  ELSE (count(*) FILTER (WHERE here AND id <= ${after}::uuid))::int END AS start,
             array_agg(id ORDER BY id) FILTER (WHERE here) AS ids,
             array_agg(slug ORDER BY id) FILTER (WHERE here) AS groups
        FROM held
    )
    SELECT total, modified, start,
           concat_ws('-', total, versions, (SELECT sum(current) FROM edition)) AS print,
           coalesce(ids[start + 1 : start + ${size}::int], '{}') AS ids,
           coalesce(groups[start + 1 : start + ${size}::int], '{}') AS groups,
           ids[start - ${size}::int] AS "beforeAfter",
           ids[(total - 1) / ${size}::int * ${size}::int] AS "lastAfter"
      FROM counted`);
  return row as CollectionPage;
}
