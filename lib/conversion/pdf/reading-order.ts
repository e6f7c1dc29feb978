import type { PdfLine } from './page-lines';

/** Lines of one column of a page, from top to bottom, with its edges. */
export type PdfColumn = { left: number; right: number; lines: PdfLine[] };

/** Lines that a column must have at least: fewer are a label or a number beside the text. */
const LEAST_LINES = 3;
/** The share of the width of the text that a column's lines must have, so that numbers at the right are none. */
const LEAST_WIDTH = 0.2;
/** The share of the lines that may cross a gap: titles over both columns. */
const CROSSING = 0.08;
/** A line wider than this share of the text stands over several columns. */
const SPANNING = 0.6;

/**
 * The lines of a page in their order of reading: from top to bottom, and where a gap runs through the lines from top to
 * bottom, the columns on both sides one after the other, down to the next line that stands over them.
 */
export function orderLines(lines: PdfLine[]): PdfColumn[] {
  if (lines.length === 0) return [];
  const left = Math.min(...lines.map((line) => line.left));
  const right = Math.max(...lines.map((line) => line.right));
  const gutter = findGutter(lines, left, right);
  if (gutter === null) return [{ left, right, lines: joinRows(lines) }];
  const columns: PdfColumn[] = [];
  let band: PdfLine[] = [];
  const endBand = () => {
    const sides = [band.filter((line) => line.right <= gutter), band.filter((line) => line.right > gutter)];
    for (const side of sides) columns.push(...orderLines(side));
    band = [];
  };
  for (const line of [...lines].sort((a, b) => a.top - b.top)) {
    if (line.left < gutter && line.right > gutter) {
      endBand();
      columns.push({ left, right, lines: [line] });
    } else band.push(line);
  }
  endBand();
  return mergeColumns(columns);
}

/** The middle of a gap between two columns, or null where there is only one. A title may stand over it. */
function findGutter(lines: PdfLine[], left: number, right: number): number | null {
  const width = right - left;
  const narrow = lines.filter((line) => line.right - line.left < width * SPANNING);
  if (narrow.length < LEAST_LINES * 2) return null;
  const most = Math.max(1, Math.floor(narrow.length * CROSSING));
  const least = median(narrow.map(({ size }) => size)) * 0.6;
  /** How many lines cover each point of the width. */
  const cover = new Uint16Array(Math.ceil(width) + 1);
  for (const line of narrow)
    for (let x = Math.floor(line.left - left); x < line.right - left; x++) cover[x] = (cover[x] ?? 0) + 1;
  let start: number | null = null;
  for (let x = 0; x < cover.length; x++) {
    const isFree = (cover[x] ?? 0) <= most;
    if (isFree && start === null) start = x;
    if (isFree || start === null) continue;
    const middle = left + (start + x) / 2;
    if (x - start > least && areColumns(narrow, middle, width)) return middle;
    start = null;
  }
  return null;
}

/** Whether both sides of a gap are columns: lines enough, wide enough, and at the same height. */
function areColumns(lines: PdfLine[], middle: number, width: number): boolean {
  const sides = [lines.filter((line) => line.right <= middle), lines.filter((line) => line.left >= middle)];
  if (sides.some((side) => side.length < LEAST_LINES)) return false;
  if (sides.some((side) => median(side.map((line) => line.right - line.left)) < width * LEAST_WIDTH))
    return false;
  const [one, another] = sides.map((side) => ({
    top: Math.min(...side.map((line) => line.top)),
    bottom: Math.max(...side.map((line) => line.bottom)),
  }));
  if (!one || !another) return false;
  const overlap = Math.min(one.bottom, another.bottom) - Math.max(one.top, another.top);
  return overlap > 0.3 * Math.min(one.bottom - one.top, another.bottom - another.top);
}

/** Pieces of one row (a wide space makes them) as one line. */
function joinRows(lines: PdfLine[]): PdfLine[] {
  const rows: PdfLine[] = [];
  for (const line of [...lines].sort((a, b) => a.top - b.top || a.left - b.left)) {
    const row = rows.findLast((candidate) => isSameRow(candidate, line));
    if (!row) rows.push({ ...line, runs: [...line.runs] });
    else appendPiece(row, line);
  }
  return rows;
}

function isSameRow(row: PdfLine, line: PdfLine): boolean {
  const height = Math.min(row.bottom - row.top, line.bottom - line.top);
  const overlap = Math.min(row.bottom, line.bottom) - Math.max(row.top, line.top);
  return overlap > height * 0.6 && (line.left >= row.right - 1 || line.right <= row.left + 1);
}

function appendPiece(row: PdfLine, line: PdfLine): void {
  const space = { text: ' ', isBold: false, isItalic: false, isRaised: false };
  const isBefore = line.right <= row.left + 1;
  row.runs = isBefore ? [...line.runs, space, ...row.runs] : [...row.runs, space, ...line.runs];
  row.text = isBefore ? `${line.text} ${row.text}` : `${row.text} ${line.text}`;
  row.left = Math.min(row.left, line.left);
  row.right = Math.max(row.right, line.right);
  row.top = Math.min(row.top, line.top);
  row.bottom = Math.max(row.bottom, line.bottom);
}

/** Columns with the same edges that follow one another are one. */
function mergeColumns(columns: PdfColumn[]): PdfColumn[] {
  const merged: PdfColumn[] = [];
  for (const column of columns) {
    const last = merged.at(-1);
    if (last && last.left === column.left && last.right === column.right) last.lines.push(...column.lines);
    else merged.push(column);
  }
  return merged;
}

export function median(values: number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? 0;
}
