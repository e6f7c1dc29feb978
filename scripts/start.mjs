// `npm start`: installs, builds, migrates, seeds and serves, whatever of it is needed. `npm run dev` (--dev) compiles
// pages as they are asked for.
import { ensureBuilt, ensureClient, ensureInstalled } from './build.mjs';
import { ensurePostgresAccess } from './grant-postgres-access.mjs';

await ensurePostgresAccess();
if (process.argv.includes('--dev')) {
  ensureInstalled();
  ensureClient();
  process.env.NODE_ENV = 'development';
  const { register } = await import('tsx/esm/api');
  register();
  await import('./serve.ts');
} else {
  await ensureBuilt();
  await import('../dist/server.js');
}
