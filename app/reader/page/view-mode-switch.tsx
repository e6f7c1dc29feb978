'use client';
import { setViewMode, useViewMode, VIEW_MODES, type ViewMode } from '../state/view-mode';
import styles from './view-mode-switch.module.css';

/** Text, text and image, or image: two tabs where there is no room for both. */
export function ViewModeSwitch({ labels }: { labels: Record<ViewMode | 'view', string> }) {
  const { view } = useViewMode();
  return (
    <section className={styles.views} aria-label={labels.view}>
      {VIEW_MODES.map((each) => (
        <button
          key={each}
          type="button"
          data-choice={each}
          aria-pressed={each === view}
          onClick={() => setViewMode(each)}
        >
          {labels[each]}
        </button>
      ))}
    </section>
  );
}
