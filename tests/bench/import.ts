import { type ChildProcess, spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import pg from 'pg';
import { createDatabase, startEmbedded } from '@/lib/db/embedded';
import { migrate } from '@/lib/db/migrate';

/**
 * `npm run bench:import`: a seminar of 28,800 posts goes home from one server and into another, empty one, and comes
 * out of that again: every byte has to be the same. Prints the time, the memory at its peak, and how long another
 * reader had to wait meanwhile.
 */

const POSTS = Number(process.env.POSTS ?? 28_800);
const GROUP = 'round-trip';
const PEOPLE = ['ana', 'boris', 'carmen', 'doina', 'egor'];

/**
 * Threads of eight: a gloss and answers up to four deep; all kinds, visibilities of a group, states, tags; every tenth
 * gloss on two passages, every twentieth with the JSON that it came with.
 */
const FILL = `
  WITH numbered AS (
    SELECT n, n % 8 AS turn, n - n % 8 AS root FROM generate_series(0, $1::int - 1) n
  ), people AS (
    SELECT user_id, row_number() OVER (ORDER BY user_id) - 1 AS place, count(*) OVER () AS total FROM member
     WHERE group_id = (SELECT id FROM "group" WHERE slug = $2)
  ), made AS (
    INSERT INTO annotation (group_id, id, root_id, parent_id, author_id, edition, section, kind, body, tags, revision,
                            visibility, state, reason, pinned, endorsed, received, created_at, modified_at)
    SELECT g.id, pg_temp.note(n), pg_temp.note(root),
           CASE WHEN turn > 0 THEN pg_temp.note(CASE WHEN turn <= 4 THEN n - 1 ELSE root + turn - 4 END) END, p.user_id,
           'gheorghiu-2009', pg_temp.place(root), CASE WHEN turn = 0 THEN (enum_range(NULL::"Kind"))[1 + root / 8 % 6] ELSE 'gloss' END,
           'Заметка ' || n || E'. e\\u0301 😀 ' || repeat('Ср. *Письма*, с. 12: «слова» — "şi". ', 1 + n % 6),
           CASE WHEN n % 5 = 0 THEN ARRAY['печать', 'ă & b'] ELSE '{}' END, CASE WHEN turn = 0 THEN 1 END,
           (CASE WHEN n % 11 = 0 THEN 'staff' ELSE 'group' END)::"Visibility",
           (CASE n % 17 WHEN 3 THEN 'hidden' WHEN 4 THEN 'deleted' WHEN 5 THEN 'pending' WHEN 6 THEN 'denied' ELSE 'published' END)::"State",
           CASE WHEN n % 17 IN (3, 6) THEN 'off the point' END, turn = 0 AND n % 56 = 0, n % 13 = 0,
           CASE WHEN turn = 0 AND n % 160 = 0 THEN json_build_object(
             '@context', json_build_array('http://www.w3.org/ns/anno.jsonld', json_build_object('x', 'https://x.example/')),
             'type', 'Annotation', 'x:mood', 'grim', 'bodyValue', 'Заметка ' || n,
             'target', json_build_array('https://x.example/' || n, $3 || '/editions/gheorghiu-2009/' || pg_temp.place(root)))::text END,
           t, t + n % 3 * interval '1 hour'
      FROM numbered JOIN people p ON p.place = n % p.total
      CROSS JOIN (SELECT id FROM "group" WHERE slug = $2) g
      CROSS JOIN LATERAL (SELECT timestamptz '2026-02-01 10:00:00.123Z' + n * interval '1 minute' AS t) x
    RETURNING group_id, id, parent_id, section, received)
  INSERT INTO passage (group_id, annotation_id, position, edition, section, revision, anchor_revision, start, "end", exact,
                       prefix, suffix, anchor, written_start, written_end)
  SELECT m.group_id, m.id, k, 'gheorghiu-2009', s.id, 1, 1, c.start, c."end",
         substring(s.text FROM c.start + 1 FOR c."end" - c.start), substring(s.text FROM greatest(1, c.start - 31) FOR least(32, c.start)),
         substring(s.text FROM c."end" + 1 FOR 32), 'exact', c.start, c."end"
    FROM made m CROSS JOIN LATERAL generate_series(0, CASE WHEN abs(hashtext(m.id::text)) % 10 = 0 THEN 1 ELSE 0 END) k
    JOIN section s ON s.edition = 'gheorghiu-2009' AND s.revision = 1 AND s.id = CASE k WHEN 0 THEN m.section ELSE 'article' END
    CROSS JOIN LATERAL (SELECT abs(hashtext(m.id::text || k)) % (char_length(s.text) - 90) AS start) f
    CROSS JOIN LATERAL (SELECT f.start, f.start + 20 + abs(hashtext(m.id::text)) % 60 AS "end") c
   WHERE m.parent_id IS NULL AND m.received IS NULL`;
const HELPERS = `
  CREATE FUNCTION pg_temp.note(n int) RETURNS uuid LANGUAGE sql AS
    $$ SELECT ('01990000-0000-7000-8000-' || lpad(to_hex(n), 12, '0'))::uuid $$;
  CREATE FUNCTION pg_temp.place(n int) RETURNS text LANGUAGE sql AS
    $$ SELECT (ARRAY['article', 'doc1', 'doc2'])[1 + n / 8 % 3] $$;`;

/** A server with a database, a group and an owner of its own. */
type Side = { server: ChildProcess; url: string; token: string; stop: () => Promise<void> };

async function main(): Promise<void> {
  const postgres = await startEmbedded(process.env.SCHOLION_DATA ?? '.data/bench');
  const port = 4100 + Math.floor(Math.random() * 800);
  const address = `http://127.0.0.1:${port}`;
  const get = async ({ token }: Side, format: string) => {
    const response = await fetch(`${address}/api/v1/groups/${GROUP}/export?format=${format}`, {
      headers: { authorization: `Bearer ${token}` },
    });
    if (response.status !== 200) throw new Error(`${response.status} ${await response.text()}`);
    return response.text();
  };

  const first = await open(postgres.url, port, PEOPLE);
  const client = new pg.Client({ connectionString: first.url });
  await client.connect();
  await client.query(HELPERS);
  await client.query(FILL, [POSTS, GROUP, address]);
  await client.query('ANALYZE');
  await client.end();
  const from = performance.now();
  const before = await get(first, 'jsonld');
  const exported = performance.now() - from;
  const others = {
    jsonl: await get(first, 'jsonl'),
    csv: await get(first, 'csv'),
    ttl: await get(first, 'ttl'),
  };
  await first.stop();

  // The same address and the same group, and nothing in it.
  const second = await open(postgres.url, port, PEOPLE.slice(0, 1));
  const idle = memoryOf(second.server, 'VmRSS');
  writeFileSync(`/proc/${second.server.pid}/clear_refs`, '5');
  const waiting = waits(`${address}/api/health`);
  const start = performance.now();
  const response = await fetch(`${address}/api/v1/groups/${GROUP}/import`, {
    method: 'POST',
    body: before,
    headers: { authorization: `Bearer ${second.token}`, 'content-type': 'application/ld+json' },
  });
  const report = await response.json();
  if (response.status !== 201) throw new Error(JSON.stringify(report).slice(0, 2_000));
  const imported = performance.now() - start;
  const longest = await waiting();
  const peak = memoryOf(second.server, 'VmHWM') - idle;
  const after = await get(second, 'jsonld');
  console.log(`${POSTS} posts, ${(before.length / 1e6).toFixed(0)} million characters of JSON-LD\n`);
  console.log('| what | |\n| --- | --- |');
  const line = (what: string, value: string) => console.log(`| ${what} | ${value} |`);
  line('export', `${(exported / 1000).toFixed(1)} s`);
  line('import', `${(imported / 1000).toFixed(1)} s`);
  line('longest that another request waited', `${longest.toFixed(0)} ms`);
  line('memory added at the peak', `${(peak / 1e6).toFixed(0)} MB`);
  line('glosses, replies', `${report.glosses}, ${report.replies}`);
  line('passages found, lost', `${report.anchors.exact}, ${report.anchors.orphaned}`);
  line('jsonld', same(before, after));
  for (const [format, text] of Object.entries(others)) line(format, same(text, await get(second, format)));
  const undoing = performance.now();
  const undone = await fetch(`${address}/api/v1/groups/${GROUP}/imports/${report.id}`, {
    ...{ method: 'DELETE', headers: { authorization: `Bearer ${second.token}` } },
  });
  line('undo', `${((performance.now() - undoing) / 1000).toFixed(1)} s: ${await undone.text()}`);
  await second.stop();
  await postgres.stop();
  process.exit(before === after ? 0 : 1);
}

/** Whether two files are the same, byte for byte; else where they begin to differ. */
function same(one: string, other: string): string {
  if (one === other)
    return `identical, sha256 ${createHash('sha256').update(one).digest('hex').slice(0, 12)}`;
  let at = 0;
  while (one[at] === other[at]) at++;
  return `DIFFERS at ${at}: …${one.slice(at - 80, at + 60)}… ≠ …${other.slice(at, at + 60)}…`;
}

/** Asks again and again; gives what ends that, and the longest wait in milliseconds. */
function waits(url: string): () => Promise<number> {
  let [longest, isOver] = [0, false];
  const asking = (async () => {
    while (!isOver) {
      const from = performance.now();
      await (await fetch(url)).arrayBuffer();
      longest = Math.max(longest, performance.now() - from);
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  })();
  return async () => {
    isOver = true;
    await asking;
    return longest;
  };
}

async function open(embedded: string, port: number, people: string[]): Promise<Side> {
  const name = `trip_${Date.now()}`;
  await createDatabase(embedded, name);
  const url = new URL(embedded);
  url.pathname = `/${name}`;
  await migrate(url.href);
  const env = {
    ...process.env,
    NODE_ENV: 'production',
    DATABASE_URL: url.href,
    PORT: String(port),
    LOG_LEVEL: 'warn',
    NEXTAUTH_SECRET: 'for the bench, which nobody else can reach',
    SCHOLION_URL: `http://127.0.0.1:${port}`,
    SCHOLION_WRITES_PER_MINUTE: '1000',
  } as NodeJS.ProcessEnv;
  const server = spawn(process.execPath, ['dist/server.js'], { env, stdio: ['ignore', 'pipe', 'inherit'] });
  await new Promise<void>((resolve) => {
    server.stdout.on('data', (chunk) => String(chunk).includes('Scholion is at') && resolve());
  });
  for (const person of people) await command(env, 'user', 'add', `${person}@bench.example`, '--name', person);
  const token = await command(env, 'token', 'add', `${people[0]}@bench.example`, '--scope', 'moderate');
  const call = async (path: string, body: object) => {
    const response = await fetch(`${env.SCHOLION_URL}/api/v1/${path}`, {
      method: 'POST',
      body: JSON.stringify(body),
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    });
    if (!response.ok) throw new Error(await response.text());
  };
  await call('groups', { slug: GROUP, name: 'A round trip' });
  for (const person of people.slice(1)) {
    await call(`groups/${GROUP}/members`, { email: `${person}@bench.example`, role: 'student' });
    // They are members from their first call on.
    const own = await command(env, 'token', 'add', `${person}@bench.example`, '--scope', 'read');
    await fetch(`${env.SCHOLION_URL}/api/v1/me`, { headers: { authorization: `Bearer ${own}` } });
  }
  const stop = () =>
    new Promise<void>((resolve) => {
      server.on('close', () => resolve());
      server.kill('SIGTERM');
    });
  return { server, url: url.href, token, stop };
}

function memoryOf({ pid }: ChildProcess, what: string): number {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8');
  return Number(new RegExp(`${what}:\\s+(\\d+) kB`).exec(status)?.[1]) * 1024;
}

/** What the operator's command line prints. */
function command(env: NodeJS.ProcessEnv, ...args: string[]): Promise<string> {
  const child = spawn(process.execPath, ['dist/cli.js', ...args], {
    env,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let printed = '';
  child.stdout.on('data', (chunk) => {
    printed += chunk;
  });
  return new Promise((resolve) => child.on('close', () => resolve(printed.trim())));
}

main();
