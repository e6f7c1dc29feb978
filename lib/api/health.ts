import type { Context } from 'hono';
import { ping } from '@/lib/db';

/** Whether this server is ready, and if not, why; for load balancers and for people. */
export async function health(c: Context): Promise<Response> {
  const database = await ping().then(
    () => 'ready',
    () => 'The database does not answer.',
  );
  const ready = database === 'ready';
  return c.json({ status: ready ? 'ready' : 'not ready', checks: { database } }, ready ? 200 : 503, {
    'Cache-Control': 'no-store',
  });
}
