'use client';
import { useCallback, useEffect } from 'react';
import { lazy } from '@/app/_ui/lazy';
import { useTranslations } from '@/lib/i18n/client';
import { useReader } from '../state/context';
import type { MoveRequest } from '../state/store';
import styles from './overlay.module.css';

const Moving = lazy(() => import('./move-mode'));

/**
 * Where it stands that a place is being chosen. It takes the focus, and the key that leads out of it, at once: what it
 * says is loaded later, when the focus may be on the image or in the text already.
 */
export function MoveBar({
  moved,
  onKeyboard,
}: {
  moved: MoveRequest;
  onKeyboard: (opener: HTMLElement) => void;
}) {
  const t = useTranslations('annotation');
  const { dispatch, openThread } = useReader();
  const { note } = moved;

  const giveUp = useCallback(() => {
    dispatch({ type: 'moved' });
    openThread(note.root, undefined, note.id);
  }, [dispatch, openThread, note]);

  useEffect(() => {
    function onKeyDown(event: KeyboardEvent): void {
      if (event.key === 'Escape' && !event.defaultPrevented) giveUp();
    }
    document.addEventListener('keydown', onKeyDown);
    return () => document.removeEventListener('keydown', onKeyDown);
  }, [giveUp]);

  return (
    <section ref={takeFocus} tabIndex={-1} className={styles.moving} aria-label={t('reanchor')}>
      <Moving moved={moved} onKeyboard={onKeyboard} onGiveUp={giveUp} />
    </section>
  );
}

function takeFocus(element: HTMLElement | null): void {
  element?.focus({ preventScroll: true });
}
