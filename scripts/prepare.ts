import { randomBytes } from 'node:crypto';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import pg from 'pg';
import { config } from '@/lib/config';
import { startEmbedded } from '@/lib/db/embedded';
import { migrate } from '@/lib/db/migrate';
import { type DemoAccount, seedDemo, seedEdition } from '../seed/seed';

/** What runs beside the server, how to end it, and what the operator is to be told. */
export type Prepared = {
  embedded: boolean;
  demo: { accounts: DemoAccount[]; password: string } | undefined;
  stop: () => Promise<void>;
};

/** Held while one of several servers on one database migrates and seeds. */
const LOCK = 5_230_111;

/**
 * Makes the environment ready to be read: without a DATABASE_URL starts the embedded Postgres, and gives it a kept
 * secret and the demo; then migrates, and with `seed` seeds what is missing. Throws a sentence for the operator.
 */
export async function prepare({ seed = true } = {}): Promise<Prepared> {
  const data = process.env.SCHOLION_DATA || '.data';
  const embedded = process.env.DATABASE_URL ? undefined : await startEmbedded(data);
  try {
    if (embedded) {
      process.env.DATABASE_URL = embedded.url;
      process.env.NEXTAUTH_SECRET ||= await keptSecret(data);
      process.env.SCHOLION_DEMO ||= '1';
    } else if (!process.env.NEXTAUTH_SECRET) {
      throw new Error(
        'NEXTAUTH_SECRET is missing. With a DATABASE_URL of your own, set it to a secret of at least 32\n' +
          'characters that all servers on this database share: export NEXTAUTH_SECRET="$(openssl rand -base64 48)"',
      );
    }
    const demo = await alone(config().DATABASE_URL, async () => {
      await migrate(config().DATABASE_URL);
      if (!seed) return undefined;
      await seedEdition();
      if (config().SCHOLION_DEMO !== '1') return undefined;
      const password = await demoPassword(data);
      return { accounts: await seedDemo(password), password };
    });
    return { embedded: embedded !== undefined, demo, stop: embedded?.stop ?? (async () => {}) };
  } catch (error) {
    await embedded?.stop();
    throw error;
  }
}

/** Runs `work` while no other process does so on this database. */
async function alone<T>(url: string, work: () => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: url });
  await client.connect().catch((error) => {
    const { host, pathname } = new URL(url);
    throw new Error(
      `The database ${host}${pathname} of DATABASE_URL does not answer: ${error.message || error.code}`,
    );
  });
  try {
    await client.query('SELECT pg_advisory_lock($1)', [LOCK]);
    return await work();
  } finally {
    await client.end();
  }
}

/** The text of a file in `data`, made with `make` and readable by its owner only where it is not there. */
async function kept(data: string, name: string, make: () => string): Promise<string> {
  const file = path.join(data, name);
  await mkdir(data, { recursive: true });
  await writeFile(file, make(), { mode: 0o600, flag: 'wx' }).catch((error) => {
    if (error.code !== 'EEXIST') throw error;
  });
  return readFile(file, 'utf8');
}

async function keptSecret(data: string): Promise<string> {
  return (await kept(data, 'secret', () => randomBytes(48).toString('base64url'))).trim();
}

/** DEMO_PASSWORD, or the one that the first start made. */
export async function demoPassword(data: string): Promise<string> {
  const given = config().DEMO_PASSWORD;
  if (given) return given;
  const made = () => `${JSON.stringify({ password: randomBytes(9).toString('base64url') }, null, 2)}\n`;
  return JSON.parse(await kept(data, 'demo.json', made)).password;
}
