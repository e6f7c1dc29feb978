import { spawn } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { Agent, get, type IncomingMessage } from 'node:http';
import pg from 'pg';
import { createDatabase, startEmbedded } from '@/lib/db/embedded';
import { migrate } from '@/lib/db/migrate';

/**
 * `npm run bench:live`: how soon readers hear of what is written, and what a connection costs, beside a bare server of
 * server-sent events in the same run. `READERS` (150), `POSTS` a second (20), `SECONDS` (10), `CONNECTIONS` (1000, or more
 * with commas between).
 */
const READERS = Number(process.env.READERS ?? 150);
const POSTS = Number(process.env.POSTS ?? 20);
const SECONDS = Number(process.env.SECONDS ?? 10);
const CONNECTIONS = (process.env.CONNECTIONS ?? '1000').split(',').map(Number);
const agent = new Agent({ maxSockets: Number.POSITIVE_INFINITY, keepAlive: false });

type Stream = { response: IncomingMessage; close: () => void };

function open(url: string, token: string, onData: (text: string) => void): Promise<Stream> {
  return new Promise((resolve, reject) => {
    const request = get(url, { agent, headers: { authorization: `Bearer ${token}` } }, (response) => {
      if (response.statusCode !== 200) return reject(new Error(`${url}: ${response.statusCode}`));
      response.setEncoding('utf8').on('data', onData);
      response.on('error', () => {});
      resolve({ response, close: () => request.destroy() });
    });
    request.on('error', reject);
  });
}

/** Opens many streams, fifty at a time. */
async function openAll(url: string, tokens: string[], onData: (text: string, reader: number) => void) {
  const streams: Stream[] = [];
  for (let from = 0; from < tokens.length; from += 50) {
    const part = tokens.slice(from, from + 50);
    streams.push(
      ...(await Promise.all(part.map((token, i) => open(url, token, (text) => onData(text, from + i))))),
    );
  }
  return streams;
}

const wait = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds));

/** The memory of a process in bytes. */
function memoryOf(pid: number): number {
  const [, kilobytes = '0'] = /^VmRSS:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? [];
  return Number(kilobytes) * 1024;
}

async function costOf(name: string, pid: number, url: string, tokens: string[]): Promise<void> {
  await wait(1_000);
  const before = memoryOf(pid);
  const begun = Date.now();
  const streams = await openAll(url, tokens, () => {});
  const seconds = (Date.now() - begun) / 1_000;
  await wait(3_000);
  const each = (memoryOf(pid) - before) / tokens.length / 1024;
  console.log(`${name}: ${tokens.length} connections in ${seconds.toFixed(1)} s, ${each.toFixed(1)} kB each`);
  for (const { close } of streams) close();
  await wait(1_000);
}

function quantile(values: number[], q: number): string {
  const sorted = [...values].sort((a, b) => a - b);
  return (sorted[Math.min(sorted.length - 1, Math.floor(q * sorted.length))] ?? 0).toFixed(0);
}

/** A member for each reader, with a token each; gives the tokens. */
async function addReaders(database: string, slug: string, count: number): Promise<string[]> {
  const tokens = Array.from({ length: count }, () => randomBytes(24).toString('base64url'));
  const hashes = tokens.map((token) => createHash('sha256').update(token).digest('hex'));
  const client = new pg.Client(database);
  await client.connect();
  await client.query(
    `WITH people AS (
       INSERT INTO "user" (id, name, email) SELECT uuidv7(), 'Reader', 'reader-' || hash || '@bench.example' FROM unnest($2::text[]) hash
       RETURNING id, email
     ), members AS (
       INSERT INTO member (group_id, user_id, role) SELECT g.id, p.id, 'student' FROM "group" g, people p WHERE g.slug = $1)
     INSERT INTO token (id, user_id, name, hash, scope)
     SELECT uuidv7(), p.id, 'bench', hash, 'write' FROM people p JOIN unnest($2::text[]) hash ON p.email = 'reader-' || hash || '@bench.example'`,
    [slug, hashes],
  );
  await client.end();
  return tokens;
}

