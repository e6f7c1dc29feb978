/** Operations on intervals of a text: merging, sorting, lookup. Pure. */
import { firstIndex, type TextSpan } from './text-position';

/** The union of spans, given in order of their starts, as the fewest spans. */
export function mergeSpans(spans: readonly TextSpan[]): TextSpan[] {
  const united: TextSpan[] = [];
  let last: TextSpan | undefined;
  for (const { start, end } of spans) {
    if (last && start <= last.end) last.end = Math.max(last.end, end);
    else {
      last = { start, end };
      united.push(last);
    }
  }
  return united;
}

/** The spans, given in order of their starts, that overlap `window`. */
export function spansWithin<T extends TextSpan>(spans: readonly T[], { start, end }: TextSpan): T[] {
  const last = firstIndex(spans.length, (i) => spans[i]!.start >= end);
  const found: T[] = [];
  for (let i = 0; i < last; i++) if (spans[i]!.end > start) found.push(spans[i]!);
  return found;
}

/**
 * Sorts spans by their starts, then by their ends. It sorts numbers, which for thousands of spans is several times as
 * fast as a comparison function.
 */
export function sortSpans<T extends TextSpan>(spans: readonly T[]): T[] {
  const { length } = spans;
  const keys = new Float64Array(length);
  let longest = 0;
  let furthest = 0;
  for (const { start, end } of spans) {
    longest = Math.max(longest, end - start);
    furthest = Math.max(furthest, start);
  }
  const wide = longest + 1;
  // Mostly one number can hold start, length and index.
  const fitsOneNumber = (furthest + 1) * wide * length < Number.MAX_SAFE_INTEGER;
  const combinedKey = ({ start, end }: T) => start * wide + end - start;
  let sorted: readonly T[] = spans;
  for (const keyOf of fitsOneNumber ? [combinedKey] : [({ end }: T) => end, ({ start }: T) => start]) {
    const before = sorted;
    for (let i = 0; i < length; i++) keys[i] = keyOf(before[i]!) * length + i;
    keys.sort();
    sorted = Array.from(keys, (key) => before[key % length]!);
  }
  return sorted as T[];
}

/** The spans, given in order of their starts, that contain the character at `offset`; the shortest first. */
export function spansAt<T extends TextSpan>(spans: readonly T[], offset: number): T[] {
  const found = spansWithin(spans, { start: offset, end: offset + 1 });
  return found.sort((a, b) => a.end - a.start - (b.end - b.start));
}
