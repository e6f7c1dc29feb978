'use client';
import { useEffect, useState } from 'react';
import { useTranslations } from '@/lib/i18n/client';
import { renderPreview } from '../data/mutations';
import styles from './editor.module.css';
import { RenderedBody } from './rendered-body';

/** Markdown rendered by the server, just as others will see it. */
export default function Preview({ body }: { body: string }) {
  const t = useTranslations('annotation');
  const [html, setHtml] = useState<string | null>(null);
  const [failed, setFailed] = useState(false);

  useEffect(() => {
    const stop = new AbortController();
    setFailed(false);
    if (body.trim() !== '') {
      renderPreview(body, stop.signal)
        .then(setHtml)
        .catch(() => setFailed(!stop.signal.aborted));
    }
    return () => stop.abort();
  }, [body]);

  if (body.trim() === '') return <p className={styles.hint}>{t('previewEmpty')}</p>;
  if (failed) return <p className={styles.error}>{t('previewFailed')}</p>;
  return (
    <div className={styles.preview}>
      {html === null ? <p className={styles.hint}>{t('loading')}</p> : <RenderedBody html={html} />}
    </div>
  );
}
