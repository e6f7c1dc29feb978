import postgres from 'postgres';
import { config } from '@/lib/config';

/**
 * Calls `wake` for every notification on `channel`, and after every (re)connection, because notifications in between are
 * lost: `wake` has to read the tables again. Returns a function that ends it.
 */
export async function listen(channel: string, wake: (payload: string) => void): Promise<() => Promise<void>> {
  const sql = postgres(config().DATABASE_URL, { max: 1, onnotice: () => {} });
  await sql.listen(channel, wake, () => wake(''));
  return () => sql.end({ timeout: 1 });
}
