import { Prisma, query } from '@/lib/db';
import {
  READABLE_FROM,
  READABLE_IN_ORDER,
  readableEdition,
  shownTo,
  type VisibilityScope,
} from '@/lib/policy/readable';
import { type AnnotationScope, selectionCondition } from '../store';

/** Whether a W3C container has the annotation `a`: it is not deleted, and no tombstone to this viewer. */
export function inCollection(scope: VisibilityScope): Prisma.Sql {
  return Prisma.sql`a.state <> 'deleted' AND ${shownTo(scope)}`;
}

/** Whether a W3C container has `a`, and it is the root of its thread, or a reply. */
export const rootsInCollection = (scope: VisibilityScope) =>
  Prisma.sql`a.parent_id IS NULL AND ${inCollection(scope)}`;
export const repliesInCollection = (scope: VisibilityScope) =>
  Prisma.sql`a.parent_id IS NOT NULL AND ${inCollection(scope)}`;

/**
 * A page of a W3C container in the order of creation: `size` annotations from after `after` (an id), else from
 * `page * size` on.
 */
export type CollectionWindow = { size: number; page: number; after?: string | null };

/** What a container has for a viewer, from one snapshot. */
export type CollectionPage = {
  total: number;
  /** The date of its last change, deletions included. */
  modified: Date | null;
  /** A fingerprint, for the ETag: it differs if an annotation, a version or a passage differs. */
  print: string;
  /** How many annotations are before the page. */
  start: number;
  ids: string[];
  /** The slug of the group of each of `ids`. */
  groups: string[];
  /** The ids after which the previous and the last page begin; null where that is the first page. */
  beforeAfter: string | null;
  lastAfter: string | null;
};

/**
 * What a W3C container has for `scope`, counted and numbered in one scan. A publication moves passages without
 * incrementing a version, so the numbers of the current revisions are part of the fingerprint.
 */
export async function selectCollection(
  scope: VisibilityScope,
  within: AnnotationScope,
  { size, page, after = null }: CollectionWindow,
): Promise<CollectionPage> {
  // The date of an empty container is that of its group.
  const created = within.groupId
    ? Prisma.sql`(SELECT created_at FROM "group" WHERE id = ${within.groupId}::uuid)`
    : Prisma.sql`NULL::timestamptz`;
  // A join of all groups would read the roots of those that the viewer may not see.
  const tables = within.groupId ? READABLE_FROM : READABLE_IN_ORDER;
  const [row] = await query<CollectionPage>(Prisma.sql`
    WITH held AS (
      SELECT a.id, g.slug, a.version, a.modified_at, (${inCollection(scope)}) AS here FROM ${tables}
       WHERE ${selectionCondition(scope, within, {})}
    ), counted AS (
      SELECT count(*) FILTER (WHERE here)::int AS total, coalesce(max(modified_at), ${created}) AS modified,
             bit_xor(uuid_hash_extended(id, version)) FILTER (WHERE here) AS versions,
             CASE WHEN ${after}::uuid IS NULL THEN ${page * size}::int
                  ELSE (count(*) FILTER (WHERE here AND id <= ${after}::uuid))::int END AS start,
             array_agg(id ORDER BY id) FILTER (WHERE here) AS ids,
             array_agg(slug ORDER BY id) FILTER (WHERE here) AS groups
        FROM held
    )
    SELECT total, modified, start,
           concat_ws('-', total, versions, (SELECT sum(e.current) FROM edition e WHERE ${readableEdition(scope)})) AS print,
           coalesce(ids[start + 1 : start + ${size}::int], '{}') AS ids,
           coalesce(groups[start + 1 : start + ${size}::int], '{}') AS groups,
           ids[start - ${size}::int] AS "beforeAfter",
           ids[(total - 1) / ${size}::int * ${size}::int] AS "lastAfter"
      FROM counted`);
  return row as CollectionPage;
}
