'use client';
import { useState } from 'react';
import { useTranslations } from '@/lib/i18n/client';
import { useReader } from '../state/context';
import { Quoted, ThreadCard } from '../thread/thread-card';
import styles from './margin.module.css';

/** Most threads that are drawn at once. */
const MOST = 30;

/** The threads under one click, the shortest passage first, to choose from. */
export default function OverlapPicker() {
  const t = useTranslations('annotation');
  const { state, placed, closeThread } = useReader();
  const [most, setMost] = useState(MOST);
  const offered = new Set(state.offered.slice(0, most));
  const byId = new Map(
    placed.filter(({ root }) => offered.has(root.id)).map((place) => [place.root.id, place]),
  );
  const threads = [...offered].flatMap((id) => byId.get(id) ?? []);
  const count = state.offered.length;
  return (
    <section className={styles.offered} aria-label={t('overlapChoices', { count })}>
      <div className={styles.offeredHead}>
        <strong>{t('overlapChoices', { count })}</strong>
        <button type="button" onClick={closeThread}>
          {t('close')}
        </button>
      </div>
      <ul>
        {threads.map(({ root, thread }) => (
          <li key={root.id}>
            <Quoted root={root.id} />
            <ThreadCard thread={thread} />
          </li>
        ))}
      </ul>
      {count > most && (
        <button type="button" onClick={() => setMost(most + MOST)}>
          {t('showMore')}
        </button>
      )}
    </section>
  );
}
