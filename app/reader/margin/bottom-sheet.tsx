'use client';
import { type KeyboardEvent, type ReactNode, useLayoutEffect, useRef, useState } from 'react';
import { useTranslations } from '@/lib/i18n/client';
import { closeThread } from '../state/close-thread';
import { countThreads, openThreadOf } from '../state/thread-lists';
import { useReader, useReaderStore } from '../state/use-reader';
import styles from './margin.module.css';

/** The margin of a narrow screen: a sheet at the bottom edge, above which the text stays in view. */
export function BottomSheet({ children }: { children: ReactNode }) {
  const t = useTranslations('annotation');
  const store = useReaderStore();
  const count = useReader(countThreads);
  const isWriting = useReader(({ editor }) => editor !== null);
  const isMoving = useReader(({ move }) => move !== null);
  const isChoosing = useReader(({ overlapChoices }) => overlapChoices.length > 0);
  const hasActive = useReader(({ active }) => active !== null);
  const hasOpenThread = useReader((state) => openThreadOf(state) !== undefined);
  const [isListed, setListed] = useState(false);
  const dialog = useRef<HTMLDialogElement>(null);
  const button = useRef<HTMLButtonElement>(null);
  // The words to select for a move are under it.
  const isOpen = !isMoving && (isListed || hasActive || isChoosing || isWriting);

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
          {(hasOpenThread || isChoosing) && (
            <button type="button" onClick={showAll}>
              {t('allGlosses')}
            </button>
          )}
          <button type="button" className={styles.sheetClose} onClick={close}>
            {t('close')}
          </button>
        </div>
        {children}
      </dialog>
    </>
  );
}
