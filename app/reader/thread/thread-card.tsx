'use client';
import { EyeOff, Lock } from 'lucide';
import { memo, useMemo } from 'react';
import { Avatar } from '@/app/_ui/avatar';
import { Icon } from '@/app/_ui/icon';
import { RelativeTime } from '@/app/_ui/time';
import type { Annotation } from '@/lib/annotation/schema';
import { useTranslations } from '@/lib/i18n/client';
import { isTombstone } from '../data/annotation-summary';
import { isUnanswered } from '../data/filter-threads';
import { countReplies } from '../data/threads';
import { openThread } from '../state/navigation';
import type { Thread } from '../state/thread-locations';
import { useReader, useReaderStore } from '../state/use-reader';
import { useRequestThreads } from '../state/use-request-threads';
import { imageLabel } from './image-label';
import { KindLabel } from './kind-label';
import { OpenThread } from './open-thread';
import { plainText } from './plain-text';
import { TagLinks } from './tag-links';
import styles from './thread-card.module.css';

/** A thread: a few lines that open it, or the whole discussion. Its text is loaded now, if it was not before. */
export function ThreadCard({ thread }: { thread: Thread }) {
  const t = useTranslations('annotation');
  const { id } = thread[0]!;
  const root = useReader(({ annotations }) => annotations.get(id));
  const isOpen = useReader(({ active }) => active === id);
  useRequestThreads(useMemo(() => [id], [id]));
  if (!root)
    return (
      <p className={styles.coming}>
        <span className="visually-hidden">{t('loading')}</span>
      </p>
    );
  if (isOpen) return <OpenThread thread={thread} />;
  return <ClosedThread root={root} replies={countReplies(thread)} isWaiting={isUnanswered(thread)} />;
}

/** The words that a thread is on, where it is not shown beside them. */
export function QuotedWords({ root }: { root: string }) {
  const exact = useReader(({ annotations }) => annotations.get(root)?.exact);
  return exact ? (
    <q className={styles.words} dir="auto">
      {exact}
    </q>
  ) : null;
}

interface ClosedProps {
  root: Annotation;
  replies: number;
  /** Whether it is a question without an answer. */
  isWaiting: boolean;
}

// Memoised, because dozens are beside a page.
const ClosedThread = memo(function ClosedThread({ root, replies, isWaiting }: ClosedProps) {
  const t = useTranslations('annotation');
  const store = useReaderStore();
  const tombstone =
    isTombstone(root) && t(root.state === 'deleted' ? 'tombstone_deleted' : 'tombstone_hidden');
  const facts = [
    replies > 0 && t('replies', { count: replies }),
    isWaiting && t('noAnswer'),
    root.endorsed && t('endorsed'),
    root.pinned && t('pinned'),
    root.resolved && t('resolved'),
    root.passages.some(({ anchor }) => anchor === 'fuzzy') && t('anchor_fuzzy'),
    root.state !== 'published' && !tombstone && t(`state_${root.state}`),
  ].filter(Boolean);
  return (
    <div className={styles.card} data-private={root.visibility === 'private' || undefined}>
      <button
        type="button"
        className={styles.closed}
        data-thread={root.id}
        data-own={root.mine}
        aria-expanded={false}
        onClick={(event) => openThread(store, root.id, event.currentTarget, root.id)}
      >
        {tombstone ? <Icon of={EyeOff} /> : <Avatar name={root.author.name} />}
        <span className={styles.lines}>
          <span className={styles.line}>
            {!tombstone && <strong>{root.author.name}</strong>}
            {!tombstone && root.mine && <span>{t('you')}</span>}
            {!tombstone && <KindLabel kind={root.kind} />}
            <RelativeTime when={root.created} />
          </span>
          <span className={styles.excerpt}>{tombstone || plainText(root.html)}</span>
          {root.regions[0] && <span className={styles.fact}>{imageLabel(root, t)}</span>}
          {root.visibility !== 'group' && (
            <span className={styles.fact}>
              <Icon of={Lock} small />
              {t(`visibility_${root.visibility}`)}
            </span>
          )}
          {facts.length > 0 && <span className={styles.fact}>{facts.join(' · ')}</span>}
        </span>
      </button>
      {root.tags.length > 0 && (
        <div className={styles.under}>
          <TagLinks tags={root.tags} />
        </div>
      )}
    </div>
  );
});
