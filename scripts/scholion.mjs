// `npm run scholion -- …`: the command line, built if need be.
import { ensureTools } from './build.mjs';
import { ensurePostgresAccess } from './grant-postgres-access.mjs';

// Files are named from where the command was given.
process.env.SCHOLION_FROM = process.env.INIT_CWD ?? process.cwd();
await ensurePostgresAccess();
await ensureTools();
process.env.NODE_ENV ||= 'production';
await import('../dist/cli.js');
