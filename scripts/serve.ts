/** The server's process: prepares, serves, and ends in order on SIGINT and SIGTERM. */
import { networkInterfaces } from 'node:os';
import { config } from '@/lib/config';
import { startServer } from '../server';
import { type Prepared, prepare } from './prepare';

let prepared: Prepared | undefined;
let server: Awaited<ReturnType<typeof startServer>> | undefined;
let ending = false;

async function end(code: number): Promise<void> {
  if (ending) return;
  ending = true;
  // Whatever hangs, the database is ended, and this process too.
  const patience = setTimeout(() => process.exit(code || 1), 10_000);
  await server?.close().catch((error) => console.error(error));
  await prepared?.stop().catch((error) => console.error(error));
  clearTimeout(patience);
  process.exit(code);
}

for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => void end(0));

try {
  prepared = await prepare();
  server = await startServer({ dev: process.env.NODE_ENV === 'development' });
  announce(prepared);
} catch (error) {
  const { code, message } = error as NodeJS.ErrnoException;
  console.error(code === 'EADDRINUSE' ? `Port ${config().PORT} is taken. Set PORT to another.` : message);
  if (process.env.DEBUG) console.error(error);
  await end(1);
}

function announce({ demo }: Prepared): void {
  const { address, HOST, PORT } = config();
  const lines = [`\nScholion reads at ${address}`];
  if (HOST === '0.0.0.0' && !process.env.SCHOLION_URL) {
    const others = Object.values(networkInterfaces())
      .flatMap((list) => list ?? [])
      .filter(({ family, internal }) => family === 'IPv4' && !internal);
    if (others[0]) lines.push(`(from other machines: set SCHOLION_URL=http://${others[0].address}:${PORT})`);
  }
  if (demo) {
    lines.push(`\nDemo accounts, password ${demo.password}`);
    for (const { email, role } of demo.accounts) lines.push(`  ${email.padEnd(28)} ${role}`);
  }
  lines.push('\nCtrl-C ends it.');
  console.log(lines.join('\n'));
}
