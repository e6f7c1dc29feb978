/** Selecting by keyboard: a caret that moves and extends by words or characters. Pure. */
import { codePointLength } from '@/lib/kernel/code-points';
import type { TextSpan } from '../text/text-position';

/** A selection: the span that it began with, and the end that moves. */
export interface Caret {
  anchor: TextSpan;
  /** The moving end: after the anchor's end, or before its start. */
  head: number;
}

export type CaretUnit = 'word' | 'character';

/** Spans of the words or graphemes of a text, in code points counted from `base`. */
export function segmentText(text: string, step: CaretUnit, language: string, base = 0): TextSpan[] {
  const granularity = step === 'word' ? 'word' : 'grapheme';
  const spans: TextSpan[] = [];
  let offset = base;
  for (const { segment, isWordLike } of new Intl.Segmenter(language, { granularity }).segment(text)) {
    const end = offset + codePointLength(segment);
    const counts = step === 'word' ? isWordLike : segment.trim() !== '';
    if (counts) spans.push({ start: offset, end });
    offset = end;
  }
  return spans;
}

/** The span that a caret selects. */
export function selectedSpan({ anchor, head }: Caret): TextSpan {
  return { start: Math.min(anchor.start, head), end: Math.max(anchor.end, head) };
}

/** A caret on one span. */
export function caretOn(span: TextSpan): Caret {
  return { anchor: span, head: span.end };
}

/** The caret on the next or previous span, without the earlier selection. */
export function moveCaret(caret: Caret, spans: readonly TextSpan[], forward: boolean): Caret {
  const { start, end } = selectedSpan(caret);
  const from = caret.head > caret.anchor.start ? end : start;
  // A longer selection collapses to its edge, as in a text field.
  const next = forward
    ? spans.find((span) => span.start >= (caret.head === caret.anchor.end ? caret.anchor.start + 1 : from))
    : spans.findLast((span) => span.start < (caret.head <= caret.anchor.start ? start : caret.anchor.start));
  return next ? caretOn(next) : caret;
}

/** The selection extended or shrunk by one span. */
export function extendCaret(caret: Caret, spans: readonly TextSpan[], forward: boolean): Caret {
  const { anchor, head } = caret;
  if (forward) {
    const next = spans.find((span) => (head < anchor.start ? span.start > head : span.end > head));
    if (!next) return head < anchor.start ? { anchor, head: anchor.end } : caret;
    if (head < anchor.start) return { anchor, head: next.start >= anchor.start ? anchor.end : next.start };
    return { anchor, head: next.end };
  }
  if (head > anchor.end) {
    const previous = spans.findLast((span) => span.end < head);
    return { anchor, head: previous && previous.end > anchor.end ? previous.end : anchor.end };
  }
  const from = Math.min(head, anchor.start);
  const previous = spans.findLast((span) => span.start < from);
  return previous ? { anchor, head: previous.start } : caret;
}
