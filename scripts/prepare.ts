import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { config } from '@/lib/config';
import { startEmbedded } from '@/lib/db/embedded';
import { migrate } from '@/lib/db/migrate';

/** What was made ready, and how to end what was started for it. */
export type Prepared = { embedded: boolean; data: string; release: () => Promise<void> };

/**
 * Fills in what the environment leaves out, and brings the database up to date. Without DATABASE_URL the embedded
 * Postgres of SCHOLION_DATA is started, with a secret of its own; with one nothing embedded starts, and a missing
 * secret is an error that says what to do.
 */
export async function prepare(): Promise<Prepared> {
  const data = process.env.SCHOLION_DATA ?? '.data';
  const embedded = !process.env.DATABASE_URL;
  let release = async () => {};
  if (embedded) {
    const postgres = await startEmbedded(data);
    release = postgres.stop;
    process.env.DATABASE_URL = postgres.url;
    process.env.NEXTAUTH_SECRET ??= await secretOf(path.join(data, 'secret'));
  }
  const { DATABASE_URL, address } = config();
  // next-auth reads its address from the environment alone.
  process.env.NEXTAUTH_URL = address;
  await migrate(DATABASE_URL);
  return { embedded, data, release };
}

/** The secret kept in `file`, made at the first start; readable by its owner only. */
async function secretOf(file: string): Promise<string> {
  if (existsSync(file)) return (await readFile(file, 'utf8')).trim();
  const secret = randomBytes(48).toString('base64');
  await writeFile(file, `${secret}\n`, { mode: 0o600 });
  return secret;
}
