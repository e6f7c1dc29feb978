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
import styles from '../texts.module.css';

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
      // Loaded as a whole: the server writes its text once (KeptHtml).
      if (isFirst) window.location.assign(`/editions/${encodeURIComponent(edition)}`);
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
      <div className={styles.foot}>
        <span className={`muted ${styles.unseen}`}>{isFirst && t('unseen')}</span>
        <Button look="quiet" onClick={() => setAsking(true)}>
          {t('discard')}
        </Button>
        <Button look="primary" busy={busy} onClick={publish}>
          {t('publish')}
        </Button>
      </div>
      {isAsking && (
        <Dialog title={t('discard.sure')} onClose={() => setAsking(false)}>
          <p>{t('discard.text')}</p>
          <ProblemNotice text={problem} />
          <DialogButtons>
            <Button look="quiet" onClick={() => setAsking(false)}>
              {t('cancel')}
            </Button>
            <Button look="destroy" busy={busy} onClick={discard}>
              {t('discard.do')}
            </Button>
          </DialogButtons>
        </Dialog>
      )}
    </>
  );
}
