/** Moves up and down in a text by its lines on the screen. */
import { rangeOf, type TextSpan } from './text-position';

/** Number of words to examine: more than a line can hold. */
const FAR = 200;

/** The word on the next line (`down`) or the previous one that is horizontally nearest to `from`. */
export function wordOnNextLine(
  container: Element,
  words: readonly TextSpan[],
  from: TextSpan,
  down: boolean,
): TextSpan | null {
  const here = boxOf(container, from);
  const at = words.findIndex((word) => word.end > from.start);
  if (!here || at === -1) return null;
  const step = down ? 1 : -1;
  let line: number | null = null;
  let best: TextSpan | null = null;
  let nearest = Number.POSITIVE_INFINITY;
  for (let i = at + step, seen = 0; i >= 0 && i < words.length && seen < FAR; i += step, seen++) {
    const box = boxOf(container, words[i]!);
    if (!box || Math.abs(box.middle - here.middle) < here.height / 2) continue;
    line ??= box.middle;
    if (Math.abs(box.middle - line) > here.height / 2) break;
    const distance = Math.abs(box.left - here.left);
    if (distance < nearest) {
      nearest = distance;
      best = words[i]!;
    }
  }
  return best;
}

function boxOf(
  container: Element,
  { start, end }: TextSpan,
): { left: number; middle: number; height: number } | null {
  // A word that is hyphenated over two lines counts for the line that it begins on.
  const rect = rangeOf(container, start, end)?.getClientRects()[0];
  return rect ? { left: rect.left, middle: (rect.top + rect.bottom) / 2, height: rect.height } : null;
}
