'use client';
import { type KeyboardEvent, type ReactNode, useLayoutEffect, useRef, useState } from 'react';
import { useTranslations } from '@/lib/i18n/client';
import { acceptsTargets, draftKey } from '../data/editor-draft';
import { LazyEditor } from '../editor/lazy-editor';
import { closeThread } from '../state/navigation';
import { useReader, useReaderStore } from '../state/store';
import { QuotedWords, ThreadCard } from '../thread/thread-card';
import { LazyOverlapPicker } from './lazy-overlap-picker';
import styles from './margin.module.css';
import { countThreads } from './margin-header';
import { UnanchoredThreads } from './unanchored-threads';

/** Threads in the list at once. */
const PAGE_SIZE = 100;

/** The margin of a narrow screen: a sheet at the bottom edge, above which the text stays in view. */
export function BottomSheet({ header }: { header: ReactNode }) {
  const t = useTranslations('annotation');
  const store = useReaderStore();
  const count = useReader(countThreads);
  const editor = useReader((state) => state.editor);
  const isMoving = useReader(({ move }) => move !== null);
  const isChoosing = useReader(({ overlapChoices }) => overlapChoices.length > 0);
  const hasActive = useReader(({ active }) => active !== null);
  const thread = useReader(({ active, threads: { placed, onImageOnly, onSection, orphaned } }) => {
    if (active === null) return undefined;
    const onWords = placed.find(({ root }) => root.id === active)?.thread;
    return onWords ?? [...onImageOnly, ...onSection, ...orphaned].find(([root]) => root?.id === active);
  });
  const [isListed, setListed] = useState(false);
  const dialog = useRef<HTMLDialogElement>(null);
  const button = useRef<HTMLButtonElement>(null);
  // The words to select for a move are under it.
  const isOpen = !isMoving && (isListed || hasActive || isChoosing || editor !== null);

  // Before the effects of its content: showing a dialog moves the focus, and an editor then takes it.
  useLayoutEffect(() => {
    // Not modal, because the words in question are above it.
    if (isOpen && !dialog.current?.open) dialog.current?.show();
    else if (!isOpen) dialog.current?.close();
  }, [isOpen]);

  function close(): void {
    setListed(false);
    store.dispatch({ type: 'closeEditor' });
    closeThread(store);
    button.current?.focus();
  }

  function showAll(): void {
    setListed(true);
    store.dispatch({ type: 'close' });
  }

  function onKeyDown(event: KeyboardEvent): void {
    if (event.key === 'Escape') close();
  }

  return (
    <>
      <button
        ref={button}
        type="button"
        className={styles.opener}
        data-sheet-opener=""
        aria-expanded={isOpen}
        onClick={() => (isOpen ? close() : setListed(true))}
      >
        {t('title', { count })}
      </button>
      <dialog ref={dialog} className={styles.sheet} aria-label={t('marginLabel')} onKeyDown={onKeyDown}>
        <div className={styles.sheetTop}>
          {(thread || isChoosing) && (
            <button type="button" onClick={showAll}>
              {t('allGlosses')}
            </button>
          )}
          <button type="button" className={styles.sheetClose} onClick={close}>
            {t('close')}
          </button>
        </div>
        {editor && acceptsTargets(editor.purpose) ? (
          <LazyEditor key={draftKey(editor.purpose)} purpose={editor.purpose} kind={editor.kind} />
        ) : thread ? (
          <ThreadCard thread={thread} />
        ) : isChoosing ? (
          <LazyOverlapPicker />
        ) : (
          <>
            {header}
            <PlacedThreads />
            <UnanchoredThreads />
          </>
        )}
      </dialog>
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
