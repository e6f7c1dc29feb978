import type { RecordedEvent } from '@/lib/activity';
import { Prisma, query } from '@/lib/db';
import {
  EACH_RECEIVER,
  READABLE_EARLIER,
  READABLE_FROM,
  readable,
  receiversOf,
  shownTo,
} from '@/lib/policy/readable';

/** Whoever reads events: `only` is the group of their token, `editsAll` whether they manage all editions. */
export type Receiver = { id: string | null; only: string | null; editsAll: boolean };

/** An annotation of an event, and the receivers (positions from 1) who see it: now, or did before the event. */
export type Sight = {
  root: string;
  section: string;
  author: string;
  /** Where the thread stands: `edition section`. */
  places: string[];
  receivers: Set<number>;
};

/** What is true of some events and receivers at one moment; receivers are positions from 1, events their `seq`. */
export type Judgement = {
  /** Who may know of the group at all. */
  present: Set<number>;
  staff: Set<number>;
  now: Map<bigint, Sight>;
  /** Of events that changed who sees their annotation, and them alone. */
  before: Map<bigint, Sight>;
};

type Row = {
  what: 'present' | 'staff' | 'now' | 'before';
  seq: string | null;
  root: string;
  section: string;
  author: string;
  places: string[] | null;
  receivers: number[] | null;
};

/** Asks the one visibility condition about every event and every receiver, in one statement. */
export async function judge(
  groupId: string,
  events: readonly RecordedEvent[],
  receivers: readonly Receiver[],
): Promise<Judgement> {
  const concerned = events.flatMap((event) => ('annotationId' in event && event.annotationId ? [event] : []));
  const rows = await query<Row>(Prisma.sql`
    WITH v AS MATERIALIZED (${receiversOf(groupId, receivers)}),
    h AS MATERIALIZED (SELECT * FROM unnest(${concerned.map(({ seq }) => seq.toString())}::bigint[],
      ${concerned.map(({ annotationId }) => annotationId)}::uuid[],
      ${concerned.map(({ createdAt }) => createdAt)}::timestamptz[]) AS h(seq, id, at))
    SELECT 'present' AS what, NULL::bigint AS seq, NULL::uuid AS root, NULL AS section, NULL::uuid AS author,
           NULL::text[] AS places, array_agg(v.n::int) AS receivers FROM v
     WHERE v.belongs OR ((v.token_group IS NULL OR v.token_group = ${groupId}::uuid)
       AND EXISTS (SELECT FROM "group" g WHERE g.id = ${groupId}::uuid AND g.access <> 'private'
         AND g.deleted_at IS NULL))
    UNION ALL
    SELECT 'staff', NULL, NULL, NULL, NULL, NULL, array_agg(v.n::int) FROM v WHERE v.staffs
    UNION ALL
    SELECT 'now', h.seq, a.root_id, a.section, a.author_id,
           ARRAY[a.edition || ' ' || a.section] || ${PASSAGES}, ${receiversWhere(readable(EACH_RECEIVER))}
      FROM h, ${READABLE_FROM} WHERE a.group_id = ${groupId}::uuid AND a.id = h.id
    UNION ALL
    SELECT 'before', h.seq, x.root_id, w.section, x.author_id,
           ARRAY[w.edition || ' ' || w.section] || ${PASSAGES},
           ${receiversWhere(Prisma.sql`(v.joined IS NULL OR v.joined <= h.at)
             AND ${readable(EACH_RECEIVER, 'a', Prisma.sql`h.at`)}`)}
      FROM h, ${READABLE_EARLIER} WHERE w.group_id = ${groupId}::uuid AND w.annotation_id = h.id AND w.at = h.at`);
  const judgement: Judgement = { present: new Set(), staff: new Set(), now: new Map(), before: new Map() };
  for (const { what, seq, receivers: found, places, ...annotation } of rows) {
    const seen = new Set(found);
    if (what === 'present' || what === 'staff') judgement[what] = seen;
    else judgement[what].set(BigInt(seq ?? 0), { ...annotation, places: places ?? [], receivers: seen });
  }
  return judgement;
}

/** The receivers for whom a condition on `a` holds, and who see its text, not a tombstone. */
const receiversWhere = (condition: Prisma.Sql) =>
  Prisma.sql`ARRAY(SELECT v.n::int FROM v WHERE ${condition} AND ${shownTo(EACH_RECEIVER)})`;

/** The places of all passages of the thread. */
const PASSAGES = Prisma.sql`ARRAY(SELECT p.edition || ' ' || p.section FROM passage p
  WHERE p.group_id = r.group_id AND p.annotation_id = r.id)`;
