import { type ChildProcess, spawn } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import pg from 'pg';
import { createDatabase, startEmbedded } from '@/lib/db/embedded';
import { migrate } from '@/lib/db/migrate';
import { formatSchema } from '@/lib/export/schema';

/**
 * `npm run bench:export`: time and memory of every format over a group of 30,000 notes, fetched from the server that
 * is built. Each format has a server of its own, warmed by one small export, so that no format profits from memory
 * that another has taken. The ratio is to the least that could do the job: the rows by one statement, as JSON lines.
 * `others` is how long those wait who ask for a list of twenty notes meanwhile, one after the other (95th percentile);
 * it is taken in a round of its own, since they take processor time too.
 */

const NOTES = Number(process.env.NOTES ?? 30_000);
const ROUNDS = Number(process.env.ROUNDS ?? 3);
const FORMATS = process.env.FORMATS?.split(',') ?? formatSchema.options;
const GROUP = 'demo-seminar';

/** A third are glosses, the others answer them two or three deep; one in twenty came from elsewhere and is kept. */
const FILL = `
  WITH numbered AS (
    SELECT n, n % 3 AS turn, n - n % 3 AS root FROM generate_series(0, $1::int - 1) n
  ), people AS (
    SELECT user_id, row_number() OVER (ORDER BY user_id) - 1 AS place, count(*) OVER () AS total FROM member
     WHERE group_id = (SELECT id FROM "group" WHERE slug = $2)
  ), made AS (
    INSERT INTO annotation (group_id, id, root_id, parent_id, author_id, edition, section, kind, body, tags, revision,
                            received, created_at, modified_at)
    SELECT g.id, pg_temp.note(n), pg_temp.note(root), CASE WHEN turn > 0 THEN pg_temp.note(n - 1) END, p.user_id,
           'gheorghiu-2009', pg_temp.place(root),
           (enum_range(NULL::"Kind"))[1 + n % 6],
           'Заметка ' || n || '. ' || repeat('Ср. *Письма*, с. 12: «слова», sc. «noise» — vezi şi nota. ', 1 + n % 6)
             || CASE WHEN n % 4 = 0 THEN E'\\n\\n- one\\n- **two**' ELSE '' END
             || CASE WHEN n % 10 = 0 THEN E'\\n\\n> [see](https://example.org/' || n || ')' ELSE '' END,
           CASE WHEN n % 5 = 0 THEN ARRAY['press', 'ă & b'] ELSE '{}' END, CASE WHEN turn = 0 THEN 1 END,
           CASE WHEN turn = 0 AND n % 20 = 0 THEN json_build_object(
             '@context', json_build_array('http://www.w3.org/ns/anno.jsonld', json_build_object('x', 'https://x.example/')),
             'type', 'Annotation', 'x:mood', 'grim', 'bodyValue', 'Заметка ' || n, 'target', 'https://x.example/' || n)::text END,
           t, t
      FROM numbered JOIN people p ON p.place = n % p.total
      CROSS JOIN (SELECT id FROM "group" WHERE slug = $2) g
      CROSS JOIN LATERAL (SELECT timestamptz '2026-09-01' + n * interval '1 minute' AS t) x
    RETURNING group_id, id, parent_id, section)
  INSERT INTO passage (group_id, annotation_id, position, edition, section, revision, anchor_revision, start, "end", exact,
                       prefix, suffix, anchor, written_start, written_end)
  SELECT m.group_id, m.id, 0, 'gheorghiu-2009', m.section, 1, 1, c.start, c."end",
         substring(s.text FROM c.start + 1 FOR c."end" - c.start), substring(s.text FROM greatest(1, c.start - 31) FOR least(32, c.start)),
         substring(s.text FROM c."end" + 1 FOR 32), 'exact', c.start, c."end"
    FROM made m JOIN section s ON s.edition = 'gheorghiu-2009' AND s.revision = 1 AND s.id = m.section
    CROSS JOIN LATERAL (SELECT abs(hashtext(m.id::text)) % (char_length(s.text) - 60) AS start,
                               abs(hashtext(m.id::text)) % (char_length(s.text) - 60) + 5 + abs(hashtext(m.id::text)) % 50 AS "end") c
   WHERE m.parent_id IS NULL`;
const HELPERS = `
  CREATE FUNCTION pg_temp.note(n int) RETURNS uuid LANGUAGE sql AS
    $$ SELECT ('01990000-0000-7000-8000-' || lpad(to_hex(n), 12, '0'))::uuid $$;
  CREATE FUNCTION pg_temp.place(n int) RETURNS text LANGUAGE sql AS
    $$ SELECT (ARRAY['article', 'doc1', 'doc2', 'doc1'])[1 + n / 3 % 4] $$;`;
const BARE = `
  SELECT a.*, p.start, p."end", p.exact, p.prefix, p.suffix, u.name FROM annotation a JOIN "user" u ON u.id = a.author_id
    LEFT JOIN passage p ON p.group_id = a.group_id AND p.annotation_id = a.id
   WHERE a.group_id = (SELECT id FROM "group" WHERE slug = $1) ORDER BY a.id`;

type Measured = { seconds: number; processor: number; bytes: number; added: number };

