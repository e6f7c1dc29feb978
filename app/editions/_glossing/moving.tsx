'use client';
import { useCallback, useEffect } from 'react';
import { useTranslations } from '@/lib/i18n/client';
import { useGlossing } from './context';
import styles from './overlay.module.css';
import type { Moved } from './store';

/** Says what is being done while a place is chosen for a note, and has the ways to do it and out of it. */
export default function Moving({
  moved: { note, passage, isDrawn },
  onKeyboard,
}: {
  moved: Moved;
  onKeyboard: (opener: HTMLElement) => void;
}) {
  const t = useTranslations('glossing');
  const { dispatch, openThread } = useGlossing();

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
    <>
      <p>{t(isDrawn ? 'movingDrawn' : 'moving', { name: note.author.name })}</p>
      {!isDrawn && note.passages[passage]?.exact && <q>{note.passages[passage].exact}</q>}
      <div className={styles.movingWays}>
        {!isDrawn && (
          <button type="button" onClick={(event) => onKeyboard(event.currentTarget)}>
            {t('keyboardMode')}
          </button>
        )}
        <button type="button" onClick={giveUp}>
          {t('giveUp')}
        </button>
      </div>
    </>
  );
}
