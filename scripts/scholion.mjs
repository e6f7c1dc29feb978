// `npm run scholion -- …`: the command line, built if need be.
import { ensureBuilt } from './build.mjs';
import { ensureTraversable } from './traversable.mjs';

ensureTraversable();
await ensureBuilt();
process.env.NODE_ENV ??= 'production';
await import('../dist/cli.js');
