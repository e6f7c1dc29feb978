'use client';
import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { api } from '@/app/_ui/api-client';
import { Button } from '@/app/_ui/button';
import { Dialog, DialogButtons } from '@/app/_ui/dialog';
import { ProblemNotice } from '@/app/_ui/notice';
import { toast } from '@/app/_ui/toast';
import { useSubmit } from '@/app/_ui/use-submit';
import { useTranslations } from '@/lib/i18n/client';

/** Publishes the draft that is shown, after a confirmation. */
export function PublishButton({
  edition,
  sha256,
  revision,
}: {
  edition: string;
  sha256: string;
  revision: number;
}) {
  const t = useTranslations('account');
  const common = useTranslations('common');
  const router = useRouter();
  const [asking, setAsking] = useState(false);
  const { busy, problem, run } = useSubmit(common('failed'));
  const publish = () =>
    run(async () => {
      await api('POST /editions/:edition/publication', { param: { edition }, json: { sha256 } });
      setAsking(false);
      toast(t('correct.published', { number: revision }));
      router.refresh();
    });
  return (
    <>
      <p>
        <Button look="primary" onClick={() => setAsking(true)}>
          {t('correct.publish')}
        </Button>
      </p>
      {asking && (
        <Dialog title={t('correct.sure', { number: revision })} onClose={() => setAsking(false)}>
          <p>{t('correct.sureHint')}</p>
          <ProblemNotice text={problem} />
          <DialogButtons>
            <Button look="quiet" onClick={() => setAsking(false)}>
              {t('correct.notNow')}
            </Button>
            <Button look="primary" busy={busy} onClick={publish}>
              {t('correct.publishIt')}
            </Button>
          </DialogButtons>
        </Dialog>
      )}
    </>
  );
}
