// `npm test`: every check and every test, on a Postgres and in a browser of their own.
// `node scripts/test.mjs unit room …` runs some of the stages: check, unit, room, process, e2e; and `attack`.
import { execFileSync, spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { ensureBuilt, ensureClient, ensureInstalled } from './build.mjs';
import { ensurePostgresAccess } from './grant-postgres-access.mjs';

const chosen = process.argv.slice(2);
const wanted = (stage) => chosen.length === 0 || chosen.includes(stage);

ensureInstalled();
const scratch = mkdtempSync(path.join(tmpdir(), 'scholion-test-'));
// The scratch folder holds the database, which another user than root may run.
if (process.getuid?.() === 0) execFileSync('chmod', ['755', scratch]);
delete process.env.DATABASE_URL;
await ensurePostgresAccess();
ensureClient();

const sums = { passed: 0, failed: 0, skipped: 0 };
let database;
/** What runs now, so that nothing is left behind when this is told to end. */
const children = new Set();
process.on('SIGINT', () => finish(130));
process.on('SIGTERM', () => finish(143));

try {
  if (wanted('check')) {
    await check('types', 'tsc', ['--noEmit']);
    await check('lint and formatting', 'biome', ['ci', '--error-on-warnings', '.']);
  }
  if (wanted('unit')) await nodeTests('unit', filesOf('tests/unit'));
  if (wanted('room')) {
    await startDatabase();
    await nodeTests(
      'room',
      ['room', 'http', 'conformance', 'matrix', 'attack'].flatMap((name) => filesOf(`tests/${name}`)),
    );
  }
  // Named alone, since `room` and `process` have its files too: the same for longer (ATTACK_ROUNDS).
  if (chosen.includes('attack')) {
    process.env.ATTACK_ROUNDS ??= '20';
    await startDatabase();
    await ensureBuilt();
    await nodeTests('attack', [
      ...['bounded-markdown', 'bounded-requests'].map((name) => `tests/http/${name}.test.ts`),
      ...filesOf('tests/attack'),
      ...['kills', 'requests'].map((name) => `tests/process/${name}.test.ts`),
    ]);
  }
  if (wanted('process')) {
    await startDatabase();
    await ensureBuilt();
    await nodeTests('process', filesOf('tests/process'));
  }
  if (wanted('e2e')) {
    await startDatabase();
    await ensureBuilt();
    await browserTests();
  }
} catch (error) {
  console.error(error);
  sums.failed++;
}
finish(sums.failed > 0 ? 1 : 0);

/** Starts the database once, and a migrated template of it that every test file copies. */
async function startDatabase() {
  if (database) return;
  const env = { ...process.env, SCHOLION_DATA: path.join(scratch, 'data') };
  const child = spawn(process.execPath, ['--import', 'tsx', 'tests/support/serve-database.ts'], {
    env,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const url = await lineOf(child, /^(postgresql:\S+)/m);
  process.env.SCHOLION_TEST_TEMPLATE = url;
  database = child;
}

async function nodeTests(stage, files) {
  if (files.length === 0) return;
  const tap = path.join(scratch, `${stage}.tap`);
  const reporters = [
    ...['--test-reporter=spec', '--test-reporter-destination=stdout'],
    ...['--test-reporter=tap', `--test-reporter-destination=${tap}`],
  ];
  console.log(`\n── ${stage} ──`);
  const code = await run(process.execPath, [
    ...['--conditions=react-server', '--import', 'tsx', '--test', '--test-concurrency=2'],
    ...[...reporters, ...files],
  ]);
  const report = readFileSync(tap, 'utf8');
  const count = (name) => Number(new RegExp(`^# ${name} (\\d+)$`, 'm').exec(report)?.[1] ?? 0);
  add(
    stage,
    { passed: count('pass'), failed: count('fail') + count('cancelled'), skipped: count('skipped') },
    code,
  );
}

async function browserTests() {
  console.log('\n── e2e ──');
  const port = await freePort();
  const template = new URL(process.env.SCHOLION_TEST_TEMPLATE);
  template.pathname = '/e2e';
  execFileSync(process.execPath, ['--import', 'tsx', 'tests/support/copy-database.ts', 'e2e'], {
    stdio: 'inherit',
  });
  const env = {
    ...process.env,
    NODE_ENV: 'production',
    DATABASE_URL: template.href,
    PORT: String(port),
    SCHOLION_DEMO: '1',
    ...{
      SCHOLION_URL: `http://localhost:${port}`,
      SCHOLION_DATA: path.join(scratch, 'e2e'),
      LOG_LEVEL: 'warn',
    },
    // Where the tests have somebody else's IIIF server.
    SCHOLION_IIIF_HOSTS: `http://127.0.0.1:${await freePort()}`,
    DEMO_PASSWORD: 'a password for the tests',
    NEXTAUTH_SECRET: 'only for the tests, which nobody else can reach',
  };
  const server = started(
    spawn(process.execPath, ['dist/server.js'], { env, stdio: ['ignore', 'pipe', 'inherit'] }),
  );
  await lineOf(server, /Scholion is at/);
  const report = path.join(scratch, 'e2e.json');
  const code = await run('npx', ['--no-install', 'playwright', 'test', '--reporter=list,json'], {
    ...env,
    PLAYWRIGHT_JSON_OUTPUT_FILE: report,
    BASE_URL: env.SCHOLION_URL,
  });
  server.kill('SIGTERM');
  const { expected, unexpected, flaky, skipped } = JSON.parse(readFileSync(report, 'utf8')).stats;
  add('e2e', { passed: expected + flaky, failed: unexpected, skipped }, code);
}

async function check(name, command, args) {
  const code = await run('npx', ['--no-install', command, ...args]);
  console.log(`${code === 0 ? '✔' : '✖'} ${name}`);
  add(name, { passed: code === 0 ? 1 : 0, failed: code === 0 ? 0 : 1, skipped: 0 }, code);
}

/** Adds to the sums. A runner that failed without naming a failed test has failed all the same. */
function add(stage, { passed, failed, skipped }, code) {
  if (code !== 0 && failed === 0) failed = 1;
  if (passed + failed === 0) failed = 1;
  sums.passed += passed;
  sums.failed += failed;
  sums.skipped += skipped;
  console.log(`${stage}: ${passed} passed, ${failed} failed${skipped ? `, ${skipped} skipped` : ''}`);
}

function run(command, args, env = process.env) {
  return new Promise((resolve) => {
    started(spawn(command, args, { stdio: ['ignore', 'inherit', 'inherit'], env })).on('close', (code) =>
      resolve(code ?? 1),
    );
  });
}

/** Waits until a child prints what matches; gives the first group. What else it prints is passed on. */
function lineOf(child, pattern) {
  return new Promise((resolve, reject) => {
    let text = '';
    child.stdout.on('data', (chunk) => {
      text += chunk;
      const found = pattern.exec(text);
      if (found) resolve(found[1] ?? found[0]);
    });
    child.on('close', (code) => reject(new Error(`A helper process ended with ${code}:\n${text}`)));
  });
}

function filesOf(folder) {
  const names = (() => {
    try {
      return readdirSync(folder);
    } catch {
      return [];
    }
  })();
  return names
    .map((name) => path.join(folder, name))
    .flatMap((place) => (statSync(place).isDirectory() ? filesOf(place) : place))
    .filter((place) => /\.test\.tsx?$/.test(place));
}

function freePort() {
  return new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}

/** Remembers a child until it ends. */
function started(child) {
  children.add(child);
  return child.on('close', () => children.delete(child));
}

function finish(code) {
  for (const child of children) child.kill('SIGTERM');
  const close = () => {
    rmSync(scratch, { recursive: true, force: true });
    console.log(
      `\n${sums.passed} passed, ${sums.failed} failed${sums.skipped ? `, ${sums.skipped} skipped` : ''}`,
    );
    process.exit(code);
  };
  if (!database) close();
  database.removeAllListeners('close');
  database.on('close', close);
  database.kill('SIGTERM');
}
