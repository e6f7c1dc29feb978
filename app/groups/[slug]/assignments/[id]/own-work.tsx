'use client';
import { Check, Undo2 } from 'lucide';
import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { api } from '@/app/_ui/api-client';
import { Button } from '@/app/_ui/button';
import { TextField } from '@/app/_ui/field';
import { Notice, ProblemNotice } from '@/app/_ui/notice';
import { useSubmit } from '@/app/_ui/use-submit';
import { REQUEST_LIMIT } from '@/lib/assignment/constants';
import type { Assignment } from '@/lib/assignment/schema';
import { useTranslations } from '@/lib/i18n/client';
import styles from '../assignments.module.css';

type Props = { group: string; id: string; mine: NonNullable<Assignment['mine']>; isClosed: boolean };

/** What a student says of their own work: that they are done, or that they need more time; and their grade. */
export function OwnWork({ group, id, mine, isClosed }: Props) {
  const t = useTranslations('assignments');
  const common = useTranslations('common');
  const router = useRouter();
  const form = useSubmit(common('failed'));
  const [isAsking, setIsAsking] = useState(false);
  const [reason, setReason] = useState('');
  const param = { group, id };

  function run(work: () => Promise<unknown>): void {
    void form.run(async () => {
      await work();
      setIsAsking(false);
      router.refresh();
    });
  }

  return (
    <>
      <ProblemNotice text={form.problem} />
      {mine.grade !== null && (
        <Notice>
          <p>{t('mine.grade', { grade: mine.grade })}</p>
          {mine.comment !== '' && <p dir="auto">{mine.comment}</p>}
        </Notice>
      )}
      {mine.done && <p>{t('mine.saidDone')}</p>}
      {mine.request !== null && <p>{t('mine.asked', { reason: mine.request })}</p>}
      <div className={styles.actions}>
        <Button
          icon={mine.done ? Undo2 : Check}
          busy={form.busy}
          onClick={() =>
            run(() =>
              mine.done
                ? api('DELETE /groups/:group/assignments/:id/done', { param })
                : api('PUT /groups/:group/assignments/:id/done', { param }),
            )
          }
        >
          {t(mine.done ? 'mine.notDone' : 'mine.done')}
        </Button>
        {mine.request !== null ? (
          <Button
            look="quiet"
            busy={form.busy}
            onClick={() =>
              run(() => api('DELETE /groups/:group/assignments/:id/extension-request', { param }))
            }
          >
            {t('mine.askBack')}
          </Button>
        ) : (
          !isClosed &&
          !isAsking && (
            <Button look="quiet" onClick={() => setIsAsking(true)}>
              {t('mine.ask')}
            </Button>
          )
        )}
      </div>
      {isAsking && (
        <form
          method="post"
          className="stack"
          onSubmit={(event) => {
            event.preventDefault();
            run(() =>
              api('PUT /groups/:group/assignments/:id/extension-request', { param, json: { reason } }),
            );
          }}
        >
          <TextField
            label={t('mine.askReason')}
            required
            maxLength={REQUEST_LIMIT}
            value={reason}
            error={form.errorOf('reason')}
            onChange={({ currentTarget }) => setReason(currentTarget.value)}
          />
          <div className={styles.actions}>
            <Button type="submit" look="primary" busy={form.busy}>
              {t('mine.askSend')}
            </Button>
            <Button look="quiet" onClick={() => setIsAsking(false)}>
              {common('cancel')}
            </Button>
          </div>
        </form>
      )}
    </>
  );
}
