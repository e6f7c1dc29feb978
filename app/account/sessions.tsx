'use client';
import { useRouter } from 'next/navigation';
import { useTranslations } from '@/lib/i18n/client';
import type { OpenSession } from '@/lib/identity/schema';
import { api } from '../_ui/api-client';
import { Button } from '../_ui/button';
import { ProblemNotice } from '../_ui/notice';
import { RowActions, Table } from '../_ui/table';
import { LocalTime } from '../_ui/time';
import { toast } from '../_ui/toast';
import { useSubmit } from '../_ui/use-submit';

/** Where the viewer is signed in, with a way to sign the other browsers out. */
export function Sessions({ sessions }: { sessions: OpenSession[] }) {
  const t = useTranslations('account');
  const common = useTranslations('common');
  const router = useRouter();
  const form = useSubmit(common('failed'));

  function end(work: () => Promise<unknown>): void {
    void form.run(async () => {
      await work();
      toast(t('sessions.ended'));
      router.refresh();
    });
  }

  return (
    <>
      <ProblemNotice text={form.problem} />
      <Table
        caption={t('sessions.title')}
        rows={sessions}
        keyOf={({ id }) => id}
        columns={[
          { head: t('sessions.since'), cell: ({ created }) => <LocalTime when={created} withTime /> },
          { head: t('sessions.until'), cell: ({ expires }) => <LocalTime when={expires} /> },
          {
            head: '',
            cell: ({ id, current }) =>
              current ? (
                t('sessions.current')
              ) : (
                <RowActions>
                  <Button
                    look="danger"
                    small
                    busy={form.busy}
                    onClick={() => end(() => api('DELETE /me/sessions/:id', { param: { id } }))}
                  >
                    {t('sessions.end')}
                  </Button>
                </RowActions>
              ),
          },
        ]}
      />
      {sessions.length > 1 && (
        <p>
          <Button busy={form.busy} onClick={() => end(() => api('DELETE /me/sessions', {}))}>
            {t('sessions.endAll')}
          </Button>
        </p>
      )}
    </>
  );
}
