'use client';
import { MessageSquareText, X } from 'lucide';
import { type KeyboardEvent, type ReactNode, useEffect, useLayoutEffect, useRef } from 'react';
import { Button, IconButton } from '@/app/_ui/button';
import { useTranslations } from '@/lib/i18n/client';
import { closeThread } from '../state/close-thread';
import { paragraphInView } from '../state/navigation';
import { openThreadOf } from '../state/thread-lists';
import { useReader, useReaderStore } from '../state/use-reader';
import type * as AnnotationLayer from './annotation-layer';
import styles from './bottom-sheet.module.css';
import { LoadStatus, MarginContext, NextNote, NoteCount } from './margin-header';

/** The margin of a narrow screen: a dock at the foot, and a sheet over it, above which the text stays in view. */
export default function BottomSheet({
  layer,
  failure,
}: {
  layer: typeof AnnotationLayer | null;
  failure: ReactNode;
}) {
  const t = useTranslations('annotation');
  const store = useReaderStore();
  const isListed = useReader(({ sheet }) => sheet !== null);
  const purpose = useReader(({ editor }) => editor?.purpose.what);
  const isMoving = useReader(({ move }) => move !== null);
  const isChoosing = useReader(({ overlapChoices }) => overlapChoices.length > 0);
  const hasActive = useReader(({ active }) => active !== null);
  const hasOpenThread = useReader((state) => openThreadOf(state) !== undefined);
  const dialog = useRef<HTMLDialogElement>(null);
  const isWriting = purpose !== undefined;
  // The words to select for a move are under it.
  const isOpen = !isMoving && (isListed || hasActive || isChoosing || isWriting);
  const isThread = hasOpenThread || isChoosing;

  // Before the effects of its content: showing a dialog moves the focus, and an editor then takes it.
  useLayoutEffect(() => {
    // Not modal, because the words in question are above it.
    if (isOpen && !dialog.current?.open) dialog.current?.show();
    else if (!isOpen) dialog.current?.close();
  }, [isOpen]);

  useLayoutEffect(
    () => (isOpen && isWriting ? fitAboveKeyboard(dialog.current!) : undefined),
    [isOpen, isWriting],
  );

  // Toasts stand above the dock.
  useEffect(() => {
    document.documentElement.style.setProperty('--dock', '3.5rem');
    return () => {
      document.documentElement.style.removeProperty('--dock');
    };
  }, []);

  function close(): void {
    store.set({ sheet: null });
    store.dispatch({ type: 'closeEditor' });
    closeThread(store);
  }

  function onKeyDown(event: KeyboardEvent): void {
    if (event.key === 'Escape' && !event.defaultPrevented && !event.nativeEvent.isComposing) close();
  }

  /** The list at the paragraph that is read, or of the thread that was open. */
  function showList(): void {
    const { active, threads } = store.getState();
    const place = threads.placed.find(({ root }) => root.id === active);
    store.set({ sheet: { paragraph: paragraphInView(store, place) } });
    store.dispatch({ type: 'close' });
  }

  return (
    <>
      <div className={styles.dock}>
        <Button
          look="quiet"
          icon={MessageSquareText}
          data-sheet-opener=""
          aria-expanded={isOpen}
          onClick={() => (isOpen ? close() : showList())}
        >
          <NoteCount />
        </Button>
        {layer && <layer.LivePill />}
        <NextNote isSmall={false} />
      </div>
      <dialog
        ref={dialog}
        className={styles.sheet}
        data-writing={isWriting || undefined}
        aria-label={t('marginLabel')}
        onKeyDown={onKeyDown}
      >
        <div className={styles.head}>
          <h2>{isWriting ? t(`editor_${purpose}`) : <NoteCount />}</h2>
          {!isWriting && layer && !isThread && <layer.DisplayMenu />}
          {!isWriting && isThread && (
            <Button look="quiet" onClick={showList}>
              {t('allGlosses')}
            </Button>
          )}
          <IconButton icon={X} label={t(isWriting ? 'closeEditor' : 'close')} onClick={close} />
        </div>
        {!isWriting && !isThread && layer && (
          <div className={styles.tools}>
            <layer.FilterBar />
          </div>
        )}
        <div className={styles.body}>
          {!isWriting && !isThread && (
            <>
              <MarginContext />
              {layer && <layer.AssignmentBar />}
              {layer && <layer.DraftList />}
              <LoadStatus />
              {failure}
            </>
          )}
          {layer && <layer.SheetThreads />}
        </div>
      </dialog>
    </>
  );
}

/** Keeps the sheet within what a keyboard on the screen leaves of it. Returns what stops it. */
function fitAboveKeyboard(sheet: HTMLElement): () => void {
  const view = window.visualViewport;
  function fit(): void {
    if (!view) return;
    const isCovered = window.innerHeight - view.height > 80 && view.scale === 1;
    sheet.style.blockSize = isCovered ? `${view.height}px` : '';
    sheet.style.insetBlock = isCovered ? `${view.offsetTop}px auto` : '';
  }
  fit();
  view?.addEventListener('resize', fit);
  view?.addEventListener('scroll', fit);
  return () => {
    view?.removeEventListener('resize', fit);
    view?.removeEventListener('scroll', fit);
    sheet.style.blockSize = '';
    sheet.style.insetBlock = '';
  };
}
