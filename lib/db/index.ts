import { AsyncLocalStorage } from 'node:async_hooks';
import { PrismaPg } from '@prisma/adapter-pg';
import pg from 'pg';
import { config } from '@/lib/config';
import { Prisma, PrismaClient } from './generated/client';

export { unavailableFrom } from './availability';
export { archived, refusedWriteFrom } from './refused-write';
export { assignmentsOf, insertedOf, type WrittenColumns } from './written-columns';
export { Prisma };

/** A transaction's own client: the only one that may be used inside `transaction`. */
export type Tx = Prisma.TransactionClient;

/** `prepared`: the name of each statement that was prepared, by its text. */
type Connection = {
  pool: pg.Pool;
  health: pg.Pool;
  client: PrismaClient;
  prepared: Record<'read' | 'write', Map<string, string>>;
};

/** Milliseconds that a request waits for a connection before it is told that the database is busy. */
const CONNECTION_WAIT = 10_000;
/** Milliseconds that a check of health waits for a connection. */
const HEALTH_WAIT = 2_000;

// Next's bundle and server.ts are two module graphs in one process, so that what must exist once is on globalThis.
const shared = globalThis as typeof globalThis & {
  scholionDb?: Connection;
  /** Whether the present call runs inside a transaction; known only where `forbidStrayStatements` was called. */
  scholionTransaction?: AsyncLocalStorage<true>;
};

/**
 * For tests: makes everything that would take another connection inside a transaction throw. The pool has twelve
 * connections, so that twelve transactions which each want a second one would wait for each other until they time out.
 */
export function forbidStrayStatements(): void {
  shared.scholionTransaction ??= new AsyncLocalStorage();
}

function requireNoTransaction(): void {
  if (shared.scholionTransaction?.getStore())
    throw new Error('A transaction asks for a second connection: use its own client instead.');
}

function connect(): Connection {
  const connectionString = config().DATABASE_URL;
  const pool = new pg.Pool({ connectionString, max: 12, connectionTimeoutMillis: CONNECTION_WAIT });
  // One connection of its own, so that health is told while every other is in use.
  const health = new pg.Pool({ connectionString, max: 1, connectionTimeoutMillis: HEALTH_WAIT });
  // An idle connection that breaks must not end the process; the pool opens a new one.
  for (const pooled of [pool, health]) pooled.on('error', () => {});
  const client = new PrismaClient({ adapter: new PrismaPg(pool) });
  return { pool, health, client, prepared: { read: new Map(), write: new Map() } };
}

function connection(): Connection {
  requireNoTransaction();
  shared.scholionDb ??= connect();
  return shared.scholionDb;
}

/** The pool under Prisma, for two hot statements and for libraries that need `pg`. */
export function pool(): pg.Pool {
  return connection().pool;
}

/** The database outside any transaction. Only stores (`lib/<room>/store.ts`) use it. */
export const db: PrismaClient = new Proxy({} as PrismaClient, {
  get(_, name) {
    const client = connection().client;
    const value = Reflect.get(client, name);
    return typeof value === 'function' ? value.bind(client) : value;
  },
});

/**
 * Runs `work` in one transaction: all of it is kept, or none. READ COMMITTED, `seconds` at most. `work` uses `tx` alone,
 * since a second connection may never come (`forbidStrayStatements`). Once `signal` is aborted the statement that runs is
 * cancelled, nothing is kept, and the reason of the signal is thrown.
 */
export async function transaction<T>(
  work: (tx: Tx) => Promise<T>,
  { seconds = 15, signal }: { seconds?: number; signal?: AbortSignal | undefined } = {},
): Promise<T> {
  const { client, health } = connection();
  let used: Tx | undefined;
  const endable = (tx: Tx) => {
    used = tx;
    return signal ? untilAborted(health, tx, signal, work) : work(tx);
  };
  const guarded = (tx: Tx) =>
    shared.scholionTransaction ? shared.scholionTransaction.run(true, () => endable(tx)) : endable(tx);
  const result = await client.$transaction(guarded, { timeout: seconds * 1_000, maxWait: 10_000 });
  for (const followUp of (used && followUps.get(used)) ?? []) followUp();
  return result;
}

const followUps = new WeakMap<Tx, (() => void)[]>();

/** Has `work` done once the transaction of `tx` is committed; never where it is not. */
export function afterCommit(tx: Tx, work: () => void): void {
  const known = followUps.get(tx);
  if (known) known.push(work);
  else followUps.set(tx, [work]);
}

