import type { ReaderStore } from './store';

/** Closes what is open, and gives the focus back to what opened it, else to its card. */
export function closeThread(store: ReaderStore): void {
  const id = store.getState().active;
  store.dispatch({ type: 'close' });
  requestAnimationFrame(() => {
    const card = document.querySelector<HTMLElement>(`button[data-thread="${id}"]`);
    const sheet = document.querySelector<HTMLElement>('[data-sheet-opener]');
    const target = store.opener?.isConnected ? store.opener : (card ?? sheet);
    target?.focus({ preventScroll: true });
    store.opener = null;
  });
}
