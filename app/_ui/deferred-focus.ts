/** Elements that take typing, or keys of their own. */
const WRITTEN_IN = 'input, textarea, select, [role="application"]';

/** Focuses an element that appears late, unless the user is typing elsewhere by then (`from` does not count). */
export function focusUnlessTyping(element: HTMLElement | null, from: Element | null = null): void {
  const at = document.activeElement;
  if (at === from || !at?.matches(WRITTEN_IN)) element?.focus({ preventScroll: true });
}
