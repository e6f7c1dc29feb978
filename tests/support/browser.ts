import { existsSync } from 'node:fs';
import chromium from '@sparticuz/chromium';

const INSTALLED = ['/usr/bin/chromium', '/usr/bin/google-chrome', '/usr/bin/google-chrome-stable'];

// A closed network must not slow the browser down.
const QUIET = [
  ...['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-sync'],
  ...['--disable-background-networking', '--disable-component-update'],
];

// What that browser's package asks for beyond them: the tests want the same-origin policy, and processes.
const UNWANTED = new Set([
  ...['--headless', '--single-process', '--disable-web-security', '--allow-running-insecure-content'],
  ...['--disable-site-isolation-trials', '--disable-features'],
]);

/** The browser of this machine, else the one that npm carries (unpacked into the temporary folder). */
export async function browserOptions(): Promise<{ executablePath: string; args: string[] }> {
  const installed = process.env.CHROMIUM ?? INSTALLED.find((file) => existsSync(file));
  if (installed) return { executablePath: installed, args: QUIET };
  const args = chromium.args.filter((arg) => !UNWANTED.has(arg.split('=')[0] as string));
  return { executablePath: await chromium.executablePath(), args };
}
