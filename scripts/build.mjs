// What has to be there before anything runs: packages, and a build of these very sources. Node's own modules only,
// since on a fresh clone there is nothing else.
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';

const SOURCES = [
  'app',
  'lib',
  'prisma',
  'scripts',
  'seed',
  'server.ts',
  'next.config.js',
  'package-lock.json',
  'tsconfig.json',
];
const STAMP = 'dist/stamp';

/** Installs the packages of package-lock.json, unless they are there. */
export function ensureInstalled() {
  const installed = 'node_modules/.package-lock.json';
  if (existsSync(installed) && statSync(installed).mtimeMs >= statSync('package-lock.json').mtimeMs) return;
  say('Installing packages (once) …');
  run('npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error']);
  // npm keeps the time of an unchanged tree; ours says when it was last checked.
  writeFileSync(installed, readFileSync(installed));
}

/** Makes Prisma's client where the schema has changed. */
export function ensureClient() {
  const hash = hashOf(['prisma/schema.prisma', 'package-lock.json']);
  const stamp = 'lib/db/generated/stamp';
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === hash) return;
  run('npx', ['--no-install', 'prisma', 'generate'], {
    PRISMA_SCHEMA_ENGINE_BINARY: path.resolve('prisma/schema-engine.mjs'),
  });
  writeFileSync(stamp, hash);
}

/** Builds the pages and the server, unless the last build was of the same sources. */
export async function ensureBuilt() {
  ensureInstalled();
  ensureClient();
  const hash = hashOf(SOURCES);
  if (existsSync(STAMP) && readFileSync(STAMP, 'utf8') === hash) return;
  say('Building (once for each change) …');
  run('npx', ['--no-install', 'next', 'build'], { NEXT_TELEMETRY_DISABLED: '1', NODE_ENV: 'production' });
  const { build } = await import('esbuild');
  await build({
    entryPoints: { server: 'scripts/serve.ts', cli: 'scripts/cli.ts' },
    outdir: 'dist',
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node20',
    packages: 'external',
    sourcemap: true,
    jsx: 'automatic',
    logLevel: 'warning',
  });
  mkdirSync('dist', { recursive: true });
  writeFileSync(STAMP, hash);
}

function hashOf(places) {
  const hash = createHash('sha256').update(process.version);
  for (const place of places) for (const file of filesOf(place)) hash.update(file).update(readFileSync(file));
  return hash.digest('hex');
}

function filesOf(place) {
  if (!existsSync(place)) return [];
  if (!statSync(place).isDirectory()) return [place];
  return readdirSync(place)
    .filter((name) => name !== 'generated')
    .sort()
    .flatMap((name) => filesOf(path.join(place, name)));
}

function run(command, args, env = {}) {
  try {
    execFileSync(command, args, {
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...process.env, ...env },
      maxBuffer: 1e8,
    });
  } catch (error) {
    process.stderr.write(`${error.stdout ?? ''}${error.stderr ?? ''}\n`);
    throw new Error(`\`${command} ${args.join(' ')}\` failed; what it said stands above.`);
  }
}

function say(text) {
  process.stderr.write(`${text}\n`);
}
