// `npm run scholion -- …`: builds the command line if needed, and runs it.
import { ensureTools } from './build.mjs';
import { ensurePostgresAccess } from './grant-postgres-access.mjs';

// Paths are relative to where the command was given.
process.env.SCHOLION_FROM = process.env.INIT_CWD ?? process.cwd();
await ensurePostgresAccess();
await ensureTools();
process.env.NODE_ENV ||= 'production';
await import('../dist/cli.js');
