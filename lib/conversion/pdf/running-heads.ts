import type { PdfLine } from './page-lines';

/** The lines of a page, and its height in points. */
export type PdfPageLines = { lines: PdfLine[]; height: number };

/** What was found at the head and foot of pages. */
export type RunningHeads = {
  heads: Set<PdfLine>;
  numbers: Set<PdfLine>;
  /** The number printed on each page where there is one, by the index of the page. */
  printed: Map<number, string>;
};

/** The share of a page's height at its head and at its foot in which running heads stand. */
const MARGIN = 0.14;
/** Pages on which a line must come again to be one. */
const LEAST_PAGES = 3;
const NUMBER = /^[\s[(—–-]*(\d{1,4}|[ivxlcdm]{1,8})[\s\])—–-]*$/i;

/**
 * Finds the lines that are printed again at the head or foot of pages (the same but for digits), and the page numbers
 * there: a number alone in the first or last line of a page, if other pages count on with it.
 */
export function findRunningHeads(pages: PdfPageLines[]): RunningHeads {
  const edges = pages.map(edgeLines);
  const seen = new Map<string, Set<number>>();
  for (const [index, lines] of edges.entries())
    for (const line of lines) {
      const key = keyOf(line);
      seen.set(key, (seen.get(key) ?? new Set()).add(index));
    }
  const least = Math.max(LEAST_PAGES, Math.ceil(pages.length * 0.05));
  const heads = new Set<PdfLine>();
  const numbers = new Set<PdfLine>();
  const printed = new Map<number, string>();
  const counting = countingOffset(edges);
  for (const [index, lines] of edges.entries()) {
    for (const line of lines) {
      const number = NUMBER.exec(line.text)?.[1];
      if (number === undefined || !isCountedOn(number, index, counting)) continue;
      numbers.add(line);
      printed.set(index, number);
    }
    for (const line of lines) {
      if (numbers.has(line) || !/\p{L}/u.test(line.text)) continue;
      const inHead = numberInHead(line.text, index, counting);
      const isBesideNumber = lines.some((other) => numbers.has(other) && Math.abs(other.top - line.top) < 3);
      const isRepeated = (seen.get(keyOf(line))?.size ?? 0) >= least;
      if (!isRepeated && !isBesideNumber && inHead === null) continue;
      heads.add(line);
      if (inHead !== null && !printed.has(index)) printed.set(index, inHead);
    }
  }
  return { heads, numbers, printed };
}

/** The first two and the last two lines of a page that stand in its margins. */
function edgeLines({ lines, height }: PdfPageLines): PdfLine[] {
  const sorted = [...lines].sort((a, b) => a.top - b.top);
  const head = sorted.slice(0, 3).filter((line) => line.bottom < height * MARGIN);
  const foot = sorted.slice(-3).filter((line) => line.top > height * (1 - MARGIN));
  return [...new Set([...head, ...foot])];
}

/** What a running head is on every page: its words, with digits as signs, and whether it is at the head or the foot. */
function keyOf(line: PdfLine): string {
  return line.text.trim().replace(/\d+/g, '#').replace(/\s+/g, ' ').toLowerCase();
}

/** How much more than its index most pages have for their number; null where they do not count on. */
function countingOffset(edges: PdfLine[][]): number | null {
  const offsets = new Map<number, number>();
  for (const [index, lines] of edges.entries()) {
    const found = new Set(
      lines.flatMap((line) => (line.text.match(/\d{1,4}/g) ?? []).map((number) => Number(number) - index)),
    );
    for (const offset of found) offsets.set(offset, (offsets.get(offset) ?? 0) + 1);
  }
  const [most] = [...offsets].sort(([, a], [, b]) => b - a);
  return most && most[1] >= Math.max(2, edges.length * 0.4) ? most[0] : null;
}

function isCountedOn(number: string, index: number, offset: number | null): boolean {
  if (/^\d+$/.test(number)) return offset !== null && Number(number) - index === offset;
  // Roman numbers are those of the pages before the first numbered one.
  return offset !== null && index + offset < 1;
}

/** The page number that a line of the margin begins or ends with, if the pages count on with it. */
function numberInHead(text: string, index: number, offset: number | null): string | null {
  const [, first, last] = /^\s*(?:(\d{1,4})\s.*|.*\s(\d{1,4}))\s*$/.exec(text) ?? [];
  const number = first ?? last;
  return number !== undefined && offset !== null && Number(number) - index === offset ? number : null;
}
