import { spawn } from 'node:child_process';
import { createServer } from 'node:http';
import autocannon from 'autocannon';
import pg from 'pg';
import { createDatabase, startEmbedded } from '@/lib/db/embedded';
import { migrate } from '@/lib/db/migrate';

/**
 * `npm run bench`: what the server does in a second, as a ratio to a bare node:http with pg that does the least
 * that could do the job, measured in turns in the same run. Ratios, since machines differ and are shared.
 */

const ROUNDS = Number(process.env.ROUNDS ?? 3);
const SECONDS = Number(process.env.SECONDS ?? 4);
const CONNECTIONS = 20;
const NOTES = 50;

type Target = {
  name: string;
  url: string;
  method?: 'GET' | 'POST';
  headers?: Record<string, string>;
  body?: string;
};

async function rate({ url, method = 'GET', headers = {}, body }: Target): Promise<number> {
  const result = await autocannon({
    url,
    method,
    headers,
    connections: CONNECTIONS,
    duration: SECONDS,
    ...(body && { body }),
  });
  if (result.non2xx > 0 || result.errors > 0) {
    throw new Error(`${url}: ${result.non2xx} refusals, ${result.errors} errors`);
  }
  return result.requests.average;
}

const median = (values: number[]) => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;

async function compare(ours: Target, bare: Target): Promise<void> {
  const rates: { ours: number; bare: number }[] = [];
  for (let round = 0; round < ROUNDS; round++) rates.push({ ours: await rate(ours), bare: await rate(bare) });
  const ratio = median(rates.map(({ ours, bare }) => ours / bare));
  const [a, b] = [median(rates.map(({ ours }) => ours)), median(rates.map(({ bare }) => bare))];
  console.log(
    `${ours.name.padEnd(44)} ${a.toFixed(0).padStart(7)} rps   ${b.toFixed(0).padStart(7)} bare   ratio ${ratio.toFixed(2)}`,
  );
}

/** The least that could answer: one statement, no session, no validation, no visibility. */
function bareServer(url: string): Promise<string> {
  const pool = new pg.Pool({ connectionString: url, max: 12 });
  const page = Buffer.from(`<!doctype html>${'x'.repeat(12_000)}`);
  const server = createServer(async (request, response) => {
    if (request.url === '/page') {
      response.setHeader('Content-Type', 'text/html').end(page);
      return;
    }
    const text =
      request.method === 'POST'
        ? `INSERT INTO annotation (group_id, id, root_id, author_id, edition, section, body)
           SELECT group_id, n.id, n.id, author_id, edition, section, 'x' FROM (SELECT * FROM annotation LIMIT 1) a,
           (SELECT gen_random_uuid() AS id) n RETURNING to_json(annotation) AS body`
        : `SELECT json_agg(a) AS body FROM (SELECT * FROM annotation ORDER BY id LIMIT ${NOTES}) a`;
    const { rows } = await pool.query(text);
    response.setHeader('Content-Type', 'application/json').end(JSON.stringify(rows[0].body));
  });
  return new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      resolve(`http://127.0.0.1:${typeof address === 'object' ? address?.port : 0}`);
    });
  });
}

async function main(): Promise<void> {
  const postgres = await startEmbedded(process.env.SCHOLION_DATA ?? '.data/bench');
  const name = `bench_${Date.now()}`;
  await createDatabase(postgres.url, name);
  const url = new URL(postgres.url);
  url.pathname = `/${name}`;
  await migrate(url.href);

  const port = 4100 + Math.floor(Math.random() * 800);
  const address = `http://127.0.0.1:${port}`;
  const environment = {
    NODE_ENV: 'production',
    DATABASE_URL: url.href,
    SCHOLION_DEMO: '1',
    DEMO_PASSWORD: 'for the bench',
    NEXTAUTH_SECRET: 'for the bench, which nobody else can reach',
    PORT: String(port),
    SCHOLION_URL: address,
    SCHOLION_WRITES_PER_MINUTE: '10000000',
    LOG_LEVEL: 'warn',
  };
  const env = { ...process.env, ...environment } as NodeJS.ProcessEnv;
  const server = spawn(process.execPath, ['dist/server.js'], { env, stdio: ['ignore', 'pipe', 'inherit'] });
  await new Promise<void>((resolve) => {
    server.stdout.on('data', (chunk) => String(chunk).includes('Scholion is at') && resolve());
  });
  const token = await tokenFor('student1@demo.example', env);
  const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
  const annotations = `${address}/api/v1/groups/demo-seminar/annotations`;
  const gloss = JSON.stringify({
    edition: 'gheorghiu-2009',
    section: 'doc1',
    start: 948,
    end: 965,
    body: 'Noise.',
  });
  for (let n = 0; n < NOTES; n++) await fetch(annotations, { method: 'POST', headers, body: gloss });

  const bare = await bareServer(url.href);
  const list = { name: 'bare list', url: `${bare}/list` };
  await compare(
    { name: `list of ${NOTES}, token and visibility checked`, url: `${annotations}?limit=${NOTES}`, headers },
    list,
  );
  await compare(
    {
      name: 'post a gloss, verified, with its event',
      url: annotations,
      method: 'POST',
      headers,
      body: gloss,
    },
    { name: 'bare insert', url: `${bare}/list`, method: 'POST' },
  );
  const reading = { 'accept-encoding': 'br' };
  await compare(
    { name: 'reading page, ready-made', url: `${address}/editions/gheorghiu-2009/doc1`, headers: reading },
    { name: 'bare 12 kB', url: `${bare}/page` },
  );
  await compare(
    { name: 'a page that Next renders (home)', url: `${address}/` },
    { name: 'bare 12 kB', url: `${bare}/page` },
  );

  server.kill('SIGTERM');
  await postgres.stop();
  process.exit(0);
}

/** A token from the command line, as an operator makes one. */
function tokenFor(email: string, env: NodeJS.ProcessEnv): Promise<string> {
  const child = spawn(process.execPath, ['dist/cli.js', 'token', 'add', email, '--scope', 'write'], { env });
  let printed = '';
  child.stdout.on('data', (chunk) => {
    printed += chunk;
  });
  return new Promise((resolve) => child.on('close', () => resolve(printed.trim())));
}

main();
