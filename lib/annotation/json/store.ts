import { Prisma, query } from '@/lib/db';
import {
  lateTo,
  READABLE_FROM,
  READABLE_IN_ORDER,
  readable,
  readableInOrder,
  shownTo,
  type VisibilityScope,
} from '@/lib/policy/readable';
import { regionsOfA } from '@/lib/target';
import { countOfAgreements, isAgreed } from '../agreement/store';
import type { AnnotationFilter } from '../schema';
import {
  type AnnotationRow,
  type AnnotationScope,
  ARE_PASSAGES_SHOWN,
  annotationColumns,
  appealOf,
  countOfReplies,
  isAppealable,
  passagesShown,
  selectionCondition,
} from '../store';

/** What the JSON of an annotation depends on beside the viewer's role: equal stamps have equal JSON, but for `replies`. */
export type StampedRow = { id: string; groupId: string; version: number; stamp: string; replies: number };

/**
 * The stamp of `a`: the transactions that wrote its row and its passages, and whatever else of other rows or of the viewer
 * its JSON has. It has no more than that of them, since an ETag that is made from it must not move for somebody who
 * does not see why. The name comes last, because it may be any text.
 */
const stampOf = (
  scope: VisibilityScope,
) => Prisma.sql`concat_ws(E'\n', a.xmin, r.locked, ${shownTo(scope)} IS TRUE,
  ${ARE_PASSAGES_SHOWN} IS TRUE, ${lateTo(scope)}, a.author_id IS NOT DISTINCT FROM ${scope.id}::uuid,
  CASE WHEN a.parent_id IS NULL THEN (SELECT string_agg(p.xmin::text, ' ' ORDER BY p.position) FROM passage p
    WHERE p.group_id = a.group_id AND p.annotation_id = a.id) END,
  ${regionsOfA(ARE_PASSAGES_SHOWN)}, u.name)`;

/** The stamp of a note by itself: with who agrees with it, which the page index does not tell. */
const noteStampOf = (
  scope: VisibilityScope,
) => Prisma.sql`concat_ws(E'\n', ${countOfAgreements(shownTo(scope))},
  ${isAgreed(scope)}, ${isAppealable(scope)}, ${appealOf(scope)}, ${stampOf(scope)})`;

const AUTHOR = Prisma.sql`JOIN LATERAL (SELECT name FROM "user" WHERE id = a.author_id OFFSET 0) u ON true`;

/**
 * What every read depends on: the snapshot that a statement has now (each commit makes it another one, and none comes
 * back), the last door of an assignment that time has opened, and the checkpoint, because after a crash the numbers of
 * transactions that were never written may be given again.
 */
export async function selectReadState(): Promise<string> {
  const [row] = await query<{ state: string }>(Prisma.sql`
    SELECT concat_ws(' ', pg_current_snapshot(), (SELECT checkpoint_lsn FROM pg_control_checkpoint()),
      (SELECT max(s.reveal) FROM assignment s WHERE s.mode = 'blind-until' AND s.reveal <= now())) AS state`);
  return row?.state ?? '';
}

/** Readable annotations in order of creation, `limit` at most after `cursor`, by their stamps. */
export function selectStamps(
  scope: VisibilityScope,
  within: AnnotationScope,
  filter: AnnotationFilter,
  { limit, cursor }: { limit: number; cursor?: string | undefined },
): Promise<StampedRow[]> {
  const after = cursor ? Prisma.sql`AND a.id > ${cursor}::uuid` : Prisma.empty;
  return query<StampedRow>(Prisma.sql`
    SELECT a.id, a.group_id AS "groupId", a.version, ${noteStampOf(scope)} AS stamp, ${countOfReplies(scope)} AS replies
      FROM ${READABLE_IN_ORDER} ${AUTHOR} ${passagesShown(scope)}
     WHERE ${selectionCondition(scope, within, filter, undefined, readableInOrder)} ${after} ORDER BY a.id LIMIT ${limit}`);
}

/** One stamp of all annotations of a page index, and how many there are, `limit` at most. */
export async function selectPageStamp(
  scope: VisibilityScope,
  groupId: string,
  { edition, section, cursor }: AnnotationFilter & { cursor?: string | undefined },
  limit: number,
): Promise<{ stamp: string; total: number }> {
  const after = cursor ? Prisma.sql`AND a.id > ${cursor}::uuid` : Prisma.empty;
  const [row] = await query<{ stamp: string | null; total: number }>(Prisma.sql`
    SELECT md5(string_agg(listed.id::text || listed.stamp, E'\n' ORDER BY listed.id)) AS stamp, count(*)::int AS total
      FROM (SELECT a.id, ${stampOf(scope)} AS stamp FROM ${READABLE_FROM} JOIN "user" u ON u.id = a.author_id
             ${passagesShown(scope)} WHERE ${selectionCondition(scope, { groupId }, { edition, section })} ${after}
             ORDER BY a.id LIMIT ${limit}) listed`);
  return { stamp: row?.stamp ?? '', total: row?.total ?? 0 };
}

/** The readable ones of these annotations, whole, with the stamps that they have now. */
export function selectStamped(
  scope: VisibilityScope,
  ids: string[],
): Promise<(AnnotationRow & Pick<StampedRow, 'stamp'>)[]> {
  return query<AnnotationRow & Pick<StampedRow, 'stamp'>>(Prisma.sql`
    SELECT ${annotationColumns(scope)}, ${noteStampOf(scope)} AS stamp
      FROM ${READABLE_FROM} JOIN "user" u ON u.id = a.author_id ${passagesShown(scope)}
     WHERE a.id = ANY(${ids}::uuid[]) AND ${readable(scope)}`);
}
