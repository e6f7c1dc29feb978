import { randomBytes } from 'node:crypto';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import pg from 'pg';
import { config } from '@/lib/config';
import { startEmbedded } from '@/lib/db/embedded';
import { migrate } from '@/lib/db/migrate';
import { type Demo, seedDemo, seedEdition } from '@/seed/seed';

/** The data folder, the demo accounts if there are any, and how to release the database. */
export type BootstrapResult = {
  data: string;
  demo: Demo | undefined;
  /** Announces the end of the embedded database, so that no other process joins it. */
  leave: () => void;
  release: () => Promise<void>;
};

/** Advisory lock: one of several servers on a database migrates and seeds at a time. */
const MIGRATION_LOCK = 5_230_111;

/**
 * Completes the environment, and migrates the database. Without DATABASE_URL it starts the embedded Postgres in
 * SCHOLION_DATA, with a stored secret and the demo. With DATABASE_URL, NEXTAUTH_SECRET is required. `seed`: whether to
 * fill an empty database.
 */
export async function bootstrap({ seed = true } = {}): Promise<BootstrapResult> {
  const data = process.env.SCHOLION_DATA || '.data';
  const embedded = process.env.DATABASE_URL ? undefined : await startEmbedded(data);
  try {
    if (embedded) {
      process.env.DATABASE_URL = embedded.url;
      process.env.NEXTAUTH_SECRET ||= await sessionSecret(data);
      process.env.SCHOLION_DEMO ||= '1';
    } else if (!process.env.NEXTAUTH_SECRET) {
      throw new Error(
        'NEXTAUTH_SECRET is missing. With a DATABASE_URL of your own, set it to at least 32 secret characters,\n' +
          'the same for all servers on this database: export NEXTAUTH_SECRET="$(openssl rand -base64 48)"',
      );
    }
    const { DATABASE_URL, SCHOLION_DEMO } = config();
    const demo = await withAdvisoryLock(DATABASE_URL, async () => {
      await migrate(DATABASE_URL);
      if (!seed) return undefined;
      await seedEdition();
      return SCHOLION_DEMO === '1' ? seedDemo(await demoPassword(data)) : undefined;
    });
    return { data, demo, leave: embedded?.leave ?? (() => {}), release: embedded?.stop ?? (async () => {}) };
  } catch (error) {
    await embedded?.stop();
    throw error;
  }
}

/** Runs `work` while no other process runs one on this database. */
async function withAdvisoryLock<T>(url: string, work: () => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: url });
  await client.connect().catch((error) => {
    const { host, pathname } = new URL(url);
    throw new Error(
      `The database ${host}${pathname} (DATABASE_URL) does not answer: ${error.message || error.code}`,
    );
  });
  try {
    await client.query('SELECT pg_advisory_lock($1)', [MIGRATION_LOCK]);
    return await work();
  } finally {
    await client.end();
  }
}

/** The text of a file in `data`; a missing one is created with the result of `make`, readable by its owner only. */
async function readOrCreateFile(data: string, name: string, make: () => string): Promise<string> {
  const file = path.join(data, name);
  await mkdir(data, { recursive: true });
  await writeFile(file, make(), { mode: 0o600, flag: 'wx' }).catch((error) => {
    if (error.code !== 'EEXIST') throw error;
  });
  return readFile(file, 'utf8');
}

async function sessionSecret(data: string): Promise<string> {
  return (await readOrCreateFile(data, 'secret', () => `${randomBytes(48).toString('base64')}\n`)).trim();
}

/** DEMO_PASSWORD, or the random one that the first start stored in `data/demo.json`. */
export async function demoPassword(data: string): Promise<string> {
  const given = config().DEMO_PASSWORD;
  if (given) return given;
  const make = () => `${JSON.stringify({ password: randomBytes(12).toString('base64url') })}\n`;
  return JSON.parse(await readOrCreateFile(data, 'demo.json', make)).password;
}
