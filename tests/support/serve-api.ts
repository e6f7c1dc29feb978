import { serve } from '@hono/node-server';
import { httpApp } from '@/lib/api';
import { rememberViewers } from '@/lib/identity';

/** A process with the API alone, which remembers viewers as the server does. Prints its port. */
await rememberViewers();
serve({ fetch: httpApp.fetch, port: 0, hostname: '127.0.0.1' }, ({ port }) => {
  process.stdout.write(`${port}\n`);
});
