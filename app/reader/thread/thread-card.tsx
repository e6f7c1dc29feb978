'use client';
import { memo, useMemo } from 'react';
import { RelativeTime } from '@/app/_ui/time';
import type { Annotation } from '@/lib/annotation/schema';
import { useTranslations } from '@/lib/i18n/client';
import { isTombstone } from '../data/annotation-summary';
import { countReplies } from '../data/threads';
import { openThread } from '../state/navigation';
import type { Thread } from '../state/thread-locations';
import { useReader, useReaderStore } from '../state/use-reader';
import { useRequestThreads } from '../state/use-request-threads';
import { imageLabel } from './image-label';
import { OpenThread } from './open-thread';
import { plainText } from './plain-text';
import styles from './thread-card.module.css';

/** A thread: a few lines that open it, or the whole discussion. Its text is loaded now, if it was not before. */
export function ThreadCard({ thread }: { thread: Thread }) {
  const t = useTranslations('annotation');
  const { id } = thread[0]!;
  const root = useReader(({ annotations }) => annotations.get(id));
  const isOpen = useReader(({ active }) => active === id);
  useRequestThreads(useMemo(() => [id], [id]));
  if (!root) return <p className={styles.coming}>{t('loading')}</p>;
  if (isOpen) return <OpenThread thread={thread} />;
  return <ClosedThread root={root} replies={countReplies(thread)} />;
}

/** The words that a thread is on, where it is not shown beside them. */
export function QuotedWords({ root }: { root: string }) {
  const exact = useReader(({ annotations }) => annotations.get(root)?.exact);
  return exact ? <q dir="auto">{exact}</q> : null;
}

// Memoised, because dozens are beside a page.
const ClosedThread = memo(function ClosedThread({ root, replies }: { root: Annotation; replies: number }) {
  const t = useTranslations('annotation');
  const store = useReaderStore();
  const tombstone =
    isTombstone(root) && t(root.state === 'deleted' ? 'tombstone_deleted' : 'tombstone_hidden');
  return (
    <button
      type="button"
      className={styles.closed}
      data-thread={root.id}
      data-own={root.mine}
      aria-expanded={false}
      onClick={(event) => openThread(store, root.id, event.currentTarget, root.id)}
    >
      <span className={styles.line}>
        <strong>{tombstone ? '' : root.author.name}</strong> <RelativeTime when={root.created} />
        {root.kind !== 'gloss' && <span className={styles.badge}>{t(`kind_${root.kind}`)}</span>}
        {root.regions[0] && <span className={styles.badge}>{imageLabel(root, t)}</span>}
        {root.passages.some(({ anchor }) => anchor === 'fuzzy') && (
          <span className={styles.badge}>{t('anchor_fuzzy')}</span>
        )}
        {root.visibility !== 'group' && (
          <span className={styles.badge}>{t(`visibility_${root.visibility}`)}</span>
        )}
        {root.state !== 'published' && !tombstone && (
          <span className={styles.badge}>{t(`state_${root.state}`)}</span>
        )}
      </span>
      <span className={styles.excerpt}>{tombstone || plainText(root.html)}</span>
      {replies > 0 && <span className={styles.replies}>{t('replies', { count: replies })}</span>}
    </button>
  );
});
