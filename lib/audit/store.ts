import type { PoolClient } from 'pg';
import { Prisma, pool, query } from '@/lib/db';

/** The logs whose rows are entered, each with the chain that they belong to. */
export const LOGS = { decision: 'group', account_change: 'site' } as const;
export type LogName = keyof typeof LOGS;

/** The chain of the logs that belong to no group. */
export const SITE_CHAIN = '00000000-0000-0000-0000-000000000000';

/** An entry with the row of its log as it is now: the columns as JSON in PostgreSQL's writing; null where it is gone. */
export type EntryRow = {
  chain: string;
  number: number;
  source: string;
  rowId: string;
  amends: number | null;
  digests: Record<string, string>;
  salts: Record<string, string>;
  hash: string;
  fields: Record<string, string> | null;
};

export type HeadRow = { chain: string; group: string | null; number: number; hash: string };

/** A name of this database that whoever writes in it cannot change: that of its cluster, and its own. */
export async function selectDatabaseName(): Promise<string> {
  const [row] = await query<{ name: string }>(Prisma.sql`
    SELECT s.system_identifier || '-' || d.oid AS name FROM pg_control_system() s, pg_database d
     WHERE d.datname = current_database()`);
  return row?.name ?? 'unknown';
}

/** The ends of these chains, or of all. */
export function selectHeads(chains?: string[]): Promise<HeadRow[]> {
  const wanted = chains ? Prisma.sql`WHERE h.group_id = ANY(${chains}::uuid[])` : Prisma.empty;
  return query(Prisma.sql`
    SELECT h.group_id AS chain, g.slug AS "group", h.number, h.hash
      FROM audit_head h LEFT JOIN "group" g ON g.id = h.group_id ${wanted}`);
}

/** The hash of one entry. */
export async function selectHash(chain: string, number: number): Promise<string | null> {
  const [row] = await query<{ hash: string }>(Prisma.sql`
    SELECT e.hash FROM audit_entry e WHERE e.group_id = ${chain}::uuid AND e.number = ${number}::int`);
  return row?.hash ?? null;
}

/** The entries of a chain after `number`, `limit` at most, for whoever computes the hashes anew. */
export function selectLinks(chain: string, number: number, limit: number): Promise<EntryRow[]> {
  return query(Prisma.sql`
    SELECT e.group_id AS chain, e.number, e.source, e.row_id AS "rowId", e.amends, e.digests, e.salts, e.hash, NULL AS fields
      FROM audit_entry e WHERE e.group_id = ${chain}::uuid AND e.number > ${number}::int ORDER BY e.number LIMIT ${limit}`);
}

/** Reads of one snapshot, so that what is written meanwhile looks like no alteration. Times are in UTC, as in the entries. */
export async function inSnapshot<T>(work: (reader: SnapshotReader) => Promise<T>): Promise<T> {
  const client = await pool().connect();
  try {
    await client.query("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY; SET LOCAL timezone = 'UTC'");
    return await work(readerOf(client));
  } finally {
    const isWhole = await client.query('ROLLBACK').then(
      () => true,
      () => false,
    );
    client.release(!isWhole);
  }
}

export type SnapshotReader = ReturnType<typeof readerOf>;

function readerOf(client: PoolClient) {
  const rowsOf = async <Row extends object>(text: string, values: unknown[] = []): Promise<Row[]> =>
    (await client.query<Row>(text, values)).rows;
  return {
    heads: () =>
      rowsOf<HeadRow>(`SELECT h.group_id AS chain, g.slug AS "group", h.number, h.hash
        FROM audit_head h LEFT JOIN "group" g ON g.id = h.group_id ORDER BY h.group_id`),
    /** Entries after this one in the order of chains and numbers. */
    entries: (after: { chain: string; number: number }, limit: number) =>
      rowsOf<EntryRow>(
        `SELECT e.group_id AS chain, e.number, e.source, e.row_id AS "rowId", e.amends, e.digests, e.salts, e.hash, r.fields
           FROM audit_entry e LEFT JOIN LATERAL (
             SELECT jsonb_object_agg(f.key, f.value::text) AS fields FROM (
               ${Object.keys(LOGS).map(rowOfLog).join(' UNION ALL ')}) l, jsonb_each(l.content) f
           ) r ON true
          WHERE (e.group_id, e.number) > ($1::uuid, $2::int) ORDER BY e.group_id, e.number LIMIT $3`,
        [after.chain, after.number, limit],
      ),
    amendments: () =>
      rowsOf<Pick<EntryRow, 'chain' | 'number' | 'rowId' | 'source'> & { columns: string[] }>(
        `SELECT e.group_id AS chain, e.number, e.source, e.row_id AS "rowId", ARRAY(SELECT jsonb_object_keys(e.digests)) AS columns
           FROM audit_entry e WHERE e.amends IS NOT NULL ORDER BY e.group_id, e.number`,
      ),
    /** Rows of a log that no entry is about. */
    unentered: (log: LogName, limit: number) =>
      rowsOf<{ rowId: string; chain: string }>(
        `SELECT l.id AS "rowId", ${LOGS[log] === 'group' ? 'l.group_id' : `'${SITE_CHAIN}'::uuid`} AS chain
           FROM ${log} l WHERE NOT EXISTS (SELECT FROM audit_entry e
             WHERE e.row_id = l.id AND e.source = '${log}' AND e.amends IS NULL)
          ORDER BY l.id LIMIT $1`,
        [limit],
      ),
    /** Guards that are switched off or gone, as `table.trigger`. */
    missingGuards: async () => {
      const rows = await rowsOf<{ name: string }>(
        `SELECT w.name FROM unnest($1::text[]) AS w(name) WHERE NOT EXISTS (
           SELECT FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid
            WHERE c.relnamespace = 'public'::regnamespace AND c.relname || '.' || t.tgname = w.name AND t.tgenabled IN ('O', 'A'))`,
        [GUARDS],
      );
      return rows.map(({ name }) => name);
    },
  };
}

const GUARDS = [
  ...Object.keys(LOGS).flatMap((log) => [`${log}.append_only`, `${log}.audited`, `${log}.never_emptied`]),
  ...['audit_entry.append_only', 'audit_entry.never_emptied', 'audit_head.append_only'],
];

const rowOfLog = (log: string): string =>
  `SELECT to_jsonb(${log}.*) AS content FROM ${log} WHERE e.source = '${log}' AND ${log}.id = e.row_id`;
