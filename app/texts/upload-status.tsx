'use client';
import { Button } from '@/app/_ui/button';
import { ProblemNotice } from '@/app/_ui/notice';
import { useTranslations } from '@/lib/i18n/client';
import styles from './texts.module.css';
import type { Upload } from './use-upload';

/** What an upload is doing, a way to stop it, and what was wrong with the file, with its places. */
export function UploadStatus({ upload: { busy, sent, problem, stopped, stop } }: { upload: Upload }) {
  const t = useTranslations('texts');
  const common = useTranslations('common');
  return (
    <>
      <div role="status">
        {busy && (
          <div className={styles.status}>
            {/* The sentence is announced once for each of the two; the share changes in silence. */}
            <span>{sent < 1 ? t('sending') : t('reading')}</span>
            {sent < 1 ? (
              <progress value={sent} aria-label={t('sending')} />
            ) : (
              <progress aria-label={t('reading')} />
            )}
            {sent < 1 && <span aria-hidden="true">{t('sent', { share: Math.floor(sent * 100) })}</span>}
            <Button onClick={stop}>{t('cancel')}</Button>
          </div>
        )}
        {stopped && <p>{t('cancelled')}</p>}
      </div>
      <ProblemNotice text={problem ? problem.detail || problem.title || common('failed') : undefined} />
      {problem && problem.errors.length > 0 && (
        <ul>
          {problem.errors.map(({ pointer, detail }) => (
            <li key={pointer + detail}>{detail}</li>
          ))}
        </ul>
      )}
    </>
  );
}
