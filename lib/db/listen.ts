import postgres from 'postgres';
import { config } from '@/lib/config';

/**
 * Calls `wake` for every notification on `channel`, and after every (re)connection, since what was notified in
 * between is lost: whoever is woken reads the tables again. Returns how to end it.
 */
export async function listen(channel: string, wake: (payload: string) => void): Promise<() => Promise<void>> {
  const sql = postgres(config().DATABASE_URL, { max: 1, onnotice: () => {} });
  await sql.listen(channel, wake, () => wake(''));
  return () => sql.end({ timeout: 1 });
}
