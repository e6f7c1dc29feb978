'use client';
import { lazy, Suspense } from 'react';
import { useTranslations } from '@/lib/i18n/client';
import styles from './overlay.module.css';
import type { Moved } from './store';

const Moving = lazy(() => import('./moving'));

/**
 * Where it stands that a place is being chosen. It takes the focus at once: what it says is loaded later, when the
 * focus may be on the image or in the text already.
 */
export function MovingBar(move: { moved: Moved; onKeyboard: (opener: HTMLElement) => void }) {
  const t = useTranslations('glossing');
  return (
    <section ref={takeFocus} tabIndex={-1} className={styles.moving} aria-label={t('choosePlace')}>
      <Suspense>
        <Moving {...move} />
      </Suspense>
    </section>
  );
}

function takeFocus(element: HTMLElement | null): void {
  element?.focus({ preventScroll: true });
}
