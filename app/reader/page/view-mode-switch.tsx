'use client';
import { setViewMode, useViewMode, VIEW_MODES, type ViewMode } from '../state/view-mode';
import styles from './view-mode-switch.module.css';

/** Text, text and image, or image: two tabs where there is no room for both. */
export function ViewModeSwitch({ labels }: { labels: Record<ViewMode | 'view', string> }) {
  const { mode } = useViewMode();
  return (
    <section className={styles.views} aria-label={labels.view}>
      {VIEW_MODES.map((option) => (
        <button
          key={option}
          type="button"
          data-choice={option}
          aria-pressed={option === mode}
          onClick={() => setViewMode(option)}
        >
          {labels[option]}
        </button>
      ))}
    </section>
  );
}
