import { startEmbedded } from '@/lib/db/embedded';
import { migrate } from '@/lib/db/migrate';

/** Runs the Postgres of the tests until it is told to end, and prints the address of its migrated template. */
async function main(): Promise<void> {
  const { url, stop } = await startEmbedded(process.env.SCHOLION_DATA as string, { fast: true });
  await migrate(url);
  process.removeAllListeners('SIGTERM');
  process.on('SIGTERM', () => stop().then(() => process.exit(0)));
  console.log(url);
  setInterval(() => {}, 60_000);
}

main();
