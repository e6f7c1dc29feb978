// As root, the embedded Postgres runs as the user `postgres`, who cannot walk down to a checkout below a folder that
// is root's alone (0700, as `mktemp -d` makes them). The processes then keep the one capability that walks.
import { spawnSync } from 'node:child_process';
import { statSync } from 'node:fs';
import path from 'node:path';

/** Runs this very script again with CAP_DAC_OVERRIDE for its children where that is needed, and ends with it. */
export function ensureTraversable() {
  if (process.getuid?.() !== 0 || process.env.DATABASE_URL || process.env.SCHOLION_WALKS) return;
  if (ancestorsOf(process.cwd()).every((folder) => statSync(folder).mode & 0o001)) return;
  const keep = ['--securebits=+no_setuid_fixup', '--inh-caps=+dac_override', '--ambient-caps=+dac_override'];
  const again = [...keep, process.execPath, ...process.execArgv, ...process.argv.slice(1)];
  // A signal that ends the child ends this too; Ctrl-C reaches both, and the child is the one that tidies up.
  process.on('SIGINT', () => {});
  const done = spawnSync('setpriv', again, {
    stdio: 'inherit',
    env: { ...process.env, SCHOLION_WALKS: '1' },
  });
  if (done.error) {
    console.error(
      'The folders above this one are closed to the user `postgres`. Move the checkout, or set DATABASE_URL.',
    );
    process.exit(1);
  }
  process.exit(done.status ?? 1);
}

function ancestorsOf(folder) {
  const parent = path.dirname(folder);
  return parent === folder ? [folder] : [folder, ...ancestorsOf(parent)];
}
