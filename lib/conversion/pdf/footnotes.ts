import type { PdfPage } from './build-blocks';
import { bodySizeOf } from './find-headings';
import type { PdfFootnote, PdfLine, PdfRun } from './page-lines';
import type { PdfColumn } from './reading-order';

/** The size of the letters of a note, at most, as a share of the text's. */
const SMALL = 0.94;
/** A number or sign that a note begins with. */
const LABEL = /^\s*(\d{1,3}(?!\d)|[*†‡§¶]{1,3})[.)]?\s*(?=\S)/u;

/**
 * Takes the notes from the foot of pages: lines smaller than the text that end a column, the first with a number or a
 * sign by which the text of that page calls it once, raised. Its run there gets `note`. A note may go on at the foot of
 * the next page. Where one of a page is called by nothing, or twice, all lines of that page stay where they are.
 */
export function takeFootnotes(pages: PdfPage[]): { pages: PdfPage[]; notes: PdfFootnote[] } {
  const size = bodySizeOf(pages.flatMap(linesOf));
  const notes: PdfFootnote[] = [];
  const taken = pages.map((page) => {
    const feet = page.columns.map((column) => footOf(column, size));
    const before = notes.at(-1);
    const { own, rest } = notesIn(feet, before ?? null);
    if (own.length === 0) return page;
    const columns = page.columns.map((column, i) => ({
      ...column,
      lines: column.lines.slice(0, column.lines.length - (feet[i]?.length ?? 0)),
    }));
    const called = markCalls(columns, own);
    if (!called) return page;
    before?.lines.push(...rest);
    notes.push(...own);
    return { ...page, columns: called.filter(({ lines }) => lines.length > 0) };
  });
  return { pages: taken, notes };
}

const linesOf = ({ columns }: PdfPage) => columns.flatMap(({ lines }) => lines);

/** The small lines that end a column. */
function footOf({ lines }: PdfColumn, size: number): PdfLine[] {
  let from = lines.length;
  while (from > 0 && (lines[from - 1]?.size ?? size) <= size * SMALL) from--;
  return lines.slice(from);
}

/** The notes of the feet of a page; `rest` is what goes on from the page before. None where lines belong to no note. */
function notesIn(feet: PdfLine[][], before: PdfFootnote | null): { own: PdfFootnote[]; rest: PdfLine[] } {
  const own: PdfFootnote[] = [];
  const rest: PdfLine[] = [];
  for (const line of feet.flat()) {
    const [head = '', label] = LABEL.exec(line.text) ?? [];
    if (label !== undefined && follows(label, own.at(-1)))
      own.push({ label, lines: [withoutStart(line, head.length)] });
    else (own.at(-1)?.lines ?? rest).push(line);
  }
  return rest.length > 0 && before === null ? { own: [], rest: [] } : { own, rest };
}

/** Whether a label is that of the next note; the first of a page may have any. */
function follows(label: string, last: PdfFootnote | undefined): boolean {
  if (last === undefined || !/^\d/.test(label) || !/^\d/.test(last.label)) return true;
  return Number(label) === Number(last.label) + 1;
}

/** A line without its first characters, in code units. */
function withoutStart(line: PdfLine, length: number): PdfLine {
  let left = length;
  const runs: PdfRun[] = [];
  for (const run of line.runs) {
    const text = run.text.slice(left);
    left = Math.max(0, left - run.text.length);
    if (text !== '') runs.push({ ...run, text });
  }
  return { ...line, runs, text: line.text.slice(length) };
}

/** The columns with the calls of these notes marked; null where one of them is not called once. */
function markCalls(columns: PdfColumn[], notes: PdfFootnote[]): PdfColumn[] | null {
  const byLabel = new Map(notes.map((note) => [note.label, note]));
  const called = new Set<PdfFootnote>();
  let isClear = byLabel.size === notes.length;
  const markRun = (run: PdfRun): PdfRun[] => {
    const note = run.isRaised ? byLabel.get(run.text.trim()) : undefined;
    if (!note) return [run];
    isClear &&= !called.has(note);
    called.add(note);
    // A space after the number belongs to the text.
    const [start = '', , end = ''] = run.text.split(/(\S+)/);
    const space = (text: string) => (text === '' ? [] : [{ ...run, text, isRaised: false }]);
    return [...space(start), { ...run, text: note.label, note }, ...space(end)];
  };
  const marked = columns.map((column) => ({
    ...column,
    lines: column.lines.map((line) =>
      line.runs.some(({ isRaised }) => isRaised) ? { ...line, runs: line.runs.flatMap(markRun) } : line,
    ),
  }));
  return isClear && called.size === notes.length ? marked : null;
}
