import type { ReaderStore } from './store';

/** Begins to select words by keyboard, in the text of the section. */
export function startKeyboardSelection(store: ReaderStore, opener?: HTMLElement): void {
  const { containers, section } = store.getState();
  if (containers.size === 0) return;
  store.opener = opener ?? (document.activeElement as HTMLElement | null);
  store.set({ keyboardSelection: { from: containers.get(section) ?? null } });
}

export function stopKeyboardSelection(store: ReaderStore): void {
  store.set({ keyboardSelection: null });
  // An editor that was opened has the focus by now.
  if (!document.activeElement || document.activeElement === document.body) store.opener?.focus();
}
