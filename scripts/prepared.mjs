/**
 * What `npm start`, `npm test` and `npm run scholion` need before any package may be imported: the packages
 * themselves, and a build of these sources. Plain JavaScript on Node's own modules, since node_modules may be missing.
 */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  accessSync,
  constants,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)));

/** What a build is made of. */
const SOURCES = ['app', 'lib', 'public', 'prisma', 'scripts', 'seed', 'server.ts', 'next.config.js'];
const SETTINGS = ['tsconfig.json', 'package-lock.json', 'prisma.config.ts'];

/** Runs a program with its output on stderr, so that stdout stays ours. Throws where it fails. */
export function run(command, args, env = {}) {
  const result = spawnSync(command, args, {
    cwd: root,
    stdio: ['ignore', 2, 2],
    env: { ...process.env, ...env },
  });
  if (result.status !== 0) throw new Error(`${path.basename(command)} ${args.join(' ')} failed.`);
}

/** A program of a package, without the detour through npx. */
export function bin(name) {
  return path.join(root, 'node_modules/.bin', name);
}

/** Whether node_modules has each package of package-lock.json in its version; those of other platforms may miss. */
function isInstalled() {
  const kept = path.join(root, 'node_modules/.package-lock.json');
  if (!existsSync(kept)) return false;
  const wanted = JSON.parse(readFileSync(path.join(root, 'package-lock.json'), 'utf8')).packages;
  const there = JSON.parse(readFileSync(kept, 'utf8')).packages;
  return Object.entries(wanted).every(
    ([name, { version, optional }]) =>
      name === '' || (there[name] ? there[name].version === version : optional),
  );
}

/** Installs the packages where they are missing or others than package-lock.json names. */
export function install() {
  if (isInstalled()) return;
  console.error('Installing the packages (once, about a minute) …');
  // A production environment must not keep back what builds and tests need.
  run('npm', ['ci', '--include=dev', '--no-audit', '--no-fund']);
}

function hashOfSources() {
  const hash = createHash('sha256').update(process.version);
  function add(name) {
    const full = path.join(root, name);
    if (!existsSync(full) || name === 'lib/db/generated') return;
    if (statSync(full).isDirectory()) for (const entry of readdirSync(full).sort()) add(`${name}/${entry}`);
    else hash.update(`${name}\n`).update(readFileSync(full));
  }
  for (const name of [...SOURCES, ...SETTINGS]) add(name);
  return hash.digest('hex');
}

/** Makes Prisma's client. Its own engine would be downloaded; ours comes with the packages. */
export function generate() {
  run(bin('prisma'), ['generate', '--no-hints'], {
    PRISMA_SCHEMA_ENGINE_BINARY: path.join(root, 'prisma/schema-engine.mjs'),
    CHECKPOINT_DISABLE: '1',
  });
}

/** Bundles an entry of ours for Node; packages stay where they are. */
async function bundle(entries) {
  const { build } = await import('esbuild');
  await build({
    absWorkingDir: root,
    entryPoints: entries,
    outdir: 'dist',
    bundle: true,
    splitting: true,
    packages: 'external',
    platform: 'node',
    format: 'esm',
    target: 'node20',
    sourcemap: 'linked',
    logLevel: 'warning',
  });
  // React and Next look at NODE_ENV as they are loaded, before any line of a bundle runs.
  const start = "process.env.NODE_ENV ||= 'production';\nawait import('./serve.js');\n";
  writeFileSync(path.join(root, 'dist/server.js'), start);
}

/** Runs `make` where the sources have changed since it was last run under this name; answers whether it ran. */
async function unlessDone(name, make) {
  const hash = hashOfSources();
  const stamp = path.join(root, 'dist', `${name}.sha256`);
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === hash) return false;
  console.error(`Building ${name} …`);
  mkdirSync(path.dirname(stamp), { recursive: true });
  await make();
  // What was hashed is what was built, even if somebody has saved a file meanwhile.
  writeFileSync(stamp, hash);
  return true;
}

/** Bundles server and command line where their sources changed: a few seconds. */
export function buildTools() {
  return unlessDone('tools', async () => {
    generate();
    await bundle(['scripts/serve.ts', 'scripts/cli.ts']);
  });
}

/** Builds server, command line and pages where their sources changed. */
export async function build() {
  await buildTools();
  await unlessDone('pages', async () => {
    run(bin('next'), ['build'], { NODE_ENV: 'production', NEXT_TELEMETRY_DISABLED: '1' });
  });
}

/** Whether everybody may pass through every folder down to `folder`. */
function isReachable(folder) {
  for (let at = path.resolve(folder); ; at = path.dirname(at)) {
    if (existsSync(at) && (statSync(at).mode & constants.S_IXOTH) === 0) return false;
    if (at === path.dirname(at)) return true;
  }
}

/**
 * Postgres refuses to run as root, so root's embedded one runs as the user `postgres`, who cannot pass through a
 * folder that is closed to others (a checkout in `mktemp -d`, a home directory). There, and only there, the
 * arguments are given with which this very script must be started again: `setpriv` of util-linux lets the children
 * keep the one capability of passing through folders. Otherwise undefined.
 */
export function detour() {
  if (process.getuid?.() !== 0 || process.env.SCHOLION_DETOUR) return undefined;
  if ([root, process.env.SCHOLION_DATA ?? '.data'].every((folder) => isReachable(path.resolve(root, folder))))
    return undefined;
  const program = (process.env.PATH ?? '').split(':').map((folder) => path.join(folder, 'setpriv'));
  const setpriv = program.find((file) => {
    try {
      accessSync(file, constants.X_OK);
      return true;
    } catch {
      return false;
    }
  });
  if (!setpriv)
    throw new Error(
      `The embedded Postgres runs as the user "postgres", who cannot reach ${root}.\n` +
        'Do one of: chmod o+x on the folders above it; run this as another user than root; install util-linux ' +
        '(setpriv); or set DATABASE_URL to a Postgres of your own.',
    );
  return [
    setpriv,
    '--securebits=+no_setuid_fixup',
    '--inh-caps=+dac_override',
    '--ambient-caps=+dac_override',
    '--pdeathsig=TERM',
    process.execPath,
    ...process.execArgv,
    ...process.argv.slice(1),
  ];
}
