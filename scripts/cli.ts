import { spawn } from 'node:child_process';
import { createWriteStream } from 'node:fs';
import { readFile, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import { Command } from 'commander';
import { z } from 'zod';
import { anchorCaseSchema, reanchorCases } from '@/lib/anchoring';
import { keepHeads, parseHead, verifyAudit } from '@/lib/audit';
import type { AuditFinding } from '@/lib/audit/schema';
import { config } from '@/lib/config';
import { disconnect } from '@/lib/db';
import { exportGroup } from '@/lib/export';
import { exportFilterSchema, formatSchema, separatorSchema } from '@/lib/export/schema';
import { operatorAsStaff } from '@/lib/group';
import { locales } from '@/lib/i18n';
import {
  createAccount,
  createPasswordLink,
  createTokenFor,
  findAccount,
  operator,
  scopeSchema,
  updateAccount,
} from '@/lib/identity';
import { importFile, readUpload, undoImport } from '@/lib/import';
import type { ImportOptions } from '@/lib/import/schema';
import { AppError } from '@/lib/kernel/errors';
import { getYearlyFigures } from '@/lib/moderation';
import { sendDueMail } from '@/lib/notice';
import { seedDemo, seedEdition } from '@/seed/seed';
import { bootstrap, demoPassword } from './bootstrap';
import { addEditionCommands } from './edition-commands';
import { addGroupCommands } from './group-commands';
import { formatImportReport } from './import-report';

/** The operator's command line. Only results go to stdout, so that scripts can read them. */
const program = new Command('scholion')
  .description('The operator’s command line of Scholion.')
  .showHelpAfterError();

program
  .command('demo')
  .description('make the demo accounts and seminars, and say their password')
  .action(() =>
    withDatabase(async (data) => {
      await seedEdition();
      const { password, accounts } = await seedDemo(await demoPassword(data));
      for (const { email, what } of accounts) console.log(`${email}\t${password}\t${what}`);
    }),
  );

const user = program.command('user').description('accounts');
user
  .command('link <email>')
  .description('make a link for a new password, good once within a day; hand it to its person alone')
  .action((email: string) =>
    withDatabase(async () => {
      const { url } = await createPasswordLink(operator, await accountIdOf(email));
      console.log(url);
    }),
  );
for (const [name, active] of [
  ['deactivate', false],
  ['activate', true],
] as const) {
  user
    .command(`${name} <email>`)
    .description(
      active ? 'let somebody sign in again' : 'sign somebody out everywhere, and let nobody sign in as them',
    )
    .action((email: string) =>
      withDatabase(async () => {
        await updateAccount(operator, await accountIdOf(email), { active });
      }),
    );
}

async function accountIdOf(email: string): Promise<string> {
  const account = await findAccount(email);
  if (!account) throw new Error('There is no account with this e-mail address.');
  return account.id;
}

user
  .command('add <email>')
  .description('make an account')
  .requiredOption('--name <name>', 'the name that others see')
  .option('--admin', 'manages accounts and editions')
  .option(
    '--password-stdin',
    'read the password from standard input; else the person signs in by other means',
  )
  .action(
    (
      email: string,
      { name, admin = false, passwordStdin }: { name: string; admin?: boolean; passwordStdin?: boolean },
    ) =>
      withDatabase(async () => {
        const password = passwordStdin
          ? (await readFile('/dev/stdin', 'utf8')).replace(/\r?\n$/, '')
          : undefined;
        const account = await createAccount(operator, { email, name, admin, ...(password && { password }) });
        console.log(account.id);
      }),
  );

program
  .command('digest')
  .description('send the mail with news that is due, as a running server does every five minutes')
  .option('--now', 'to everybody who wants mail and has news, whatever the hour')
  .action(({ now = false }: { now?: boolean }) =>
    withDatabase(async () => {
      if (config().SMTP_URL === undefined) throw new Error('SMTP_URL is missing: this server sends no mail.');
      console.log(await sendDueMail({ all: now }));
    }),
  );

program
  .command('token')
  .command('add <email>')
  .description('make a token for an account; it is shown this once')
  .option('--scope <scope>', 'read, or write: all that the account may do', 'read')
  .option('--no-moderation', 'with write: without moderating, and without managing groups')
  .option('--group <slug>', 'the only group that it opens')
  .option('--expires <date>', 'until when it is good, as 2027-01-31')
  .action((email: string, { scope, moderation, group, expires }: TokenOptions) =>
    withDatabase(async () => {
      const wanted = scopeSchema.safeParse(scope);
      if (!wanted.success) throw new Error('--scope is read or write.');
      const until = expires === undefined ? null : new Date(expires);
      if (until && Number.isNaN(until.getTime())) throw new Error('--expires is a date, as 2027-01-31.');
      const { token } = await createTokenFor(operator, email, {
        scope: wanted.data === 'read' ? 'read' : moderation ? 'moderate' : 'write',
        group: group ?? null,
        expires: until?.toISOString() ?? null,
      });
      console.log(token);
    }),
  );

type TokenOptions = { scope: string; moderation: boolean; group?: string; expires?: string };

addEditionCommands(program, withDatabase);
addGroupCommands(program, withDatabase);

program
  .command('anchor <file>')
  .description('a dry run of re-anchoring: reads JSON lines of passages and texts, writes where each stands')
  .action(async (file: string) => {
    const cases = (await readSource(file)).split('\n').flatMap((line, i) => {
      if (!line.trim()) return [];
      const parsed = anchorCaseSchema.safeParse(parseLine(line, i));
      if (!parsed.success) throw new Error(`Line ${i + 1}: ${z.prettifyError(parsed.error)}`);
      return [parsed.data];
    });
    for (const place of reanchorCases(cases)) {
      console.log(JSON.stringify({ start: null, end: null, ...place }, ['id', 'state', 'start', 'end']));
    }
  });

program
  .command('figures <year>')
  .description('what was noticed by anybody, decided and appealed in a year, as JSON: for the yearly report')
  .action((year: string) =>
    withDatabase(async () => {
      if (!/^20\d\d$/.test(year)) throw new Error('The year has four digits, as 2027.');
      console.log(JSON.stringify(await getYearlyFigures(operator, Number(year)), null, 2));
    }),
  );

const exporting = program
  .command('export <group>')
  .description('what the staff of a group may see of it, to standard output; ends with 1 where it breaks off')
  .requiredOption('--format <format>', formatSchema.options.join(', '))
  .option('--output <file>', 'write to a file, which appears only when it is whole')
  .option('--language <language>', `of headings: ${locales.join(', ')}`, 'en')
  .option('--separator <separator>', `of csv: ${separatorSchema.options.join(', ')}`, 'comma');
for (const name of exportFilterSchema.keyof().options) {
  if (name === 'threads') exporting.option('--threads', 'with the rest of every thread that has one of them');
  else exporting.option(`--${name} <${name}>`, 'as in the list');
}
exporting.action(
  (group: string, { format, output, language, separator, threads, ...filters }: Record<string, string>) =>
    withDatabase(async () => {
      const parsedFormat = formatSchema.safeParse(format);
      if (!parsedFormat.success) throw new Error(`--format is one of ${formatSchema.options.join(', ')}.`);
      const locale = locales.find((known) => known === language);
      if (!locale) throw new Error(`--language is one of ${locales.join(', ')}.`);
      const filter = exportFilterSchema.safeParse({ ...filters, ...(threads && { threads: '1' }) });
      if (!filter.success) throw new Error(z.prettifyError(filter.error));
      const parting = separatorSchema.safeParse(separator);
      if (!parting.success) throw new Error(`--separator is one of ${separatorSchema.options.join(', ')}.`);
      const viewer = await operatorAsStaff(operator, group);
      const file = await exportGroup(viewer, group, parsedFormat.data, filter.data, locale, {
        separator: parting.data,
      });
      if (output === undefined) await pipeline(file.bytes, process.stdout, { end: false });
      else await writeFileAtomically(file.bytes, path.resolve(process.env.SCHOLION_FROM ?? '.', output));
    }),
);

program
  .command('import <group> [file]')
  .description('bring a file of annotations in, all of it or nothing; or take an import back')
  .option('--dry-run', 'say what would come of it, and store nothing')
  .option('--skip-invalid', 'leave out what is wrong, and take the rest')
  .option('--edition <edition>', 'the edition, and')
  .option('--section <section>', 'the section that what was written on a page elsewhere is taken for')
  .option('--undo <id>', 'take the import with this id back')
  .action(
    (group: string, file: string | undefined, { undo, ...options }: ImportOptions & { undo?: string }) =>
      withDatabase(async () => {
        const viewer = await operatorAsStaff(operator, group);
        if (undo !== undefined) {
          const { removed, kept } = await undoImport(viewer, group, undo);
          console.log(`${removed} removed, ${kept} left as tombstones`);
          return;
        }
        if (file === undefined)
          throw new Error('Name the file to import, or --undo with the id of an import.');
        const bytes = new Uint8Array(await readFile(path.resolve(process.env.SCHOLION_FROM ?? '.', file)));
        const source = await readUpload(bytes, mediaTypeOf(file));
        const report = await importFile(viewer, group, source, options);
        for (const line of formatImportReport(report)) console.log(line);
      }),
  );

program
  .command('audit')
  .description('the record of what moderators and administrators did')
  .command('verify')
  .description('find whatever was altered in it; ends with 1 where something was')
  .option('--head <file>', 'a signed head that somebody kept; may be repeated', collect, [])
  .action(({ head: files }: { head: string[] }) =>
    withDatabase(async () => {
      const heads = await Promise.all(
        files.map(async (file) => {
          const head = parseHead(await readSource(file));
          if (!head) throw new Error(`${file} is no signed head.`);
          return head;
        }),
      );
      const { chains, entries, amended, findings } = await verifyAudit(heads);
      for (const finding of findings) console.log(describeFinding(finding));
      console.log(
        `${chains} chains, ${entries} entries, ${amended} of them erasures: ${findings.length} altered`,
      );
      if (findings.length > 0) throw new Error('The record was altered.');
      await keepHeads();
    }),
  );

program
  .command('bench')
  .description('measure what this machine serves, beside a bare server in the same run (`npm run bench`)')
  .action(async () => {
    // It is of the development's packages, as what it measures with.
    const child = spawn('npm', ['run', '--silent', 'bench'], { stdio: 'inherit' });
    const code = await new Promise<number | null>((resolve, reject) => {
      child.once('error', reject).once('exit', resolve);
    });
    if (code !== 0) throw new Error('The bench did not come to its end.');
  });

function collect(value: string, before: string[]): string[] {
  return [...before, value];
}

/** A finding as one line: whose record, which entry, which row of which log, and what is wrong. */
function describeFinding({ chain, group, number, source, row, what }: AuditFinding): string {
  const entry = number === null ? [] : [`entry ${number}`];
  return [group || chain, ...entry, ...(row ? [`${source} ${row}`] : []), what].join(': ');
}

/** The media type by a file's name. */
function mediaTypeOf(file: string): string {
  if (/\.zip$/i.test(file)) return 'application/zip';
  return /\.(jsonl|ndjson)$/i.test(file) ? 'application/x-ndjson' : 'application/json';
}

/** Writes a file under another name first, so that an interrupted one is never taken for it. */
async function writeFileAtomically(bytes: AsyncIterable<Uint8Array>, file: string): Promise<void> {
  const part = `${file}.part`;
  try {
    await pipeline(bytes, createWriteStream(part, { mode: 0o600 }));
    await rename(part, file);
  } catch (error) {
    await rm(part, { force: true });
    throw error;
  }
}

function parseLine(line: string, index: number): unknown {
  try {
    return JSON.parse(line);
  } catch {
    throw new Error(`Line ${index + 1} is not JSON.`);
  }
}

/** Reads a file whose path is relative to where the command was given. */
function readSource(file: string): Promise<string> {
  return readFile(path.resolve(process.env.SCHOLION_FROM ?? '.', file), 'utf8');
}

async function withDatabase(work: (data: string) => Promise<void>): Promise<void> {
  const { data, release } = await bootstrap({ seed: false });
  try {
    await work(data);
  } finally {
    await disconnect();
    await release();
  }
}

// A closed pipe (`| head`) is no error.
process.stdout.on('error', (error: NodeJS.ErrnoException) => process.exit(error.code === 'EPIPE' ? 0 : 1));

program.parseAsync().then(
  () => process.exit(0),
  (error: unknown) => {
    console.error(error instanceof Error ? error.message : error);
    if (error instanceof AppError) {
      for (const { pointer, detail, values = {} } of error.errors) {
        console.error(`  ${pointer} ${detail.replace(/\{(\w+)\}/g, (_, name) => String(values[name]))}`);
      }
    }
    process.exit(1);
  },
);
