// `npm start`: installs, builds, migrates and seeds as needed, and serves. `npm run dev` (--dev) compiles pages when they
// are requested.
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
