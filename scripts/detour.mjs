import { spawn } from 'node:child_process';
import { detour } from './prepared.mjs';

/**
 * Runs `work` here, or, where root's embedded Postgres could not reach this checkout, this whole script again in a
 * way that it can (see `detour`), passing signals on and ending as it ends. An Error that `work` throws is told by its
 * message alone: it is meant for the operator.
 */
export async function runReachable(work) {
  try {
    const command = process.env.DATABASE_URL && !process.env.SCHOLION_TESTING ? undefined : detour();
    if (!command) return await work();
    const [program, ...args] = command;
    const child = spawn(program, args, {
      stdio: 'inherit',
      env: { ...process.env, SCHOLION_DETOUR: '1' },
    });
    // A terminal's Ctrl-C reaches the child by itself; what is sent to this process alone is passed on.
    process.on('SIGINT', () => {});
    process.on('SIGTERM', () => child.kill('SIGTERM'));
    process.exitCode = await new Promise((resolve) => {
      child.on('error', () => resolve(1));
      child.on('exit', (code, signal) => resolve(code ?? (signal === 'SIGINT' ? 130 : 143)));
    });
  } catch (error) {
    console.error(`\n${error instanceof Error ? (process.env.DEBUG ? error.stack : error.message) : error}`);
    process.exitCode = 1;
  }
}