/** Does `work`, and cancels its statement once `signal` is aborted, by another connection. */
async function untilAborted<T>(
  other: pg.Pool,
  tx: Tx,
  signal: AbortSignal,
  work: (tx: Tx) => Promise<T>,
): Promise<T> {
  const [row] = await tx.$queryRaw<{ pid: number }[]>`SELECT pg_backend_pid() AS pid`;
  let cancelling: Promise<unknown> | undefined;
  const cancel = () => {
    cancelling = other.query('SELECT pg_cancel_backend($1)', [row?.pid]).catch(() => {});
  };
  signal.throwIfAborted();
  signal.addEventListener('abort', cancel, { once: true });
  try {
    const result = await work(tx);
    signal.throwIfAborted();
    return result;
  } catch (error) {
    throw signal.aborted ? signal.reason : error;
  } finally {
    signal.removeEventListener('abort', cancel);
    // A cancellation that came after the end would meet whoever has the connection next.
    await cancelling;
  }
}

// Filters combine into many statements: so many are prepared once for a connection, the others are planned each time.
const PREPARED_AT_MOST = 100;

/**
 * Runs one reading statement outside Prisma's engine, which would add about 1.2 ms for 50 rows (docs/decisions).
 * For hot reads only.
 */
export async function query<Row extends pg.QueryResultRow>(sql: Prisma.Sql): Promise<Row[]> {
  return send<Row>(sql, 'read', PREPARED_AT_MOST);
}

/**
 * Runs one writing statement outside Prisma's engine: alone it is a transaction, with `tx` it is a part of that one. Its
 * text is one of a few, so that it is always prepared: planning is half of what a short write costs Postgres.
 */
export async function write<Row extends pg.QueryResultRow>(sql: Prisma.Sql, tx?: Tx): Promise<Row[]> {
  return tx ? tx.$queryRaw<Row[]>(sql) : send<Row>(sql, 'write', Number.POSITIVE_INFINITY);
}

async function send<Row extends pg.QueryResultRow>(
  sql: Prisma.Sql,
  use: 'read' | 'write',
  most: number,
): Promise<Row[]> {
  const { text } = sql;
  const { pool, prepared } = connection();
  const names = prepared[use];
  if (!names.has(text) && names.size < most) names.set(text, `${use}-${names.size}`);
  const name = names.get(text);
  const result = await pool.query<Row>({ text, values: sql.values as unknown[], ...(name && { name }) });
  return result.rows;
}

/**
 * Runs one reading statement through a cursor: `size` rows at a time, all from the snapshot of its beginning. It keeps a
 * connection until the last row is read or the caller stops. Each batch may take `milliseconds`: `isTooSlow` tells the
 * error that is thrown then.
 */
export async function* queryInBatches<Row extends pg.QueryResultRow>(
  sql: Prisma.Sql,
  size: number,
  { milliseconds }: { milliseconds?: number } = {},
): AsyncGenerator<Row[]> {
  const client = await connection().pool.connect();
  // A connection that breaks fails its statement, and emits an error here that would end the process.
  const broken = () => {};
  client.on('error', broken);
  try {
    await client.query('BEGIN READ ONLY');
    if (milliseconds !== undefined)
      await client.query(`SET LOCAL statement_timeout = ${Math.ceil(milliseconds)}`);
    await client.query({ text: `DECLARE batches CURSOR FOR ${sql.text}`, values: sql.values as unknown[] });
    for (;;) {
      const { rows } = await client.query<Row>(`FETCH ${size} FROM batches`);
      if (rows.length > 0) yield rows;
      if (rows.length < size) return;
    }
  } finally {
    // A connection that broke is not returned to the pool; its error has been thrown already.
    const whole = await client.query('ROLLBACK').then(
      () => true,
      () => false,
    );
    client.release(!whole);
    client.off('error', broken);
  }
}

/** Whether Postgres ended a statement because it took too long, or was told to (SQLSTATE 57014, query_canceled). */
export function isTooSlow(error: unknown): boolean {
  return error instanceof pg.DatabaseError && error.code === '57014';
}

/** Resolves where the database answers, by a connection that is kept for this. */
export async function ping(): Promise<void> {
  await connection().health.query('SELECT 1');
}

/** Connections of the pool: in use, open and idle; and how many callers wait for one. */
export function countConnections(): Record<'used' | 'idle' | 'waiting', number> {
  const { totalCount, idleCount, waitingCount } = connection().pool;
  return { used: totalCount - idleCount, idle: idleCount, waiting: waitingCount };
}

/** Closes every connection. For the end of a process or of a test file. */
export async function disconnect(): Promise<void> {
  const open = shared.scholionDb;
  if (!open) return;
  shared.scholionDb = undefined;
  await open.client.$disconnect();
  await Promise.all([open.pool.end(), open.health.end()]);
}
