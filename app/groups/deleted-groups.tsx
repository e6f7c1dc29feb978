'use client';
import { useRouter } from 'next/navigation';
import { api } from '@/app/_ui/api-client';
import { Button } from '@/app/_ui/button';
import { ProblemNotice } from '@/app/_ui/notice';
import { RowActions, Table } from '@/app/_ui/table';
import { LocalTime } from '@/app/_ui/time';
import { toast } from '@/app/_ui/toast';
import { useSubmit } from '@/app/_ui/use-submit';
import type { DeletedGroup } from '@/lib/group/schema';
import { useTranslations } from '@/lib/i18n/client';

/** The deleted groups that the viewer can bring back. */
export function DeletedGroups({ groups }: { groups: DeletedGroup[] }) {
  const t = useTranslations('groups');
  const common = useTranslations('common');
  const router = useRouter();
  const form = useSubmit(common('failed'));
  function restore(group: string): void {
    void form.run(async () => {
      await api('DELETE /deleted-groups/:group', { param: { group } });
      toast(t('delete.restored'));
      router.refresh();
    });
  }
  return (
    <>
      <ProblemNotice text={form.problem} />
      <Table
        caption={t('delete.list')}
        rows={groups}
        keyOf={({ slug }) => slug}
        columns={[
          { head: t('field.name'), cell: ({ name }) => name },
          { head: t('delete.when'), cell: ({ deleted }) => <LocalTime when={deleted} /> },
          {
            head: '',
            cell: ({ slug, name }) => (
              <RowActions>
                <Button
                  small
                  busy={form.busy}
                  aria-label={t('delete.restoreThis', { name })}
                  onClick={() => restore(slug)}
                >
                  {t('delete.restore')}
                </Button>
              </RowActions>
            ),
          },
        ]}
      />
    </>
  );
}
