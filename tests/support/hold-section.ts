import { setTimeout } from 'node:timers/promises';
import pg from 'pg';
import { db } from '@/lib/db';

/** A section that no publication can stage until it is released. */
export type HeldSection = {
  /** Resolves when as many statements of this database wait for a lock. */
  untilWaiting: (statements: number) => Promise<void>;
  release: () => Promise<void>;
};

/** Holds a section of an edition's draft, so that a publication stops inside the transaction that stages it. */
export async function holdSection(edition: string, section: string): Promise<HeldSection> {
  const { number } = await db.revision.findFirstOrThrow({ where: { edition, publishedAt: null } });
  const client = new pg.Client({ connectionString: process.env.DATABASE_URL as string });
  await client.connect();
  await client.query('BEGIN');
  // A staged section is unique: whoever inserts it next waits for this transaction.
  await client.query('INSERT INTO staged_section (edition, revision, section) VALUES ($1, $2, $3)', [
    edition,
    number,
    section,
  ]);
  return {
    async untilWaiting(statements) {
      for (let tries = 0; tries < 1_000; tries++) {
        // Not on `client`: a transaction sees the activity of its first look for as long as it lasts.
        const [row] = await db.$queryRaw<{ waiting: number }[]>`
          SELECT count(*)::int AS waiting FROM pg_stat_activity
           WHERE datname = current_database() AND wait_event_type = 'Lock'`;
        if (row && row.waiting >= statements) return;
        await setTimeout(20);
      }
      throw new Error(`Fewer than ${statements} statements came to wait.`);
    },
    async release() {
      await client.query('ROLLBACK');
      await client.end();
    },
  };
}
