import postgres from 'postgres';
import { config } from '@/lib/config';

type Listening = { sql: postgres.Sql; channels: number };

// Next's bundle and server.ts are two module graphs in one process, which listens over one connection.
const shared = globalThis as typeof globalThis & { scholionListening?: Listening | undefined };

/**
 * Calls `wake` for every notification on `channel`, and after every (re)connection, because notifications in between are
 * lost: `wake` has to read the tables again. All channels of a process have one connection. Returns a function that ends it.
 */
export async function listen(channel: string, wake: (payload: string) => void): Promise<() => Promise<void>> {
  shared.scholionListening ??= {
    sql: postgres(config().DATABASE_URL, { max: 1, onnotice: () => {} }),
    channels: 0,
  };
  const listening = shared.scholionListening;
  listening.channels++;
  const leave = async () => {
    if (--listening.channels > 0) return;
    if (shared.scholionListening === listening) shared.scholionListening = undefined;
    await listening.sql.end({ timeout: 1 });
  };
  try {
    const { unlisten } = await listening.sql.listen(channel, wake, () => wake(''));
    return async () => {
      // Without the database there is nothing to end.
      await unlisten().catch(() => {});
      await leave();
    };
  } catch (error) {
    await leave();
    throw error;
  }
}
