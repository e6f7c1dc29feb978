// Installs packages and builds, where that is needed. It imports only Node's own modules, because a fresh clone has no
// others. Run by itself (`npm run build`) it builds.
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

process.chdir(path.dirname(path.dirname(fileURLToPath(import.meta.url))));

const SOURCES = [
  'app',
  'lib',
  'prisma',
  'public',
  'scripts',
  'seed',
  'server.ts',
  'next.config.js',
  'package-lock.json',
  'tsconfig.json',
];

/** Installs the packages if they differ from package-lock.json. */
export function ensureInstalled() {
  if (isInstalled()) return;
  say('Installing packages (once) …');
  // NODE_ENV=production must not leave out the packages of build and tests.
  run('npm', ['ci', '--include=dev', '--no-audit', '--no-fund', '--loglevel=error']);
}

/** Whether each package of package-lock.json is installed in its version; those of other platforms may be missing. */
function isInstalled() {
  const kept = 'node_modules/.package-lock.json';
  if (!existsSync(kept)) return false;
  const packagesOf = (file) => JSON.parse(readFileSync(file, 'utf8')).packages;
  const there = packagesOf(kept);
  return Object.entries(packagesOf('package-lock.json')).every(
    ([name, { version, optional }]) =>
      name === '' || (there[name] ? there[name].version === version : optional),
  );
}

/** Generates Prisma's client if the schema has changed. */
export function ensureClient() {
  const hash = hashOf(['prisma/schema.prisma', 'package-lock.json']);
  const stamp = 'lib/db/generated/stamp';
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === hash) return;
  run('npx', ['--no-install', 'prisma', 'generate'], {
    PRISMA_SCHEMA_ENGINE_BINARY: path.resolve('prisma/schema-engine.mjs'),
  });
  writeFileSync(stamp, hash);
}

/** Builds server and command line if their sources have changed. */
export async function ensureTools() {
  ensureInstalled();
  ensureClient();
  await unlessDone('tools', async () => {
    const { build } = await import('esbuild');
    await build({
      entryPoints: {
        serve: 'scripts/serve.ts',
        cli: 'scripts/cli.ts',
        // Found by the other two beside them (lib/export/worker-client.ts).
        'export-worker': 'lib/export/worker.ts',
        'import-worker': 'lib/import/worker.ts',
        'anchor-worker': 'lib/anchor/worker.ts',
        'edition-worker': 'lib/edition/worker.ts',
        'markdown-worker': 'lib/markdown/worker.ts',
        'w3c-worker': 'lib/w3c/worker.ts',
      },
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
    // React and Next read NODE_ENV when they are loaded, which is before any line of a bundle.
    writeFileSync('dist/server.js', "process.env.NODE_ENV ||= 'production';\nawait import('./serve.js');\n");
  });
}

/** Builds the pages too. */
export async function ensureBuilt() {
  await ensureTools();
  await unlessDone('pages', async () => {
    say('Building (once for each change) …');
    run('npx', ['--no-install', 'next', 'build'], { NEXT_TELEMETRY_DISABLED: '1', NODE_ENV: 'production' });
  });
}

/** Runs `make` unless it was last run under this name on the same sources. */
async function unlessDone(name, make) {
  const hash = hashOf(SOURCES);
  const stamp = `dist/${name}.stamp`;
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === hash) return;
  mkdirSync('dist', { recursive: true });
  await make();
  // The hash from before the build, in case a file was saved meanwhile.
  writeFileSync(stamp, hash);
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

if (process.argv[1] === fileURLToPath(import.meta.url)) await ensureBuilt();
