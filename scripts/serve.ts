import { setFlagsFromString } from 'node:v8';
import { config } from '@/lib/config';
import { startServer } from '@/server';
import { type BootstrapResult, bootstrap } from './bootstrap';

// V8 lets its heap grow with the machine's memory, so garbage of an export would stay for long. Measured: half the peak
// memory at hardly any cost in time (docs/benchmarks/export.md).
setFlagsFromString('--heap-growing-percent=60');

let prepared: BootstrapResult | undefined;
let server: Awaited<ReturnType<typeof startServer>> | undefined;
let ending = false;

/** What `npm start` runs once everything is built. */
async function serve(): Promise<void> {
  prepared = await bootstrap();
  // The library of the embedded database would stop it at once, under requests that are still being answered.
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.removeAllListeners(signal);
    process.on(signal, () => end(0));
  }
  server = await startServer({ dev: process.env.NODE_ENV === 'development' });
  console.log(`\n  Scholion is at ${config().address}\n`);
  if (!prepared.demo) return;
  console.log(`  Demo accounts, all with the password ${prepared.demo.password}`);
  for (const { email, what } of prepared.demo.accounts) console.log(`    ${email.padEnd(28)} ${what}`);
  console.log('\n  Ctrl-C stops everything; nothing is lost.\n');
}

async function end(code: number): Promise<void> {
  if (ending) return;
  ending = true;
  prepared?.leave();
  // Exit even if something hangs.
  setTimeout(() => process.exit(1), 10_000).unref();
  await server?.close().catch((error) => console.error(error));
  await prepared?.release().catch((error) => console.error(error));
  process.exit(code);
}

serve().catch((error: NodeJS.ErrnoException) => {
  const taken = error.code === 'EADDRINUSE';
  console.error(`\n${taken ? `Port ${config().PORT} is taken. Set PORT to another one.` : error.message}\n`);
  if (process.env.DEBUG) console.error(error);
  return end(1);
});
