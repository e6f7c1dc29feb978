/** Intervals of a text: how deep they overlap, and which of them hold an offset. Pure. */
import { firstIndex, type TextSpan } from './text-position';

export interface DepthSpan extends TextSpan {
  depth: number;
}

/**
 * The stretches of the text by the number of spans that cover them, counted up to `deepest`; neighbours of one depth
 * are joined.
 */
export function overlapDepths(spans: readonly TextSpan[], deepest = Number.POSITIVE_INFINITY): DepthSpan[] {
  const starts = new Float64Array(spans.length);
  const ends = new Float64Array(spans.length);
  for (let i = 0; i < spans.length; i++) {
    starts[i] = spans[i]!.start;
    ends[i] = spans[i]!.end;
  }
  starts.sort();
  ends.sort();
  const layers: DepthSpan[] = [];
  let depth = 0;
  let from = 0;
  for (let s = 0, e = 0; e < ends.length; ) {
    const at = s < starts.length ? Math.min(starts[s]!, ends[e]!) : ends[e]!;
    const before = depth;
    const since = from;
    while (s < starts.length && starts[s] === at) s++;
    while (e < ends.length && ends[e] === at) e++;
    depth = Math.min(s - e, deepest);
    if (depth === before) continue;
    if (before > 0 && at > since) layers.push({ start: since, end: at, depth: before });
    from = at;
  }
  return layers;
}

/** The spans, given in order of their starts, melted into the fewest that cover the same text. */
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

/** Those of some spans, given in order of their starts, that touch `window`. */
export function spansWithin<T extends TextSpan>(spans: readonly T[], { start, end }: TextSpan): T[] {
  const last = firstIndex(spans.length, (i) => spans[i]!.start >= end);
  const found: T[] = [];
  for (let i = 0; i < last; i++) if (spans[i]!.end > start) found.push(spans[i]!);
  return found;
}

/**
 * The spans in order of their starts, and those that start together in order of their ends. Sorts numbers, which
 * for thousands of spans takes a fraction of what comparing them does.
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
  // Mostly one number holds all: start, length, and which it was.
  const isOne = (furthest + 1) * wide * length < Number.MAX_SAFE_INTEGER;
  const one = ({ start, end }: T) => start * wide + end - start;
  let sorted: readonly T[] = spans;
  for (const keyOf of isOne ? [one] : [({ end }: T) => end, ({ start }: T) => start]) {
    const before = sorted;
    for (let i = 0; i < length; i++) keys[i] = keyOf(before[i]!) * length + i;
    keys.sort();
    sorted = Array.from(keys, (key) => before[key % length]!);
  }
  return sorted as T[];
}

/** Those of some spans, given in order of their starts, that hold the character at `offset`: the shortest first. */
export function spansAt<T extends TextSpan>(spans: readonly T[], offset: number): T[] {
  const found = spansWithin(spans, { start: offset, end: offset + 1 });
  return found.sort((a, b) => a.end - a.start - (b.end - b.start));
}
