import { spawn } from 'node:child_process';
import { get } from 'node:http';
import autocannon from 'autocannon';
import { db, disconnect } from '@/lib/db';
import { createDatabase, startEmbedded } from '@/lib/db/embedded';
import { migrate } from '@/lib/db/migrate';
import { fillGroups } from '../support/fill-groups';
import { startBareServer } from './bare-server';

/**
 * `npm run bench`: what the server does in a second, as a ratio to a bare node:http with pg (bare-server.ts), measured in
 * turns in the same run. Ratios, since machines differ and are shared. ROUNDS and SECONDS set how long, ONLY names cases.
 */

const ROUNDS = Number(process.env.ROUNDS ?? 3);
const SECONDS = Number(process.env.SECONDS ?? 4);
const WARM_SECONDS = 1;
const CONNECTIONS = 20;
/** Of the group: two in five are roots, and two in five stand on Document I. */
const NOTES = 6_200;
const GROUP = 'bench';
const SECRET = 'for the bench, which nobody else can reach';
const EMAIL = 'student1@demo.example';

type Call = { path: string; method?: 'GET' | 'POST'; headers?: Record<string, string>; body?: string };
/** A call of ours, the path of the bare server that does as much, and the ratio that is the goal. */
type Case = { name: string; ours: Call; bare: string; goal: number };
type Round = { rps: number; p50: number; p99: number };

async function measure(server: string, { path, method = 'GET', headers = {}, body }: Call): Promise<Round> {
  const options = { url: server + path, method, headers, connections: CONNECTIONS, ...(body && { body }) };
  await autocannon({ ...options, duration: WARM_SECONDS });
  const { non2xx, errors, requests, latency, ...result } = await autocannon({
    ...options,
    duration: SECONDS,
  });
  if (non2xx - (result['3xx'] ?? 0) > 0 || errors > 0) {
    throw new Error(`${path}: ${non2xx} refusals, ${errors} errors`);
  }
  return { rps: requests.average, p50: latency.p50, p99: latency.p99 };
}

const median = (values: number[]) => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;

async function compare(ours: string, bare: string, { name, goal, ...calls }: Case): Promise<void> {
  const rounds: { ours: Round; bare: Round }[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    const method = calls.ours.method ?? 'GET';
    rounds.push({
      ours: await measure(ours, calls.ours),
      bare: await measure(bare, { path: calls.bare, method }),
    });
  }
  const ratios = rounds.map(({ ours, bare }) => ours.rps / bare.rps);
  const of = (pick: (round: (typeof rounds)[0]) => number) => median(rounds.map(pick)).toFixed(0);
  const ratio = median(ratios);
  console.log(
    `| ${[
      name,
      of((round) => round.ours.rps),
      of((round) => round.bare.rps),
      `${ratio.toFixed(2)} [${ratios.map((value) => value.toFixed(2)).join(' ')}]`,
      `${goal} ${ratio >= goal ? 'reached' : 'missed'}`,
      `${of((round) => round.ours.p50)}/${of((round) => round.ours.p99)}`,
      `${of((round) => round.bare.p50)}/${of((round) => round.bare.p99)}`,
    ].join(' | ')} |`,
  );
}

