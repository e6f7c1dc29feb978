/** What takes what is typed, or keys of its own. */
const WRITTEN_IN = 'input, textarea, select, [role="application"]';

/** Give the focus to something that came late, unless somebody writes or steers elsewhere by then than `from`. */
export function focusUnlessTyping(element: HTMLElement | null, from: Element | null = null): void {
  const at = document.activeElement;
  if (at === from || !at?.matches(WRITTEN_IN)) element?.focus({ preventScroll: true });
}
