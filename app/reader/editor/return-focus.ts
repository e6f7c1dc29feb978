import type { EditorTarget } from '../data/editor-draft';

/** Gives the focus back to what opened an editor; where that is gone, to the note, else to the text. */
export function returnFocus(opener: Element | null, purpose: EditorTarget): void {
  const id = purpose.what === 'edit' ? purpose.id : purpose.what === 'reply' ? purpose.to : null;
  const note = id === null ? null : document.querySelector<HTMLElement>(`[data-note="${id}"]`);
  const isThere = opener instanceof HTMLElement && opener !== document.body && opener.checkVisibility();
  const near = isThere ? opener : (note ?? document.querySelector<HTMLElement>('main'));
  near?.focus({ preventScroll: true });
}
