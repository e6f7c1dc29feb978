// As root, the embedded Postgres runs as the user `postgres`, who cannot walk down to a checkout below a folder that
// is root's alone (0700, as `mktemp -d` makes them). The processes then keep the one capability that walks.
import { spawn } from 'node:child_process';
import { existsSync, statSync } from 'node:fs';
import path from 'node:path';

const KEEP = ['--securebits=+no_setuid_fixup', '--inh-caps=+dac_override', '--ambient-caps=+dac_override'];

/**
 * Where an embedded Postgres could not reach its files, runs this very script again with CAP_DAC_OVERRIDE for its
 * children (setpriv of util-linux), hands signals on, ends as it ends, and never returns.
 */
export async function ensurePostgresAccess() {
  if (process.getuid?.() !== 0 || process.env.DATABASE_URL || process.env.SCHOLION_WALKS) return;
  const places = [process.cwd(), path.resolve(process.env.SCHOLION_DATA ?? '.data')];
  if (places.flatMap(ancestorsOf).every((folder) => !existsSync(folder) || statSync(folder).mode & 0o001))
    return;
  // Whatever ends this process, even without asking, ends the other.
  const again = [
    ...KEEP,
    '--pdeathsig=TERM',
    process.execPath,
    ...process.execArgv,
    ...process.argv.slice(1),
  ];
  const child = spawn('setpriv', again, {
    stdio: 'inherit',
    env: { ...process.env, SCHOLION_WALKS: '1' },
  });
  // The child is the one that tidies up; hearing of Ctrl-C twice does it no harm.
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
  const code = await new Promise((resolve) => {
    child.on('exit', (code) => resolve(code ?? 1));
    child.on('error', () => {
      console.error(
        'The folders above this one are closed to the user `postgres`, and there is no setpriv (util-linux) to let\n' +
          'the embedded database through. Move the checkout, run as another user, or set DATABASE_URL.',
      );
      resolve(1);
    });
  });
  process.exit(code);
}

function ancestorsOf(folder) {
  const parent = path.dirname(folder);
  return parent === folder ? [folder] : [folder, ...ancestorsOf(parent)];
}
