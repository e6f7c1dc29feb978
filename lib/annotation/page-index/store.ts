import { Prisma, query } from '@/lib/db';
import { passagesShownTo, READABLE_FROM, shownTo, type VisibilityScope } from '@/lib/policy/readable';
import type { Kind } from '../schema';
import { selectionCondition } from '../store';
import type { PageIndexQuery } from './schema';

/** A passage with the properties of its annotation; an annotation without passages has one row without a section. */
export type PageIndexRow = {
  id: string;
  /** For a reply, the root of its thread; null for a root. */
  reply: string | null;
  version: number;
  revision: number | null;
  mine: boolean;
  gone: boolean;
  kind: Kind;
  resolved: boolean;
  pinned: boolean;
  endorsed: boolean;
  authorId: string;
  authorName: string;
  /** Seconds since 1970. */
  created: number;
  tags: string[];
  section: string | null;
  start: number | null;
  end: number | null;
  exact: string | null;
  fuzzy: boolean;
  anchorRevision: number | null;
  /** The canvas of the annotation's first region. */
  canvas: string | null;
};

/** The passages of up to `limit` readable annotations, in order of creation and of their positions in each. */
export function selectPageIndex(
  scope: VisibilityScope,
  groupId: string,
  { edition, section, cursor }: PageIndexQuery,
  limit: number,
): Promise<PageIndexRow[]> {
  const after = cursor ? Prisma.sql`AND a.id > ${cursor}::uuid` : Prisma.empty;
  return query<PageIndexRow>(Prisma.sql`
    WITH listed AS (
      SELECT a.group_id, a.id, CASE WHEN a.parent_id IS NOT NULL THEN a.root_id END AS reply, a.version, a.revision,
             a.author_id IS NOT DISTINCT FROM ${scope.id}::uuid AS mine,
             (a.state = 'deleted' OR (a.body = '' AND a.kind::text <> 'highlight') OR ${shownTo(scope)} IS NOT TRUE) AS gone,
             a.kind::text AS kind, a.resolved, a.pinned, a.endorsed,
             a.author_id, floor(extract(epoch FROM a.created_at))::float8 AS created,
             COALESCE(CASE WHEN ${shownTo(scope)} THEN a.tags END, '{}') AS tags,
             ${passagesShownTo(scope)} AS words
        FROM ${READABLE_FROM}
       WHERE ${selectionCondition(scope, { groupId }, { edition, section })} ${after} ORDER BY a.id LIMIT ${limit}
    )
    SELECT o.id, o.reply, o.version, o.revision, o.mine, o.gone, o.kind, o.resolved, o.pinned, o.endorsed, o.tags,
           o.created, o.author_id AS "authorId", coalesce(u.name, '') AS "authorName", p.section, p.start, p."end", CASE WHEN o.words THEN p.exact END AS exact, p.anchor = 'fuzzy' AS fuzzy, p.anchor_revision AS "anchorRevision",
           (SELECT q.canvas FROM region q WHERE q.group_id = o.group_id AND q.annotation_id = o.id
               AND o.reply IS NULL AND q.position = 0) AS canvas
      FROM listed o
      JOIN "user" u ON u.id = o.author_id
      LEFT JOIN passage p ON p.group_id = o.group_id AND p.annotation_id = o.id AND o.reply IS NULL
       AND p.edition = ${edition}
     ORDER BY o.id, p.position`);
}
