import { codePointLength } from '@/lib/kernel/code-points';
import type { Correction, Note, Paragraph, Section, Span } from './schema';

/** A span or correction that covers a run, and whether the run is its first or last one. */
export type Cover<T> = { item: T; first: boolean; last: boolean };

/** A run of canonical text, `[start, end)` in code points, in which no span, correction or marker begins or ends. */
export type TextRun = {
  type: 'text';
  text: string;
  start: number;
  end: number;
  /** Its language where it is not the paragraph's, else null. */
  language: string | null;
  /** A title, which is printed in italics. */
  italic: boolean;
  /** Aligned passages, references and the like, outermost first. */
  spans: Cover<Span>[];
  corrections: Cover<Correction>[];
};

/** Something between two characters that is not canonical text. */
export type PointMarker =
  | { type: 'note'; offset: number; note: Note }
  | { type: 'page'; offset: number; label: string }
  | { type: 'supplied'; offset: number; correction: Correction };

export type InlinePiece = TextRun | PointMarker;

/** A paragraph for a renderer. The texts of its runs, joined, are exactly its canonical text. */
export type ParagraphRuns = { paragraph: Paragraph; pieces: InlinePiece[] };

type Source = Pick<Section, 'text' | 'paragraphs' | 'notes' | 'pages' | 'corrections' | 'spans'>;

/** Splits the paragraphs of a section into runs and markers. Offsets stay those of the section. */
export function splitSection(section: Source): ParagraphRuns[] {
  const codePoints = [...section.text];
  const points = pointsOf(section);
  return section.paragraphs.map((paragraph) => ({
    paragraph,
    pieces: splitParagraph({ ...section, points }, paragraph, codePoints),
  }));
}

function splitParagraph(
  section: Source & { points: PointMarker[] },
  paragraph: Paragraph,
  codePoints: string[],
): InlinePiece[] {
  const { start, end } = paragraph;
  const meets = (range: { start: number; end: number }) => range.start < end && range.end > start;
  const holds = (offset: number) => offset >= start && offset <= end;
  const spans = section.spans.filter((span) => meets(span) && span.start < span.end);
  const corrections = section.corrections.filter((item) => meets(item) && item.start < item.end);
  const points = section.points.filter((point) => holds(point.offset));
  const cuts = new Set([start, end, ...points.map((point) => point.offset)]);
  for (const range of [...spans, ...corrections]) {
    if (holds(range.start)) cuts.add(range.start);
    if (holds(range.end)) cuts.add(range.end);
  }
  const edges = [...cuts].sort((a, b) => a - b);
  return edges.flatMap((from, i): InlinePiece[] => {
    const here = points.filter((point) => point.offset === from);
    const to = edges[i + 1];
    if (to === undefined) return here;
    const covering = spans.filter((span) => span.start <= from && span.end >= to);
    // The innermost span decides the language; a wider one comes first in `spans`.
    const language = covering.findLast((span) => span.language !== null)?.language ?? null;
    return [
      ...here,
      {
        type: 'text',
        text: codePoints.slice(from, to).join(''),
        start: from,
        end: to,
        language: language === paragraph.language ? null : language,
        italic: covering.some((span) => span.kind === 'title'),
        spans: cover(covering, from, to, paragraph),
        corrections: cover(
          corrections.filter((item) => item.start <= from && item.end >= to),
          from,
          to,
          paragraph,
        ),
      },
    ];
  });
}

/** The markers of a section. At one offset, a note's number follows the text before it, and a supplied word comes last. */
function pointsOf(section: Source): PointMarker[] {
  return [
    ...section.notes.map((note): PointMarker => ({ type: 'note', offset: note.offset, note })),
    ...section.pages.map(({ label, offset }): PointMarker => ({ type: 'page', offset, label })),
    ...section.corrections
      .filter((correction) => correction.start === correction.end)
      .map((correction): PointMarker => ({ type: 'supplied', offset: correction.start, correction })),
  ];
}

function cover<T extends { start: number; end: number }>(
  items: T[],
  from: number,
  to: number,
  paragraph: Paragraph,
): Cover<T>[] {
  return items.map((item) => ({
    item,
    first: Math.max(item.start, paragraph.start) === from,
    last: Math.min(item.end, paragraph.end) === to,
  }));
}

/** Label of the printed page at an offset; null before the first page break of the section. */
export function pageAt(section: Pick<Section, 'pages'>, offset: number): string | null {
  return section.pages.findLast((page) => page.offset <= offset)?.label ?? null;
}

/** The first `length` code points of `text`, cut at a word and marked with an ellipsis where it goes on. */
export function openingWords(text: string, length: number): string {
  if (codePointLength(text) <= length) return text;
  const head = [...text].slice(0, length).join('');
  return `${head.slice(0, Math.max(1, head.lastIndexOf(' ')))}…`;
}
