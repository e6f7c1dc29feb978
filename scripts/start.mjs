/** `npm start`: installs, builds and serves, each only as far as it is needed. `--dev` compiles as pages are asked for. */
import { spawn } from 'node:child_process';
import { runReachable } from './detour.mjs';
import { bin, build, generate, install, root } from './prepared.mjs';

process.chdir(root);
const dev = process.argv.includes('--dev');

await runReachable(async () => {
  install();
  if (!dev) {
    await build();
    await import('../dist/server.js');
    return;
  }
  generate();
  const child = spawn(bin('tsx'), ['scripts/serve.ts'], {
    stdio: 'inherit',
    env: { ...process.env, NODE_ENV: 'development' },
  });
  process.on('SIGINT', () => {});
  process.on('SIGTERM', () => child.kill('SIGTERM'));
  child.on('exit', (code) => process.exit(code ?? 0));
});
