'use client';
import { useCallback, useEffect } from 'react';
import { lazy } from '@/app/_ui/lazy';
import { useTranslations } from '@/lib/i18n/client';
import { openThread } from '../state/navigation';
import type { MoveRequest } from '../state/reducer';
import { useReader, useReaderStore } from '../state/use-reader';
import styles from './overlay.module.css';

const MoveMode = lazy(() => import('./move-mode'));

/** Shows that a new anchor is being chosen, while it is. */
export function MoveBar() {
  const move = useReader((state) => state.move);
  return move && <ActiveMoveBar move={move} />;
}

/**
 * It takes the focus, and Escape, at once; its content is loaded later, when the focus may already be on the image or in
 * the text.
 */
function ActiveMoveBar({ move }: { move: MoveRequest }) {
  const t = useTranslations('annotation');
  const store = useReaderStore();
  const { annotation } = move;
  const cancel = useCallback(() => {
    store.dispatch({ type: 'cancelMove' });
    openThread(store, annotation.root, undefined, annotation.id);
  }, [store, annotation]);

  useEffect(() => {
    function onKeyDown(event: KeyboardEvent): void {
      if (event.key === 'Escape' && !event.defaultPrevented) cancel();
    }
    document.addEventListener('keydown', onKeyDown);
    return () => document.removeEventListener('keydown', onKeyDown);
  }, [cancel]);

  return (
    <section ref={takeFocus} tabIndex={-1} className={styles.moving} aria-label={t('reanchor')}>
      <MoveMode move={move} onCancel={cancel} />
    </section>
  );
}

function takeFocus(element: HTMLElement | null): void {
  element?.focus({ preventScroll: true });
}