/** A server that does nothing but hold connections, in a process of its own. */
async function bareServer(): Promise<{ url: string; pid: number; end: () => void }> {
  const code = `require('node:http').createServer((q, r) => { r.writeHead(200, { 'content-type': 'text/event-stream' });
    r.write(':\\n\\n'); setInterval(() => r.write(':\\n\\n'), 15000).unref(); }).listen(0, '127.0.0.1', function () { console.log(this.address().port) })`;
  const child = spawn(process.execPath, ['-e', code], { stdio: ['ignore', 'pipe', 'inherit'] });
  const port = await new Promise<string>((resolve) =>
    child.stdout.once('data', (data) => resolve(String(data).trim())),
  );
  return { url: `http://127.0.0.1:${port}/`, pid: child.pid ?? 0, end: () => child.kill() };
}

async function main(): Promise<void> {
  const postgres = await startEmbedded(process.env.SCHOLION_DATA ?? '.data/bench');
  const name = `bench_${Date.now()}`;
  await createDatabase(postgres.url, name);
  const database = new URL(postgres.url);
  database.pathname = `/${name}`;
  await migrate(database.href);
  const port = 4100 + Math.floor(Math.random() * 800);
  const address = `http://127.0.0.1:${port}`;
  const settings = {
    NODE_ENV: 'production',
    DATABASE_URL: database.href,
    SCHOLION_DEMO: '1',
    DEMO_PASSWORD: 'for the bench',
    NEXTAUTH_SECRET: 'for the bench, which nobody else can reach',
    PORT: String(port),
    SCHOLION_URL: address,
    SCHOLION_WRITES_PER_MINUTE: '10000000',
    LOG_LEVEL: 'warn',
  };
  const env = { ...process.env, ...settings } as NodeJS.ProcessEnv;
  const server = spawn(process.execPath, ['dist/server.js'], { env, stdio: ['ignore', 'pipe', 'inherit'] });
  await new Promise<void>((resolve) => {
    server.stdout.on('data', (chunk) => String(chunk).includes('Scholion is at') && resolve());
  });
  const pid = server.pid ?? 0;
  const most = Math.max(READERS, ...CONNECTIONS);
  const tokens = await addReaders(database.href, 'demo-seminar', most);
  const url = `${address}/api/v1/groups/demo-seminar/events?section=doc1`;

  const sent = new Map<string, number>();
  const answered = new Map<string, number>();
  const heard: { id: string; at: number }[] = [];
  const readers = await openAll(url, tokens.slice(0, READERS), (text) => {
    for (const [, id = ''] of text.matchAll(/"annotation":"([0-9a-f-]+)"/g))
      heard.push({ id, at: performance.now() });
  });
  const headers = { authorization: `Bearer ${tokens[0]}`, 'content-type': 'application/json' };
  const body = JSON.stringify({
    edition: 'gheorghiu-2009',
    section: 'doc1',
    start: 948,
    end: 965,
    body: 'Noise.',
  });
  const posting: Promise<void>[] = [];
  const end = performance.now() + SECONDS * 1_000;
  while (performance.now() < end) {
    posting.push(
      (async () => {
        const at = performance.now();
        const made = await fetch(`${address}/api/v1/groups/demo-seminar/annotations`, {
          method: 'POST',
          headers,
          body,
        });
        const { id } = (await made.json()) as { id: string };
        sent.set(id, at);
        answered.set(id, performance.now());
      })(),
    );
    await wait(1_000 / POSTS);
  }
  await Promise.all(posting);
  await wait(2_000);
  const delays = heard.map(({ id, at }) => at - (sent.get(id) ?? at));
  console.log(
    `${READERS} readers, ${sent.size} posts in ${SECONDS} s: heard ${heard.length} of ${sent.size * READERS}; from sending the post p50 ${quantile(delays, 0.5)} ms, p95 ${quantile(delays, 0.95)} ms, p99 ${quantile(delays, 0.99)} ms (the post itself p95 ${quantile(
      [...sent].map(([id, at]) => (answered.get(id) ?? at) - at),
      0.95,
    )} ms)`,
  );
  for (const { close } of readers) close();
  for (const count of CONNECTIONS) {
    const bare = await bareServer();
    await costOf('bare server of events', bare.pid, bare.url, tokens.slice(0, count));
    bare.end();
    await costOf('Scholion', pid, url, tokens.slice(0, count));
  }
  server.kill();
  await postgres.stop();
  process.exit(0);
}

await main();
