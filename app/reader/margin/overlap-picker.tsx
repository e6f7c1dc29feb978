'use client';
import { X } from 'lucide';
import { useState } from 'react';
import { Button, IconButton } from '@/app/_ui/button';
import { useTranslations } from '@/lib/i18n/client';
import { closeThread } from '../state/close-thread';
import { useReader, useReaderStore } from '../state/use-reader';
import { QuotedWords, ThreadCard } from '../thread/thread-card';
import styles from './margin.module.css';

/** Threads that are rendered at once. */
const PAGE_SIZE = 30;

/** The threads under one click, the shortest passage first, to choose from. */
export default function OverlapPicker() {
  const t = useTranslations('annotation');
  const store = useReaderStore();
  const overlapChoices = useReader((state) => state.overlapChoices);
  const placed = useReader(({ threads }) => threads.placed);
  const [limit, setLimit] = useState(PAGE_SIZE);
  const shown = new Set(overlapChoices.slice(0, limit));
  const byRoot = new Map(
    placed.filter(({ root }) => shown.has(root.id)).map((place) => [place.root.id, place]),
  );
  const threads = [...shown].flatMap((id) => byRoot.get(id) ?? []);
  const count = overlapChoices.length;
  return (
    <section className={styles.offered} aria-label={t('overlapChoices', { count })}>
      <div className={styles.offeredHead}>
        <strong>{t('overlapChoices', { count })}</strong>
        <IconButton icon={X} label={t('close')} small onClick={() => closeThread(store)} />
      </div>
      <ul>
        {threads.map(({ root, thread }) => (
          <li key={root.id}>
            <QuotedWords root={root.id} />
            <ThreadCard thread={thread} />
          </li>
        ))}
      </ul>
      {count > limit && (
        <Button look="quiet" small onClick={() => setLimit(limit + PAGE_SIZE)}>
          {t('showMore')}
        </Button>
      )}
    </section>
  );
}
