'use client';
import { useEffect, useState } from 'react';
import { createPortal } from 'react-dom';
import { useTranslations } from '@/lib/i18n/client';
import { startKeyboardSelection } from '../state/keyboard-selection';
import { useReaderStore } from '../state/use-reader';
import styles from './overlay.module.css';

/** The id of the element at the beginning of the text where tools for the keyboard stand. */
const PLACE = 'text-tools';

/** Offers the selection by keyboard as the first stop of the Tab key in the text; seen while it has the focus. */
export function KeyboardEntry() {
  const t = useTranslations('annotation');
  const store = useReaderStore();
  const [place, setPlace] = useState<HTMLElement | null>(null);
  useEffect(() => setPlace(document.getElementById(PLACE)), []);
  if (!place) return null;
  return createPortal(
    <button
      type="button"
      className={styles.entry}
      aria-keyshortcuts="Alt+K"
      onClick={(event) => startKeyboardSelection(store, event.currentTarget)}
    >
      {t('keyboardMode')}
    </button>,
    place,
  );
}
