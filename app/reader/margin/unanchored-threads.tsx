'use client';
import { useState } from 'react';
import { Button } from '@/app/_ui/button';
import { useTranslations } from '@/lib/i18n/client';
import { LazyEditor } from '../editor/lazy-editor';
import type { Thread } from '../state/thread-locations';
import { useReader } from '../state/use-reader';
import { QuotedWords, ThreadCard } from '../thread/thread-card';
import styles from './margin.module.css';

/** Threads of a list that are rendered at once. */
const PAGE_SIZE = 50;

/** Threads on no words of this text: on the whole section, and those whose words are gone. */
export function UnanchoredThreads() {
  const t = useTranslations('annotation');
  const onSection = useReader(({ threads }) => threads.onSection);
  const orphaned = useReader(({ threads }) => threads.orphaned);
  const newerRevision = useReader(({ threads }) => threads.newerRevision);
  const editor = useReader((state) => state.editor);
  const isWriting =
    editor?.purpose.what === 'gloss' && editor.purpose.target.start === null && !editor.purpose.drawn;
  return (
    <>
      {newerRevision.length > 0 && (
        <p className={styles.revised} role="status">
          {t('newerRevision', { count: newerRevision.length })} <a href={currentUrl()}>{t('reload')}</a>
        </p>
      )}
      {isWriting && <LazyEditor purpose={editor.purpose} kind={editor.kind} />}
      <ThreadList title={t('onSection')} threads={onSection} />
      <ThreadList title={t('orphaned')} hint={t('orphanedHint')} threads={orphaned} />
    </>
  );
}

function ThreadList({ title, hint, threads }: { title: string; hint?: string; threads: readonly Thread[] }) {
  const t = useTranslations('annotation');
  const active = useReader((state) => state.active);
  const [isUnfolded, setUnfolded] = useState(false);
  const [limit, setLimit] = useState(PAGE_SIZE);
  if (threads.length === 0) return null;
  const hasActive = threads.some(([root]) => root?.id === active);
  // There may be hundreds, which a folded list does not render.
  const shown = threads.filter((thread, i) => (isUnfolded && i < limit) || thread[0]?.id === active);
  return (
    <details
      className={styles.shelf}
      open={isUnfolded || hasActive}
      onToggle={(event) => setUnfolded(event.currentTarget.open)}
    >
      <summary>
        {title} ({threads.length})
      </summary>
      {hint && <p className={styles.quiet}>{hint}</p>}
      {shown.map((thread) => (
        <div key={thread[0]!.id} className={styles.shelved}>
          {hint && <QuotedWords root={thread[0]!.id} />}
          <ThreadCard thread={thread} />
        </div>
      ))}
      {isUnfolded && threads.length > limit && (
        <Button look="quiet" small onClick={() => setLimit(limit + PAGE_SIZE)}>
          {t('showMore')}
        </Button>
      )}
    </details>
  );
}

/** The address of this page in the current revision. */
function currentUrl(): string {
  const url = new URL(window.location.href);
  url.searchParams.delete('revision');
  url.hash = '';
  return url.href;
}
