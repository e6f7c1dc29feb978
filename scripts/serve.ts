import { readFile } from 'node:fs/promises';
import { config } from '@/lib/config';
import { seedDemo, seedEdition } from '@/seed/seed';
import { startServer } from '@/server';
import { prepare } from './prepare';

/** What `npm start` runs once everything is built. */
async function serve(): Promise<void> {
  const { embedded, data, release } = await prepare();
  const demo = embedded || config().SCHOLION_DEMO === '1';
  await seedEdition(await readFile('seed/gheorghiu-2009.xml', 'utf8'));
  const accounts = demo ? await seedDemo(data) : undefined;
  const server = await startServer();

  let ending = false;
  async function end(): Promise<void> {
    if (ending) return;
    ending = true;
    await server.close();
    await release();
    process.exit(0);
  }
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    // The embedded database's library would stop it first, under the requests that are still being answered.
    process.removeAllListeners(signal);
    process.on(signal, end);
  }

  console.log(`\n  Scholion is at ${config().address}\n`);
  if (accounts) {
    console.log(`  Demo accounts, all with the password ${accounts.password}`);
    for (const { email, what } of accounts.accounts) console.log(`    ${email.padEnd(28)} ${what}`);
    console.log('\n  Ctrl-C stops everything; nothing is lost.\n');
  }
}

serve().catch((error: unknown) => {
  console.error(`\n${error instanceof Error ? error.message : error}\n`);
  process.exit(1);
});
