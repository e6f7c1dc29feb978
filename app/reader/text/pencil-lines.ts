/** The lines under annotated words: one line for each word, whatever lies on it. Pure. */
import type { TextSpan } from './text-position';

/** Lines are told apart by their form: one's own, several notes, a question, one note. */
export const PENCIL_LINES = ['own', 'several', 'question', 'note'] as const;
export type PencilLine = (typeof PENCIL_LINES)[number];

/** A passage to mark, and what its annotation is. */
export interface MarkedPassage extends TextSpan {
  isOwn: boolean;
  isQuestion: boolean;
}

/** A part of the text that has one line. */
export interface LineSpan extends TextSpan {
  line: PencilLine;
}

/** Where a passage begins (`by` 1) or ends (-1). */
interface Edge {
  at: number;
  by: 1 | -1;
  passage: MarkedPassage | null;
}

/**
 * The lines of passages, as spans that do not overlap, in text order. Words of `lit`, which have a ground of their own,
 * get none. Neighbours with the same line are one span.
 */
export function pencilLines(passages: readonly MarkedPassage[], lit: readonly TextSpan[] = []): LineSpan[] {
  const edges = [
    ...passages.flatMap((passage) => edgesOf(passage, passage)),
    ...lit.flatMap((span) => edgesOf(span, null)),
  ];
  edges.sort((a, b) => a.at - b.at);
  const lines: LineSpan[] = [];
  let [all, own, questions, unlined] = [0, 0, 0, 0];
  for (let i = 0; i < edges.length; ) {
    const { at } = edges[i]!;
    for (; i < edges.length && edges[i]!.at === at; i++) {
      const { by, passage } = edges[i]!;
      if (!passage) {
        unlined += by;
        continue;
      }
      all += by;
      if (passage.isOwn) own += by;
      if (passage.isQuestion) questions += by;
    }
    const end = edges[i]?.at;
    if (end === undefined || all === 0 || unlined > 0) continue;
    const line = own > 0 ? 'own' : all > 1 ? 'several' : questions > 0 ? 'question' : 'note';
    const last = lines.at(-1);
    if (last && last.end === at && last.line === line) last.end = end;
    else lines.push({ start: at, end, line });
  }
  return lines;
}

function edgesOf({ start, end }: TextSpan, passage: MarkedPassage | null): Edge[] {
  return [
    { at: start, by: 1, passage },
    { at: end, by: -1, passage },
  ];
}