/** A server with a group of `NOTES` notes, of which the person of `EMAIL` is a student. */
async function startServer(database: string) {
  const port = 4100 + Math.floor(Math.random() * 800);
  const address = `http://127.0.0.1:${port}`;
  const environment = {
    NODE_ENV: 'production',
    DATABASE_URL: database,
    SCHOLION_DEMO: '1',
    DEMO_PASSWORD: 'for the bench',
    NEXTAUTH_SECRET: SECRET,
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
  return { address, env, stop: () => server.kill('SIGTERM') };
}

/** Fills the group, and gives the ids of what the calls are about. */
async function fill(): Promise<{ groupId: string; personId: string; noteId: string }> {
  await fillGroups('gheorghiu-2009', { slugs: [GROUP], members: 24, annotations: NOTES });
  const { id: groupId } = await db.group.findUniqueOrThrow({ where: { slug: GROUP } });
  const { id: personId } = await db.user.findFirstOrThrow({ where: { email: EMAIL } });
  await db.member.create({ data: { groupId, userId: personId, role: 'student' } });
  const where = {
    groupId,
    parentId: null,
    section: 'doc1',
    state: 'published',
    visibility: 'group',
  } as const;
  const { id: noteId } = await db.annotation.findFirstOrThrow({ where, skip: 100 });
  return { groupId, personId, noteId };
}

function casesOf(token: string, etag: string, noteId: string): Case[] {
  const headers = { authorization: `Bearer ${token}` };
  const annotations = `/api/v1/groups/${GROUP}/annotations`;
  const read = (path: string, more = {}) => ({ path, headers: { ...headers, ...more } });
  const post = (path: string, body: object) => ({
    path,
    method: 'POST' as const,
    headers: { ...headers, 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  const page = '/editions/gheorghiu-2009/doc1';
  const gloss = { edition: 'gheorghiu-2009', section: 'doc1', start: 948, end: 965, body: 'Noise.' };
  const reply = post(`/api/v1/annotations/${noteId}/replies`, { body: 'Quite so.' });
  const outline = `/api/v1/groups/${GROUP}/outline?edition=gheorghiu-2009&section=doc1`;
  const cases: [string, Call, string, number][] = [
    ['list of 50', read(`${annotations}?limit=50`), '/list/50', 0.8],
    ['list of 500', read(`${annotations}?limit=500`), '/list/500', 1],
    ['list of 50, unchanged', read(`${annotations}?limit=50`, { 'if-none-match': etag }), '/unchanged', 0.9],
    ['outline of 2,400 notes', read(outline), '/outline', 0.7],
    ['single note', read(`/api/v1/annotations/${noteId}`), '/note', 0.7],
    ['me', read('/api/v1/me'), '/person', 0.5],
    ['reading page', { path: page, headers: { 'accept-encoding': 'br' } }, '/page', 0.6],
    // Last, because they change what is read.
    ['post a gloss', post(annotations, gloss), '/insert', 0.6],
    ['post a reply', reply, '/insert', 0.6],
  ];
  return cases.map(([name, ours, bare, goal]) => ({ name, ours, bare, goal }));
}

async function main(): Promise<void> {
  const postgres = await startEmbedded(process.env.SCHOLION_DATA ?? '.data/bench');
  const name = `bench_${Date.now()}`;
  await createDatabase(postgres.url, name);
  const url = new URL(postgres.url);
  url.pathname = `/${name}`;
  // For the stores that fill the group.
  Object.assign(process.env, { DATABASE_URL: url.href, NEXTAUTH_SECRET: SECRET });
  await migrate(url.href);
  const server = await startServer(url.href);
  try {
    await measureAll(server, url.href);
  } finally {
    server.stop();
    await disconnect();
    await postgres.stop();
  }
  process.exit(0);
}

async function measureAll(
  { address, env }: { address: string; env: NodeJS.ProcessEnv },
  database: string,
): Promise<void> {
  const content = await fill();
  const token = await createToken(env);
  const page = await pageBytes(address);
  const bare = await startBareServer({ database, ...content, page });
  const first = await fetch(`${address}/api/v1/groups/${GROUP}/annotations?limit=50`, {
    headers: { authorization: `Bearer ${token}` },
  });
  await first.arrayBuffer();

  console.log(`| what | ours, rps | bare, rps | ratio [rounds] | goal | ours p50/p99, ms | bare p50/p99, ms |
| --- | --- | --- | --- | --- | --- | --- |`);
  const only = process.env.ONLY?.split(',');
  for (const one of casesOf(token, first.headers.get('etag') ?? '', content.noteId))
    if (!only || only.some((word) => one.name.includes(word))) await compare(address, bare, one);
}

/** The bytes of the reading page in Brotli, as they travel. */
function pageBytes(address: string): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const headers = { 'accept-encoding': 'br' };
    get(`${address}/editions/gheorghiu-2009/doc1`, { headers }, async (response) => {
      const chunks: Buffer[] = [];
      for await (const chunk of response) chunks.push(chunk);
      resolve(Buffer.concat(chunks));
    }).on('error', reject);
  });
}

/** A token from the command line, as an operator makes one. */
function createToken(env: NodeJS.ProcessEnv): Promise<string> {
  const child = spawn(process.execPath, ['dist/cli.js', 'token', 'add', EMAIL, '--scope', 'write'], { env });
  let printed = '';
  child.stdout.on('data', (chunk) => {
    printed += chunk;
  });
  return new Promise((resolve) => child.on('close', () => resolve(printed.trim())));
}

main();
