// When started by root, the embedded Postgres runs as the user `postgres`, who cannot enter a checkout below a folder
// with mode 0700 (as `mktemp -d` makes them). The processes then keep the capability to enter any folder.
import { spawn } from 'node:child_process';
import { existsSync, statSync } from 'node:fs';
import path from 'node:path';

const KEEP = ['--securebits=+no_setuid_fixup', '--inh-caps=+dac_override', '--ambient-caps=+dac_override'];

/**
 * If the embedded Postgres could not reach its files, runs the same script again with CAP_DAC_OVERRIDE for its children
 * (setpriv of util-linux), forwards signals, and exits with its code: it does not return then.
 */
export async function ensurePostgresAccess() {
  if (process.getuid?.() !== 0 || process.env.DATABASE_URL || process.env.SCHOLION_WALKS) return;
  const folders = [process.cwd(), path.resolve(process.env.SCHOLION_DATA ?? '.data')];
  if (folders.flatMap(ancestorsOf).every((folder) => !existsSync(folder) || statSync(folder).mode & 0o001))
    return;
  // The child is ended when this process ends in any way.
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
  // The child cleans up; a second Ctrl-C does it no harm.
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
