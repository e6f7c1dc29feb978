/** `npm run scholion -- …`: what an operator does without a browser. What a command prints on stdout is its result alone. */
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { Command, InvalidArgumentError, Option } from 'commander';
import { ZodError } from 'zod';
import { reanchorSection } from '@/lib/annotation';
import { config } from '@/lib/config';
import { disconnect } from '@/lib/db';
import { importEdition, publishEdition } from '@/lib/edition';
import { exportGroup } from '@/lib/export';
import { filterSchema } from '@/lib/annotation/schema';
import { formatSchema } from '@/lib/export/schema';
import { addToken, createUser, operator } from '@/lib/identity';
import { AppError } from '@/lib/kernel/errors';
import { groupStaff } from '@/lib/group';
import { seedDemo, seedEdition } from '../seed/seed';
import { demoPassword, type Prepared, prepare } from './prepare';

let prepared: Prepared | undefined;

/** A command's work with the database ready, whoever runs it. */
function ready<Args extends unknown[]>(work: (...args: Args) => Promise<void>) {
  return async (...args: Args): Promise<void> => {
    prepared = await prepare({ seed: false });
    await work(...args);
  };
}

function say(text: string): void {
  process.stdout.write(`${text}\n`);
}

async function readStdin(): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of process.stdin) chunks.push(chunk);
  return Buffer.concat(chunks).toString('utf8');
}

const program = new Command('scholion').description('Scholion at the command line').showHelpAfterError();

program
  .command('demo')
  .description('make the demo accounts and seminars where they are missing, and print them')
  .action(
    ready(async () => {
      await seedEdition();
      const password = await demoPassword(config().SCHOLION_DATA);
      for (const { email, role } of await seedDemo(password)) say(`${email}\t${password}\t${role}`);
    }),
  );

const user = program.command('user').description('accounts');
user
  .command('add <email>')
  .description('make an account')
  .requiredOption('--name <name>', 'what the person is called')
  .option('--admin', 'manages accounts and editions', false)
  .option('--password-stdin', 'read the password from standard input; else the person signs in by other means')
  .action(
    ready(async (email: string, options: { name: string; admin: boolean; passwordStdin?: boolean }) => {
      const password = options.passwordStdin ? (await readStdin()).replace(/\r?\n$/, '') : undefined;
      const { name, admin } = options;
      say((await createUser(operator, { email, name, admin, password })).id);
    }),
  );

const token = program.command('token').description('tokens for scripts');
token
  .command('add <email>')
  .description("make a token for a person's account and print it, once")
  .addOption(new Option('--scope <scope>', 'what it may do').choices(['read', 'write']).default('read'))
  .action(
    ready(async (email: string, { scope }: { scope: 'read' | 'write' }) => {
      say((await addToken(operator, email, scope)).token);
    }),
  );

const edition = program.command('edition').description('editions');
edition
  .command('import <file>')
  .description('take a TEI file in as a draft')
  .action(
    ready(async (file: string) => {
      const source = await readFile(path.resolve(process.env.SCHOLION_FROM ?? '.', file), 'utf8').catch(() => {
        throw new InvalidArgumentError(`There is no file ${file} to read.`);
      });
      const { slug, revision, sections, unchanged } = await importEdition(source);
      say(`${slug}\trevision ${revision}\t${sections} sections${unchanged ? '\tunchanged' : ''}`);
    }),
  );
edition
  .command('publish <slug>')
  .description('make the draft the current revision, and re-anchor all annotations')
  .action(
    ready(async (slug: string) => {
      const { revision, changed } = await publishEdition(slug, reanchorSection);
      say(`${slug}\trevision ${revision}\t${changed.length} sections changed`);
    }),
  );

program
  .command('export <group>')
  .description("write a group's annotations to standard output, as its staff sees them")
  .addOption(new Option('--format <format>').choices(formatSchema.options).default('jsonld'))
  .action(
    ready(async (group: string, { format }: { format: (typeof formatSchema.options)[number] }) => {
      const viewer = await groupStaff(operator, group);
      const file = await exportGroup(viewer, group, format, filterSchema.parse({}), 'en');
      for await (const text of file.text) if (!process.stdout.write(text)) await drained();
    }),
  );

function drained(): Promise<void> {
  return new Promise((resolve) => process.stdout.once('drain', resolve));
}

/** What went wrong, as sentences for an operator. */
function sentences(error: unknown): string {
  if (error instanceof ZodError)
    return error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`).join('\n');
  if (error instanceof AppError) {
    const filled = [error.message, ...error.errors.map(({ pointer, detail }) => `${pointer}: ${detail}`)];
    return filled.join('\n');
  }
  return process.env.DEBUG && error instanceof Error ? `${error.stack}` : `${(error as Error).message}`;
}

try {
  await program.parseAsync();
} catch (error) {
  console.error(sentences(error));
  process.exitCode = 1;
} finally {
  await disconnect();
  await prepared?.stop();
}
