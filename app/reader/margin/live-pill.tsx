'use client';
import { WifiOff } from 'lucide';
import { useEffect } from 'react';
import { Icon } from '@/app/_ui/icon';
import { useTranslations } from '@/lib/i18n/client';
import { isFree } from '../select/shortcuts';
import { followGroup, openNextUnread, takeIn, unreadThreads } from '../state/follow-group';
import type { ReaderStoreState } from '../state/store';
import { useReader, useReaderStore } from '../state/use-reader';
import styles from './live-pill.module.css';
import { useNewMarks } from './use-new-marks';

function countArrived({ arrived, summaries }: ReaderStoreState): number {
  return arrived.filter(({ id }) => !summaries.has(id)).length;
}

const countUnread = (state: ReaderStoreState) => unreadThreads(state).length;

/** How much others have written since the notes were loaded: pressed, it is put in its place. Leads to what was new before. Says where the line is lost. */
export default function LivePill() {
  const t = useTranslations('annotation');
  const store = useReaderStore();
  const count = useReader(countArrived);
  const isLost = useReader(({ isStreamLost }) => isStreamLost);
  const unread = useReader(countUnread);
  useEffect(() => followGroup(store), [store]);
  useNewMarks();
  useEffect(() => {
    function onKeyDown(event: KeyboardEvent): void {
      const isPlain = !event.ctrlKey && !event.metaKey && !event.altKey && !event.shiftKey;
      if (event.code !== 'KeyU' || !isPlain || !isFree(event) || !store.getState().shortcuts) return;
      event.preventDefault();
      openNextUnread(store, null);
    }
    document.addEventListener('keydown', onKeyDown);
    return () => document.removeEventListener('keydown', onKeyDown);
  }, [store]);
  return (
    <div className={styles.live}>
      {/* Filled later, so that a screen reader says what comes into it. */}
      <p role="status" className={isLost ? styles.lost : 'visually-hidden'}>
        {isLost && <Icon of={WifiOff} small />}
        {isLost ? t('live.lost') : count > 0 ? t('live.arrived', { count }) : ''}
      </p>
      {count > 0 && (
        <button
          type="button"
          className={styles.pill}
          title={t('live.take')}
          onClick={(event) => void takeIn(store, event.currentTarget)}
        >
          {t('live.new', { count })}
        </button>
      )}
      {unread > 0 && (
        <button
          type="button"
          className={styles.unread}
          title={t('live.nextUnread')}
          aria-keyshortcuts="U"
          onClick={(event) => openNextUnread(store, event.currentTarget)}
        >
          {t('live.unread', { count: unread })}
        </button>
      )}
    </div>
  );
}
