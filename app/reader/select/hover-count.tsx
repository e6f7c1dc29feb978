'use client';
import { useLayoutEffect, useRef } from 'react';
import { useTranslations } from '@/lib/i18n/client';
import styles from './overlay.module.css';
import type { Hover } from './use-text-pointer';

/** How many glosses are under the pointer. Shown only: the counts beside the paragraphs are for everybody. */
export function HoverCount({ hover }: { hover: Hover | null }) {
  const t = useTranslations('annotation');
  const label = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    if (!label.current || !hover) return;
    label.current.style.top = `${hover.y + 18}px`;
    label.current.style.left = `${Math.min(hover.x + 12, window.innerWidth - 140)}px`;
  }, [hover]);
  if (!hover) return null;
  return (
    <div ref={label} className={styles.hover} aria-hidden="true">
      {t('glosses', { count: hover.count })}
    </div>
  );
}
