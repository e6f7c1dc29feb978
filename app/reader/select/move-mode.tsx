'use client';
import { useTranslations } from '@/lib/i18n/client';
import type { MoveRequest } from '../state/store';
import styles from './overlay.module.css';

/** Says what is being done while a place is chosen for a note, and has the ways to do it and out of it. */
export default function MoveMode({
  moved: { note, passage, isDrawn },
  onKeyboard,
  onGiveUp,
}: {
  moved: MoveRequest;
  onKeyboard: (opener: HTMLElement) => void;
  onGiveUp: () => void;
}) {
  const t = useTranslations('annotation');
  return (
    <>
      <p>{t(isDrawn ? 'moveRegionHint' : 'moveHint', { name: note.author.name })}</p>
      {!isDrawn && note.passages[passage]?.exact && <q>{note.passages[passage].exact}</q>}
      <div className={styles.movingWays}>
        {!isDrawn && (
          <button type="button" onClick={(event) => onKeyboard(event.currentTarget)}>
            {t('keyboardMode')}
          </button>
        )}
        <button type="button" onClick={onGiveUp}>
          {t('cancelMove')}
        </button>
      </div>
    </>
  );
}
