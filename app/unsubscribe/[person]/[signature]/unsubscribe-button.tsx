'use client';
import { useState } from 'react';
import { api } from '@/app/_ui/api-client';
import { Button } from '@/app/_ui/button';
import { Notice, ProblemNotice } from '@/app/_ui/notice';
import { useSubmit } from '@/app/_ui/use-submit';
import { useTranslations } from '@/lib/i18n/client';

/** Ends mail with news, without signing in. */
export function UnsubscribeButton({ person, signature }: { person: string; signature: string }) {
  const t = useTranslations('notices');
  const common = useTranslations('common');
  const [isDone, setDone] = useState(false);
  const form = useSubmit(common('failed'));
  return (
    <div role="status">
      {isDone ? (
        <Notice look="success">
          <p>{t('mail.unsubscribed')}</p>
        </Notice>
      ) : (
        <>
          <ProblemNotice text={form.problem} />
          <Button
            look="primary"
            busy={form.busy}
            onClick={() =>
              void form.run(async () => {
                await api('POST /unsubscribe/:person/:signature', { param: { person, signature } });
                setDone(true);
              })
            }
          >
            {t('mail.unsubscribe')}
          </Button>
        </>
      )}
    </div>
  );
}
