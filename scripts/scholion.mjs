// `npm run scholion -- …`: the command line, built if need be.
import { ensureTools } from './build.mjs';
import { ensureTraversable } from './traversable.mjs';

// Files are named from where the command was given.
process.env.SCHOLION_FROM = process.env.INIT_CWD ?? process.cwd();
await ensureTraversable();
await ensureTools();
process.env.NODE_ENV ||= 'production';
await import('../dist/cli.js');
