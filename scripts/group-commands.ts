import type { Command } from 'commander';
import { getGradebook, getOverview } from '@/lib/assignment';
import { accessSchema, operatorAsStaff, provisionGroup } from '@/lib/group';
import { findAccount, operator } from '@/lib/identity';

type GroupOptions = { name: string; owner: string; access: string; edition?: string };

/** What an operator needs of a term: a seminar made for its instructor, what its students did, and their grades. */
export function addGroupCommands(
  program: Command,
  withDatabase: (work: () => Promise<void>) => Promise<void>,
): void {
  const group = program.command('group').description('seminars');
  group
    .command('add <slug>')
    .description('make a seminar for its owner')
    .requiredOption('--name <name>', 'what it is called')
    .requiredOption('--owner <email>', 'the account of its owner')
    .option('--access <access>', accessSchema.options.join(', '), 'private')
    .option('--edition <slug>', 'the first text of its reading list')
    .action((slug: string, { name, owner, access, edition }: GroupOptions) =>
      withDatabase(async () => {
        const wanted = accessSchema.safeParse(access);
        if (!wanted.success) throw new Error(`--access is one of ${accessSchema.options.join(', ')}.`);
        if (!(await findAccount(owner))) throw new Error('There is no account with this e-mail address.');
        const input = { slug, name, access: wanted.data, edition: edition ?? null };
        const isNew = await provisionGroup(operator, input, [{ email: owner, role: 'owner' }]);
        if (!isNew) throw new Error('There is a seminar with this address already.');
        console.log(slug);
      }),
    );
  group
    .command('progress <slug>')
    .description('what each student did, as JSON lines: in all assignments, or in one')
    .option('--assignment <id>', 'the only one that counts')
    .action((slug: string, { assignment }: { assignment?: string }) =>
      withDatabase(async () => {
        const viewer = await operatorAsStaff(operator, slug);
        for (const row of await getOverview(viewer, slug, assignment)) console.log(JSON.stringify(row));
      }),
    );
  group
    .command('gradebook <slug>')
    .description('the gradebook as CSV')
    .action((slug: string) =>
      withDatabase(async () => {
        process.stdout.write(await getGradebook(await operatorAsStaff(operator, slug), slug));
      }),
    );
}
