/** Intervals of a text: how deep they overlap, and which of them hold an offset. Pure. */
import type { Span } from './position';

export interface Layer extends Span {
  depth: number;
}

/**
 * The stretches of the text by the number of spans that cover them, counted up to `deepest`; neighbours of one depth
 * are joined.
 */
export function sweepDepths(spans: readonly Span[], deepest = Number.POSITIVE_INFINITY): Layer[] {
  const starts = Float64Array.from(spans, (span) => span.start).sort();
  const ends = Float64Array.from(spans, (span) => span.end).sort();
  const layers: Layer[] = [];
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

/** The spans melted into the fewest that cover the same text. */
export function unite(spans: readonly Span[]): Span[] {
  const united: Span[] = [];
  for (const span of [...spans].sort((a, b) => a.start - b.start)) {
    const last = united.at(-1);
    if (last && span.start <= last.end) last.end = Math.max(last.end, span.end);
    else united.push({ start: span.start, end: span.end });
  }
  return united;
}

/** Those of some spans in order that do not overlap which touch `window`. */
export function within<T extends Span>(spans: readonly T[], { start, end }: Span): readonly T[] {
  const edge = (holds: (span: T) => boolean) => {
    let low = 0;
    for (let high = spans.length; low < high; ) {
      const middle = (low + high) >> 1;
      if (holds(spans[middle]!)) high = middle;
      else low = middle + 1;
    }
    return low;
  };
  return spans.slice(
    edge((span) => span.end > start),
    edge((span) => span.start >= end),
  );
}

/** Spans in order of their starts, with the furthest end so far: enough to look an offset up. */
export interface SpanIndex<T extends Span> {
  spans: readonly T[];
  reach: Float64Array;
}

/** Index spans for `spansAt`; of two that start together the shorter comes first. */
export function indexSpans<T extends Span>(spans: readonly T[]): SpanIndex<T> {
  const sorted = [...spans].sort((a, b) => a.start - b.start || a.end - b.end);
  const reach = new Float64Array(sorted.length);
  let furthest = 0;
  for (const [i, span] of sorted.entries()) {
    furthest = Math.max(furthest, span.end);
    reach[i] = furthest;
  }
  return { spans: sorted, reach };
}

/** The spans that hold the character at `offset`, the shortest first. */
export function spansAt<T extends Span>({ spans, reach }: SpanIndex<T>, offset: number): T[] {
  let low = 0;
  for (let high = spans.length; low < high; ) {
    const middle = (low + high) >> 1;
    if (spans[middle]!.start > offset) high = middle;
    else low = middle + 1;
  }
  const found: T[] = [];
  for (let i = low - 1; i >= 0 && reach[i]! > offset; i--) {
    if (spans[i]!.end > offset) found.push(spans[i]!);
  }
  return found.sort((a, b) => a.end - a.start - (b.end - b.start));
}
