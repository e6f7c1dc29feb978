import type { ThreadFilter } from '../data/thread-filter';
import type { ReaderStore } from './store';

/**
 * Changes the filter. What was pressed may be gone with it, such as a condition that was taken out or a tag of a card: the
 * focus is then on the filter itself.
 */
export function changeFilter(store: ReaderStore, change: Partial<ThreadFilter>): void {
  store.dispatch({ type: 'filter', filter: change });
  requestAnimationFrame(() => {
    if (document.activeElement && document.activeElement !== document.body) return;
    document.querySelector<HTMLElement>('[data-filter-bar] button')?.focus({ preventScroll: true });
  });
}
