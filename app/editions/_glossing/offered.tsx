'use client';
import { useTranslations } from '@/lib/i18n/client';
import { useGlossing } from './context';
import styles from './margin.module.css';
import { ThreadCard } from './thread-card';

/** The threads under one click, the shortest passage first, to choose from. */
export function Offered() {
  const t = useTranslations('glossing');
  const { state, placed, closeThread } = useGlossing();
  const threads = state.offered.flatMap((id) => placed.find(({ root }) => root.id === id) ?? []);
  return (
    <section className={styles.offered} aria-label={t('offered', { count: threads.length })}>
      <div className={styles.offeredHead}>
        <strong>{t('offered', { count: threads.length })}</strong>
        <button type="button" onClick={closeThread}>
          {t('close')}
        </button>
      </div>
      <ul>
        {threads.map(({ root, thread }) => (
          <li key={root.id}>
            <q className={styles.words}>{root.exact}</q>
            <ThreadCard thread={thread} />
          </li>
        ))}
      </ul>
    </section>
  );
}
