'use client';
import { Import } from 'lucide';
import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { api } from '@/app/_ui/api-client';
import { Button } from '@/app/_ui/button';
import { Dialog, DialogButtons } from '@/app/_ui/dialog';
import { EmptyState, ProblemNotice } from '@/app/_ui/notice';
import { RowActions, Table } from '@/app/_ui/table';
import { LocalTime } from '@/app/_ui/time';
import { toast } from '@/app/_ui/toast';
import { useSubmit } from '@/app/_ui/use-submit';
import { useLocale, useTranslations } from '@/lib/i18n/client';
import { formatDate } from '@/lib/i18n/translate';
import type { ImportRecord } from '@/lib/import/schema';

/** The imports of a group, the newest first, each with a button to undo it. */
export function ImportHistory({ group, imports }: { group: string; imports: ImportRecord[] }) {
  const t = useTranslations('import');
  const common = useTranslations('common');
  const locale = useLocale();
  const router = useRouter();
  const [asked, setAsked] = useState<ImportRecord>();
  const form = useSubmit(common('failed'));
  const when = ({ created }: ImportRecord) => formatDate(locale, new Date(created), { time: true });

  async function undo({ id }: ImportRecord): Promise<void> {
    const undone = await api('DELETE /groups/:group/imports/:id', { param: { group, id } });
    setAsked(undefined);
    toast(t('undo.done', undone));
    router.refresh();
  }

  if (imports.length === 0) {
    return (
      <EmptyState icon={Import} title={t('empty')}>
        <p>{t('empty.hint')}</p>
      </EmptyState>
    );
  }
  return (
    <>
      <ProblemNotice text={form.problem} />
      <Table
        caption={t('earlier')}
        rows={imports}
        keyOf={({ id }) => id}
        columns={[
          { head: t('when'), cell: ({ created }) => <LocalTime when={created} withTime /> },
          { head: t('author.count'), cell: ({ total }) => total, isFigure: true },
          { head: t('format'), cell: ({ format }) => format },
          { head: t('by'), cell: ({ by }) => by?.name ?? t('operator') },
          {
            head: '',
            cell: (made) =>
              made.undone ? (
                <em>{t('undone')}</em>
              ) : (
                <RowActions>
                  <Button
                    look="danger"
                    small
                    aria-label={t('undoThis', { when: when(made) })}
                    onClick={() => setAsked(made)}
                  >
                    {t('undo')}
                  </Button>
                </RowActions>
              ),
          },
        ]}
      />
      {asked && (
        <Dialog title={t('undo.sure')} onClose={() => setAsked(undefined)}>
          <p>{t('undo.explanation')}</p>
          <DialogButtons>
            <Button look="quiet" onClick={() => setAsked(undefined)}>
              {t('cancel')}
            </Button>
            <Button look="destroy" busy={form.busy} onClick={() => form.run(() => undo(asked))}>
              {t('undo')}
            </Button>
          </DialogButtons>
        </Dialog>
      )}
    </>
  );
}
