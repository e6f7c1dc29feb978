import { randomBytes } from 'node:crypto';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import pg from 'pg';
import { config } from '@/lib/config';
import { startEmbedded } from '@/lib/db/embedded';
import { migrate } from '@/lib/db/migrate';
import { type Demo, seedDemo, seedEdition } from '@/seed/seed';

/** What was made ready, and how to end what was started for it. `demo` where there are demo accounts. */
export type BootstrapResult = {
  data: string;
  demo: Demo | undefined;
  /** Says that the database is about to end, so that no other process of ours joins it. */
  leave: () => void;
  release: () => Promise<void>;
};

/** Held while one of several servers on one database migrates and seeds. */
const LOCK = 5_230_111;

/**
 * Fills in what the environment leaves out, and brings the database up to date. Without DATABASE_URL the embedded
 * Postgres of SCHOLION_DATA is started, with a kept secret and the demo; with one nothing embedded starts, and a
 * missing secret is an error that says what to do. `seed`: whether to fill an empty database.
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

/** Runs `work` while no other process does so on this database. */
async function withAdvisoryLock<T>(url: string, work: () => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: url });
  await client.connect().catch((error) => {
    const { host, pathname } = new URL(url);
    throw new Error(
      `The database ${host}${pathname} (DATABASE_URL) does not answer: ${error.message || error.code}`,
    );
  });
  try {
    await client.query('SELECT pg_advisory_lock($1)', [LOCK]);
    return await work();
  } finally {
    await client.end();
  }
}

/** The text of a file in `data`; where it is not there, what `make` gives is put in it, for its owner only. */
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

/** DEMO_PASSWORD, or the random one that the first start made and keeps in `data/demo.json`. */
export async function demoPassword(data: string): Promise<string> {
  const given = config().DEMO_PASSWORD;
  if (given) return given;
  const make = () => `${JSON.stringify({ password: randomBytes(12).toString('base64url') })}\n`;
  return JSON.parse(await readOrCreateFile(data, 'demo.json', make)).password;
}
