'use client';
import { useLayoutEffect, useRef } from 'react';
import { useTranslations } from '@/lib/i18n/client';
import { useReader } from '../state/use-reader';
import styles from './overlay.module.css';

/** How many glosses are under the pointer. For the eye only: the counts beside the paragraphs are for everybody. */
export function HoverCount() {
  const t = useTranslations('annotation');
  const hover = useReader((state) => state.hover);
  const label = useRef<HTMLDivElement>(null);

  useLayoutEffect(() => {
    if (!label.current || !hover) return;
    label.current.style.top = `${hover.y + 18}px`;
    label.current.style.left = `${Math.min(hover.x + 12, window.innerWidth - 140)}px`;
  }, [hover]);

  if (!hover) return null;
  return (
    <div ref={label} className={styles.hover} aria-hidden="true">
      {t('notes', { count: hover.count })}
    </div>
  );
}
