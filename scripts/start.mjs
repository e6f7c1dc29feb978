// `npm start`: installs, builds, migrates, seeds and serves, whatever of it is needed.
import { ensureBuilt } from './build.mjs';
import { ensureTraversable } from './traversable.mjs';

ensureTraversable();
await ensureBuilt();
process.env.NODE_ENV ??= 'production';
await import('../dist/server.js');
