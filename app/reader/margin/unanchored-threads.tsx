'use client';
import { useState } from 'react';
import { useTranslations } from '@/lib/i18n/client';
import type { AnnotationSummary } from '../data/annotation-summary';
import { LazyEditor } from '../editor/lazy-editor';
import { useReader } from '../state/context';
import { Quoted, ThreadCard } from '../thread/thread-card';
import styles from './margin.module.css';

/** Most threads of a shelf that are drawn at once. */
const MOST = 50;

/** Notes that stand on no words: on the whole section, and those whose words are gone. */
export function UnanchoredThreads() {
  const t = useTranslations('annotation');
  const { state, whole, lost, ahead } = useReader();
  const { editor } = state;
  const writes =
    editor?.purpose.what === 'gloss' && editor.purpose.target.start === null && !editor.purpose.drawn;
  return (
    <>
      {ahead.length > 0 && (
        <p className={styles.revised} role="status">
          {t('newerRevision', { count: ahead.length })} <a href={currentAddress()}>{t('reload')}</a>
        </p>
      )}
      {writes && <LazyEditor purpose={editor.purpose} kind={editor.kind} />}
      <Shelf title={t('onSection')} threads={whole} />
      <Shelf title={t('orphaned')} hint={t('orphanedHint')} threads={lost} />
    </>
  );
}

function Shelf({
  title,
  hint,
  threads,
}: {
  title: string;
  hint?: string;
  threads: readonly AnnotationSummary[][];
}) {
  const t = useTranslations('annotation');
  const { state } = useReader();
  const holdsOpen = threads.some(([root]) => root?.id === state.active);
  const [unfolded, setUnfolded] = useState(false);
  const [most, setMost] = useState(MOST);
  if (threads.length === 0) return null;
  // There may be hundreds, and mostly nobody looks.
  const shown = threads.filter((thread, i) => (unfolded && i < most) || thread[0]?.id === state.active);
  return (
    <details
      className={styles.shelf}
      open={unfolded || holdsOpen}
      onToggle={(event) => setUnfolded(event.currentTarget.open)}
    >
      <summary>
        {title} ({threads.length})
      </summary>
      {hint && <p className={styles.quiet}>{hint}</p>}
      {shown.map((thread) => (
        <div key={thread[0]!.id} className={styles.shelved}>
          {hint && <Quoted root={thread[0]!.id} />}
          <ThreadCard thread={thread} />
        </div>
      ))}
      {unfolded && threads.length > most && (
        <button type="button" onClick={() => setMost(most + MOST)}>
          {t('showMore')}
        </button>
      )}
    </details>
  );
}

/** This page as its text is now. */
function currentAddress(): string {
  const url = new URL(window.location.href);
  url.searchParams.delete('revision');
  url.hash = '';
  return url.href;
}