async function main(): Promise<void> {
  const postgres = await startEmbedded(process.env.SCHOLION_DATA ?? '.data/bench');
  const name = `bench_${Date.now()}`;
  await createDatabase(postgres.url, name);
  const url = new URL(postgres.url);
  url.pathname = `/${name}`;
  await migrate(url.href);
  const port = 4100 + Math.floor(Math.random() * 800);
  const address = `http://127.0.0.1:${port}`;
  const env = {
    ...process.env,
    NODE_ENV: 'production',
    DATABASE_URL: url.href,
    SCHOLION_DEMO: '1',
    DEMO_PASSWORD: 'for the bench',
    NEXTAUTH_SECRET: 'for the bench, which nobody else can reach',
    PORT: String(port),
    SCHOLION_URL: address,
    LOG_LEVEL: 'warn',
  } as NodeJS.ProcessEnv;

  await stop(await start(env));
  const token = await tokenFor('instructor@demo.example', env);
  const client = new pg.Client({ connectionString: url.href });
  await client.connect();
  await client.query(HELPERS);
  await client.query(FILL, [NOTES, GROUP]);
  await client.query('ANALYZE');
  const bare = await median(async () => {
    const { rows } = await client.query(BARE, [GROUP]);
    return rows.map((row) => JSON.stringify(row)).join('\n').length;
  });
  await client.end();

  console.log(`${NOTES} notes, ${ROUNDS} rounds; bare: ${bare.toFixed(2)} s\n`);
  console.log(
    '| format | seconds | processor, s | MB | MB/s | added at the peak, MB | × bare | others, ms |\n| --- | --- | --- | --- | --- | --- | --- | --- |',
  );
  for (const format of FORMATS) {
    const server = await start(env);
    const ask = (path: string) =>
      fetch(`${address}/api/v1/groups/${GROUP}/${path}`, { headers: { authorization: `Bearer ${token}` } });
    const get = (query: string) => ask(`export?format=${format}${query}`);
    await (await get('&author=00000000-0000-4000-8000-000000000000&edition=gheorghiu-2009')).arrayBuffer();
    const rounds: Measured[] = [];
    for (let round = 0; round < ROUNDS; round++) rounds.push(await measure(server, () => get('')));
    const others = await waitsDuring(
      () => measure(server, () => get('')),
      () => ask('annotations?limit=20').then((answer) => answer.arrayBuffer()),
    );
    await stop(server);
    const processor = middle(rounds.map((each) => each.processor));
    const seconds = middle(rounds.map((each) => each.seconds));
    const added = Math.max(...rounds.map((each) => each.added));
    const megabytes = (rounds[0]?.bytes ?? 0) / 1e6;
    const cells = [format, seconds.toFixed(2), processor.toFixed(2), megabytes.toFixed(1)];
    const ratios = [(megabytes / seconds).toFixed(1), (added / 1e6).toFixed(0), (seconds / bare).toFixed(1)];
    console.log(`| ${[...cells, ...ratios, others.toFixed(0)].join(' | ')} |`);
  }
  await postgres.stop();
  process.exit(0);
}

/** Fetches a file to its end, as fast as it comes; `added` is what the server's memory rose above the idle server's. */
async function measure(
  server: ChildProcess & { idle?: number },
  get: () => Promise<Response>,
): Promise<Measured> {
  server.idle ??= memoryOf(server, 'VmRSS');
  // Forgets the peak so far (proc(5), clear_refs).
  writeFileSync(`/proc/${server.pid}/clear_refs`, '5');
  const from = performance.now();
  const usedBefore = processorOf(server);
  const response = await get();
  if (response.status !== 200 || !response.body)
    throw new Error(`${response.status} ${await response.text()}`);
  let bytes = 0;
  for await (const chunk of response.body) bytes += chunk.length;
  const seconds = (performance.now() - from) / 1000;
  const processor = processorOf(server) - usedBefore;
  return { seconds, processor, bytes, added: memoryOf(server, 'VmHWM') - server.idle };
}

/** Milliseconds that `ask` takes at the 95th percentile while `work` is done. */
async function waitsDuring(work: () => Promise<unknown>, ask: () => Promise<unknown>): Promise<number> {
  const waits: number[] = [];
  let isDone = false;
  const asking = async () => {
    while (!isDone) {
      const from = performance.now();
      await ask();
      waits.push(performance.now() - from);
    }
  };
  await Promise.all([
    work().finally(() => {
      isDone = true;
    }),
    asking(),
  ]);
  return waits.sort((a, b) => a - b)[Math.floor(waits.length * 0.95)] ?? 0;
}

/** Seconds of processor time that a process has taken, in user and system mode (proc(5), stat: in hundredths). */
function processorOf({ pid }: ChildProcess): number {
  const [, fields = ''] = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ');
  const [user, system] = fields.split(' ').slice(11, 13).map(Number);
  return ((user ?? 0) + (system ?? 0)) / 100;
}

function memoryOf({ pid }: ChildProcess, what: string): number {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8');
  return Number(new RegExp(`${what}:\\s+(\\d+) kB`).exec(status)?.[1]) * 1024;
}

async function median(work: () => Promise<unknown>): Promise<number> {
  const seconds: number[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    const from = performance.now();
    await work();
    seconds.push((performance.now() - from) / 1000);
  }
  return middle(seconds);
}

const middle = (values: number[]) => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;

async function start(env: NodeJS.ProcessEnv): Promise<ChildProcess> {
  const server = spawn(process.execPath, ['dist/server.js'], { env, stdio: ['ignore', 'pipe', 'inherit'] });
  await new Promise<void>((resolve) => {
    server.stdout.on('data', (chunk) => String(chunk).includes('Scholion is at') && resolve());
  });
  return server;
}

function stop(server: ChildProcess): Promise<void> {
  server.kill('SIGTERM');
  return new Promise((resolve) => server.on('close', () => resolve()));
}

/** A token from the command line, as an operator makes one. */
function tokenFor(email: string, env: NodeJS.ProcessEnv): Promise<string> {
  const child = spawn(process.execPath, ['dist/cli.js', 'token', 'add', email, '--scope', 'read'], { env });
  let printed = '';
  child.stdout.on('data', (chunk) => {
    printed += chunk;
  });
  return new Promise((resolve) => child.on('close', () => resolve(printed.trim())));
}

main();
