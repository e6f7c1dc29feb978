'use client';
import { useTranslations } from '@/lib/i18n/client';
import { startKeyboardSelection } from '../state/keyboard-selection';
import type { MoveRequest } from '../state/reducer';
import { useReaderStore } from '../state/use-reader';
import styles from './overlay.module.css';

/** Says what a new anchor is being chosen for, and offers the keyboard and a way out. */
export default function MoveMode({
  move: { annotation, position, isRegion },
  onCancel,
}: {
  move: MoveRequest;
  onCancel: () => void;
}) {
  const t = useTranslations('annotation');
  const store = useReaderStore();
  const exact = isRegion ? null : annotation.passages[position]?.exact;
  return (
    <>
      <p>{t(isRegion ? 'moveRegionHint' : 'moveHint', { name: annotation.author.name })}</p>
      {exact && <q dir="auto">{exact}</q>}
      <div className={styles.movingWays}>
        {!isRegion && (
          <button type="button" onClick={(event) => startKeyboardSelection(store, event.currentTarget)}>
            {t('keyboardMode')}
          </button>
        )}
        <button type="button" onClick={onCancel}>
          {t('cancelMove')}
        </button>
      </div>
    </>
  );
}
