import { EmptyState } from '@/app/_ui/notice';
import { Table } from '@/app/_ui/table';
import { LocalTime } from '@/app/_ui/time';
import { getTranslator } from '@/lib/i18n/server';
import type { AccountDetails } from '@/lib/identity/schema';

/** What was done to an account by others, or by a link, newest first. */
export async function AccountChanges({
  title,
  changes,
}: {
  title: string;
  changes: AccountDetails['changes'];
}) {
  const t = await getTranslator('account');
  if (changes.length === 0) return <EmptyState title={t('changes.none')} />;
  return (
    <Table
      caption={title}
      rows={changes}
      keyOf={({ kind, created }) => `${kind} ${created}`}
      columns={[
        {
          head: t('changes.what'),
          cell: ({ kind, other }) => t(`changes.${kind}`, { name: other?.name ?? '' }),
        },
        {
          head: t('changes.who'),
          cell: ({ actor, kind }) =>
            actor?.name ?? t(kind === 'password-set' ? 'changes.link' : 'changes.operator'),
        },
        { head: t('changes.when'), cell: ({ created }) => <LocalTime when={created} withTime /> },
      ]}
    />
  );
}
