import { type ChildProcess, spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import path from 'node:path';

/** A server in a process of its own, as it was built. */
export type ServerProcess = { child: ChildProcess; url: string; output: () => string };

/** A port of the loopback interface that nobody listens on. */
export function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
    });
  });
}

/** Whether nobody listens on a port. */
export function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer().listen(port, '0.0.0.0', () => server.close(() => resolve(true)));
    server.on('error', () => resolve(false));
  });
}

/**
 * Starts the server as `npm start` does, with an embedded database and the demo in `data` unless `environment` has
 * a DATABASE_URL, and waits until it has said where it is and with which accounts. Rejects with what it printed where it ends before.
 */
export async function startServerProcess(
  data: string,
  environment: Record<string, string> = {},
): Promise<ServerProcess> {
  const port = environment.PORT ?? String(await freePort());
  const {
    DATABASE_URL: _,
    NEXTAUTH_SECRET: __,
    SCHOLION_DEMO: ___,
    DEMO_PASSWORD: ____,
    ...inherited
  } = process.env;
  const env = { ...inherited, PORT: port, SCHOLION_DATA: data, LOG_LEVEL: 'warn', ...environment };
  const child = spawn(process.execPath, ['scripts/start.mjs'], { env });
  let text = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk) => {
      text += chunk;
    });
  }
  await new Promise<void>((resolve, reject) => {
    child.stdout.on('data', () => text.includes('nothing is lost') && resolve());
    child.on('exit', (code) => reject(new Error(`ended with ${code}:\n${text}`)));
  });
  return { child, url: `http://localhost:${port}`, output: () => text };
}

/** The exit code of a process once it has ended. */
export function ended(child: ChildProcess): Promise<number | null> {
  if (child.exitCode !== null || child.signalCode !== null) return Promise.resolve(child.exitCode);
  return new Promise((resolve) => child.on('exit', resolve));
}

/** The process id of the Postgres that is embedded in `data`. */
export function postgresPid(data: string): number {
  return Number(readFileSync(path.join(data, 'postgres', 'postmaster.pid'), 'utf8').split('\n')[0]);
}

/** The cookies of a session that a password opens, by next-auth's own way in. */
export async function signInByPassword(url: string, email: string, password: string): Promise<string> {
  const first = await fetch(`${url}/api/auth/csrf`);
  const jar = first.headers.getSetCookie().map((cookie) => cookie.split(';')[0]);
  const { csrfToken } = (await first.json()) as { csrfToken: string };
  const response = await fetch(`${url}/api/auth/callback/credentials`, {
    method: 'POST',
    redirect: 'manual',
    headers: { cookie: jar.join('; ') },
    body: new URLSearchParams({ csrfToken, email, password, json: 'true' }),
  });
  if (response.status !== 200) throw new Error(`${email} is not let in: ${response.status}`);
  return [...jar, ...response.headers.getSetCookie().map((cookie) => cookie.split(';')[0])].join('; ');
}
