'use client';
import { chooseView, useShowing, VIEWS, type View } from '../state/view-mode';
import styles from './view-mode-switch.module.css';

/** Text, text and image, or image: two tabs where there is no room for both. */
export function ViewSwitch({ labels }: { labels: Record<View | 'view', string> }) {
  const { view } = useShowing();
  return (
    <section className={styles.views} aria-label={labels.view}>
      {VIEWS.map((each) => (
        <button
          key={each}
          type="button"
          data-choice={each}
          aria-pressed={each === view}
          onClick={() => chooseView(each)}
        >
          {labels[each]}
        </button>
      ))}
    </section>
  );
}
