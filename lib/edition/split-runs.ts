import { codePointLength } from '@/lib/kernel/code-points';
import type { Steps } from '@/lib/kernel/steps';
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

/** Something between two characters that is not canonical text. `point` is a span of no length. */
export type PointMarker =
  | { type: 'note'; offset: number; note: Note }
  | { type: 'page'; offset: number; label: string; image?: string }
  | { type: 'point'; offset: number; span: Span }
  | { type: 'supplied'; offset: number; correction: Correction };

export type InlinePiece = TextRun | PointMarker;

/** A paragraph for a renderer. The texts of its runs, joined, are exactly its canonical text. */
export type ParagraphRuns = { paragraph: Paragraph; pieces: InlinePiece[] };

type Source = Pick<Section, 'text' | 'paragraphs' | 'notes' | 'pages' | 'corrections' | 'spans'>;
type Ranged = { start: number; end: number };

/** Ranges around one run, at most: browsers nest some 500 elements, and no text has so many meanings at one place. */
export const MOST_LAYERS = 40;
/** Runs that are split before others may get their turn: half a millisecond's work. */
const RUNS_PER_STEP = 200;

/**
 * Splits the paragraphs of a section into runs and markers. Offsets stay those of the section, but for the number of a
 * note, which closes up to the word before it. One sweep: the time grows with the text and its spans, not with their
 * product. In steps, since a page may have 50,000 marks (`TEXT_BOUNDS`).
 */
export function* splitSection(section: Source): Steps<ParagraphRuns[]> {
  const codePoints = [...section.text];
  const { paragraphs } = section;
  const spans = sweep(section.spans.filter(isLong));
  const corrections = sweep(section.corrections.filter(isLong));
  const points = pointsOf(section, codePoints);
  const split: ParagraphRuns[] = [];
  let next = 0;
  for (const [i, paragraph] of paragraphs.entries()) {
    const following = paragraphs[i + 1]?.start ?? Number.POSITIVE_INFINITY;
    const from = next;
    // What stands between two paragraphs goes with the first of them.
    while (next < points.length && (points[next] as PointMarker).offset < following) next++;
    const here = points.slice(from, next).map((point) => clamped(point, paragraph));
    const [around, correcting] = [spans(paragraph), corrections(paragraph)];
    split.push({ paragraph, pieces: yield* splitParagraph(paragraph, codePoints, around, correcting, here) });
    yield;
  }
  return split;
}

function* splitParagraph(
  paragraph: Paragraph,
  codePoints: string[],
  spans: Span[],
  corrections: Correction[],
  points: PointMarker[],
): Steps<InlinePiece[]> {
  const { start, end } = paragraph;
  const cuts = new Set([start, end, ...points.map((point) => point.offset)]);
  for (const range of [...spans, ...corrections]) {
    cuts.add(Math.max(range.start, start));
    cuts.add(Math.min(range.end, end));
  }
  const edges = [...cuts].sort((a, b) => a - b);
  const covering = sweep(spans);
  const correcting = sweep(corrections);
  const pieces: InlinePiece[] = [];
  let next = 0;
  for (const [i, from] of edges.entries()) {
    for (; points[next]?.offset === from; next++) pieces.push(points[next] as PointMarker);
    const to = edges[i + 1];
    if (to === undefined) break;
    if (i % RUNS_PER_STEP === RUNS_PER_STEP - 1) yield;
    const around = covering({ start: from, end: to });
    // The innermost span decides the language; a wider one comes first in `spans`.
    const language = around.findLast((span) => span.language !== null)?.language ?? null;
    pieces.push({
      type: 'text',
      text: codePoints.slice(from, to).join(''),
      start: from,
      end: to,
      language: language === paragraph.language ? null : language,
      italic: around.some((span) => span.kind === 'title'),
      spans: cover(around.slice(0, MOST_LAYERS), from, to, paragraph),
      corrections: cover(correcting({ start: from, end: to }).slice(0, MOST_LAYERS), from, to, paragraph),
    });
  }
  return pieces;
}

/** Gives, for windows that go forward through the text, the ranges that meet them: those that begin first come first, the widest of them outside. */
function sweep<T extends Ranged>(ranges: T[]): (window: Ranged) => T[] {
  const sorted = ranges.toSorted((a, b) => a.start - b.start || b.end - a.end);
  let open: T[] = [];
  let next = 0;
  return ({ start, end }) => {
    if (open.some((range) => range.end <= start)) open = open.filter((range) => range.end > start);
    for (; next < sorted.length && (sorted[next] as T).start < end; next++) {
      const range = sorted[next] as T;
      if (range.end > start) open.push(range);
    }
    return open.slice();
  };
}

function isLong({ start, end }: Ranged): boolean {
  return start < end;
}

/** The markers of a section, in order. At one offset, a note's number follows the text before it, and a supplied word comes last. */
function pointsOf(section: Source, codePoints: string[]): PointMarker[] {
  const starts = new Set(section.paragraphs.map(({ start }) => start));
  const points = [
    ...section.notes.map((note): PointMarker => {
      return { type: 'note', offset: afterWord(codePoints, note.offset, starts), note };
    }),
    ...section.pages.map((page): PointMarker => ({ type: 'page', ...page })),
    ...section.spans
      .filter((span) => span.start === span.end)
      .map((span): PointMarker => ({ type: 'point', offset: span.start, span })),
    ...section.corrections
      .filter((correction) => correction.start === correction.end)
      .map((correction): PointMarker => ({ type: 'supplied', offset: correction.start, correction })),
  ];
  return points.sort((a, b) => a.offset - b.offset);
}

/** The offset without the white space before it, in the same paragraph. */
function afterWord(codePoints: string[], offset: number, starts: ReadonlySet<number>): number {
  let at = offset;
  while (!starts.has(at) && codePoints[at - 1] === ' ') at--;
  return starts.has(at) ? offset : at;
}

function clamped<T extends PointMarker>(point: T, { start, end }: Ranged): T {
  const offset = Math.max(start, Math.min(end, point.offset));
  return offset === point.offset ? point : { ...point, offset };
}

function cover<T extends Ranged>(items: T[], from: number, to: number, paragraph: Ranged): Cover<T>[] {
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
