'use client';
import { type ReactNode, useState } from 'react';
import { useTranslations } from '@/lib/i18n/client';
import { acceptsTargets, draftKey } from '../data/editor-draft';
import { LazyEditor } from '../editor/lazy-editor';
import { openThreadOf } from '../state/thread-lists';
import { useReader } from '../state/use-reader';
import { QuotedWords, ThreadCard } from '../thread/thread-card';
import { LazyOverlapPicker } from './lazy-overlap-picker';
import styles from './margin.module.css';
import { UnanchoredThreads } from './unanchored-threads';

/** Threads in the list at once. */
const PAGE_SIZE = 100;

/** The threads of a narrow screen: what is written or open, else all under the header. */
export function SheetThreads({ header }: { header: ReactNode }) {
  const editor = useReader((state) => state.editor);
  const thread = useReader(openThreadOf);
  const isChoosing = useReader(({ overlapChoices }) => overlapChoices.length > 0);
  if (editor && acceptsTargets(editor.purpose))
    return <LazyEditor key={draftKey(editor.purpose)} purpose={editor.purpose} kind={editor.kind} />;
  if (thread) return <ThreadCard thread={thread} />;
  if (isChoosing) return <LazyOverlapPicker />;
  return (
    <>
      {header}
      <PlacedThreads />
      <UnanchoredThreads />
    </>
  );
}

function PlacedThreads() {
  const t = useTranslations('annotation');
  const placed = useReader(({ threads }) => threads.placed);
  const [limit, setLimit] = useState(PAGE_SIZE);
  return (
    <>
      {placed.slice(0, limit).map(({ root, thread }) => (
        <div key={root.id} className={styles.shelved}>
          <QuotedWords root={root.id} />
          <ThreadCard thread={thread} />
        </div>
      ))}
      {placed.length > limit && (
        <button type="button" onClick={() => setLimit(limit + PAGE_SIZE)}>
          {t('showMore')}
        </button>
      )}
    </>
  );
}
