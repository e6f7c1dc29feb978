import { mkdir, readdir, readFile, rename, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { config } from '@/lib/config';
import { type SignedHead, signedHeadSchema } from './schema';
import * as store from './store';

/**
 * The newest signed head of each chain is kept in the data folder, out of reach of whoever has the database alone. A folder
 * is for one database, since several may share a data folder.
 */
async function folderOfDatabase(): Promise<string> {
  return path.join(config().SCHOLION_DATA, 'audit', await store.selectDatabaseName());
}

/** The kept heads by chain; null for a file that is no signed head. */
export async function readKeptHeads(): Promise<Map<string, SignedHead | null>> {
  const folder = await folderOfDatabase();
  const names = await readdir(folder).catch((error) => {
    if (error.code === 'ENOENT') return [];
    throw error;
  });
  const heads = new Map<string, SignedHead | null>();
  for (const name of names.filter((file) => file.endsWith('.json'))) {
    heads.set(path.basename(name, '.json'), parseHead(await readFile(path.join(folder, name), 'utf8')));
  }
  return heads;
}

/** A signed head as it was kept in a file; null where it is none. */
export function parseHead(text: string): SignedHead | null {
  try {
    return signedHeadSchema.parse(JSON.parse(text));
  } catch {
    return null;
  }
}

/** Keeps a head in place of the earlier one of its chain; a crash leaves one of the two. */
export async function keepHead(head: SignedHead): Promise<void> {
  const folder = await folderOfDatabase();
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const file = path.join(folder, `${head.chain}.json`);
  const part = `${file}.${process.pid}.part`;
  await writeFile(part, `${JSON.stringify(head)}\n`, { mode: 0o600 });
  await rename(part, file);
}
