'use client';
import { type KeyboardEvent, type ReactNode, useLayoutEffect, useRef, useState } from 'react';
import { useTranslations } from '@/lib/i18n/client';
import { acceptsTargets, draftKey } from '../data/editor-draft';
import { LazyEditor } from '../editor/lazy-editor';
import { useReader } from '../state/context';
import { Quoted, ThreadCard } from '../thread/thread-card';
import { LazyOverlapPicker } from './lazy-overlap-picker';
import styles from './margin.module.css';
import { UnanchoredThreads } from './unanchored-threads';

/** Most threads in the list at once. */
const MOST = 100;

/** The margin of a narrow screen: a sheet at the bottom edge, under which the text stays in view. */
export function BottomSheet({ head }: { head: ReactNode }) {
  const t = useTranslations('annotation');
  const { state, dispatch, placed, imaged, whole, lost, closeThread } = useReader();
  const [listed, setListed] = useState(false);
  const [most, setMost] = useState(MOST);
  const dialog = useRef<HTMLDialogElement>(null);
  const button = useRef<HTMLButtonElement>(null);
  const { active, offered, editor, moving } = state;
  // The words to be chosen are under it.
  const open = !moving && (listed || active !== null || offered.length > 0 || editor !== null);

  // Before the effects of what is in it: showing a dialog moves the focus, and an editor then takes it.
  useLayoutEffect(() => {
    // Not modal: the words that are spoken of are above it.
    if (open && !dialog.current?.open) dialog.current?.show();
    else if (!open) dialog.current?.close();
  }, [open]);

  function close(): void {
    setListed(false);
    dispatch({ type: 'written' });
    closeThread();
    button.current?.focus();
  }

  function onKeyDown(event: KeyboardEvent): void {
    if (event.key === 'Escape') close();
  }

  const thread = [...placed.map(({ thread }) => thread), ...imaged, ...whole, ...lost].find(
    ([root]) => root?.id === active,
  );
  return (
    <>
      <button
        ref={button}
        type="button"
        className={styles.opener}
        data-sheet-opener=""
        aria-expanded={open}
        onClick={() => (open ? close() : setListed(true))}
      >
        {t('title', { count: placed.length + whole.length + lost.length })}
      </button>
      <dialog ref={dialog} className={styles.sheet} aria-label={t('marginLabel')} onKeyDown={onKeyDown}>
        <div className={styles.sheetTop}>
          {(thread || offered.length > 0) && (
            <button
              type="button"
              onClick={() => {
                setListed(true);
                dispatch({ type: 'close' });
              }}
            >
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
        ) : offered.length > 0 ? (
          <LazyOverlapPicker />
        ) : (
          <>
            {head}
            {placed.slice(0, most).map(({ root, thread }) => (
              <div key={root.id} className={styles.shelved}>
                <Quoted root={root.id} />
                <ThreadCard thread={thread} />
              </div>
            ))}
            {placed.length > most && (
              <button type="button" onClick={() => setMost(most + MOST)}>
                {t('showMore')}
              </button>
            )}
            <UnanchoredThreads />
          </>
        )}
      </dialog>
    </>
  );
}
