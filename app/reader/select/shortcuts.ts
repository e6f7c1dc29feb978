import { readSetting, writeSetting } from '@/app/_ui/stored-setting';
import { closeThread } from '../state/close-thread';
import { startKeyboardSelection } from '../state/keyboard-selection';
import type { ReaderStore } from '../state/store';

const SETTING = 'scholion.shortcuts';

/** Turns the shortcuts of one letter on or off; people who use speech input must be able to (WCAG 2.1.4). */
export function setShortcuts(store: ReaderStore, shortcuts: boolean): void {
  store.set({ shortcuts });
  writeSetting(SETTING, shortcuts ? 'on' : 'off');
}

/** Whether a key is free for a shortcut: nobody is typing, and nothing else has taken it. */
export function isFree(event: KeyboardEvent): boolean {
  const isTyping = (event.target as Element).closest(
    'input, textarea, select, dialog:modal, [role="application"]',
  );
  return !event.defaultPrevented && !isTyping && !event.isComposing;
}

/**
 * `]` and `[` lead from gloss to gloss, Alt+K begins to select by keyboard, Escape closes a thread. Keys count by their
 * position, on any layout. `onEnd` is called where there is no next gloss. Returns what stops it.
 */
export function listenToShortcuts(store: ReaderStore, onEnd: (forward: boolean) => void): () => void {
  store.set({ shortcuts: readSetting(SETTING) !== 'off' });
  function onKeyDown(event: KeyboardEvent): void {
    const target = event.target as Element;
    if (!isFree(event)) return;
    if (event.key === 'Escape' && target.closest('section[data-thread]') && !target.closest('form')) {
      closeThread(store);
      return;
    }
    // An opened paragraph closes like a thread, and the focus is on its line.
    const { unfolded, active } = store.getState();
    if (event.key === 'Escape' && unfolded && active === null && !target.closest('form, dialog')) {
      store.dispatch({ type: 'fold' });
      document.querySelector<HTMLElement>(`[data-stub="${CSS.escape(unfolded.paragraph)}"]`)?.focus();
      return;
    }
    if (event.altKey && !event.ctrlKey && event.code === 'KeyK') {
      event.preventDefault();
      startKeyboardSelection(store);
      return;
    }
    if (event.ctrlKey || event.metaKey || event.altKey || !store.getState().shortcuts) return;
    const forward = event.key === ']' || event.code === 'BracketRight';
    if (!forward && event.key !== '[' && event.code !== 'BracketLeft') return;
    event.preventDefault();
    if (!store.stepThread(forward)) onEnd(forward);
  }
  document.addEventListener('keydown', onKeyDown);
  return () => document.removeEventListener('keydown', onKeyDown);
}
