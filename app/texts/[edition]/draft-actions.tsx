'use client';
import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { api } from '@/app/_ui/api-client';
import { Button } from '@/app/_ui/button';
import { Dialog } from '@/app/_ui/dialog';
import { ProblemNotice } from '@/app/_ui/notice';
import { toast } from '@/app/_ui/toast';
import { useSubmit } from '@/app/_ui/use-submit';
import { useTranslations } from '@/lib/i18n/client';

/** Publishes the draft that is shown, or discards it after a confirmation. */
export function DraftActions({
  edition,
  sha256,
  isFirst,
}: {
  edition: string;
  sha256: string;
  isFirst: boolean;
}) {
  const t = useTranslations('texts');
  const common = useTranslations('common');
  const router = useRouter();
  const [isAsking, setAsking] = useState(false);
  const { busy, problem, run } = useSubmit(common('failed'));
  const publish = () =>
    run(async () => {
      await api('POST /editions/:edition/publication', { param: { edition }, json: { sha256 } });
      toast(t('published'));
      if (isFirst) router.push(`/editions/${encodeURIComponent(edition)}`);
      else router.refresh();
    });
  const discard = () =>
    run(async () => {
      await api('DELETE /editions/:edition/draft', { param: { edition } });
      setAsking(false);
      toast(t('discarded'));
      if (isFirst) router.push('/texts/new');
      else router.refresh();
    });
  return (
    <>
      {!isAsking && <ProblemNotice text={problem} />}
      <div className="row">
        <Button look="primary" busy={busy} onClick={publish}>
          {t('publish')}
        </Button>
        <Button onClick={() => setAsking(true)}>{t('discard')}</Button>
      </div>
      {isAsking && (
        <Dialog title={t('discard.sure')} onClose={() => setAsking(false)}>
          <p>{t('discard.text')}</p>
          <ProblemNotice text={problem} />
          <div className="row">
            <Button look="danger" busy={busy} onClick={discard}>
              {t('discard')}
            </Button>
            <Button onClick={() => setAsking(false)}>{t('cancel')}</Button>
          </div>
        </Dialog>
      )}
    </>
  );
}
