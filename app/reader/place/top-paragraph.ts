/** Pixels at the top of the window that the head of the margin or a tool may cover. */
const COVERED = 72;

/**
 * The id of the first numbered paragraph of a section that is in view; null at the beginning of the page, and where the
 * text is not shown. It measures few paragraphs, because they stand in their order.
 */
export function topParagraph(section: string): string | null {
  if (window.scrollY < COVERED) return null;
  const root = document.querySelector(`main [data-section="${CSS.escape(section)}"]`);
  if (!root || root.getBoundingClientRect().height === 0) return null;
  const numbers = root.querySelectorAll('[data-start] > .number');
  let [from, to] = [0, numbers.length];
  while (from < to) {
    const middle = (from + to) >> 1;
    const bottom = numbers[middle]?.parentElement?.getBoundingClientRect().bottom ?? 0;
    if (bottom > COVERED) to = middle;
    else from = middle + 1;
  }
  return (numbers[from] ?? numbers[numbers.length - 1])?.parentElement?.id || null;
}
