import { headingLevel } from '../text-headings';
import type { PdfLine } from './page-lines';
import type { PdfColumn } from './reading-order';

export type PdfOutlineEntry = { title: string; depth: number };

/** Says the level of a line that is a heading, or null. */
export type HeadingFinder = {
  levelOf(line: PdfLine, column: PdfColumn): number | null;
  /** Whether the levels are guessed from how the lines look. */
  isGuess: boolean;
};

const LONGEST = 160;

/**
 * How headings of a PDF are found: by its outline (bookmarks) where most of its titles stand in the text; else by size,
 * weight and words, which is a guess.
 */
export function createHeadingFinder(lines: PdfLine[], outline: PdfOutlineEntry[]): HeadingFinder {
  const bodySize = bodySizeOf(lines);
  const depths = new Map(outline.map(({ title, depth }) => [keyOf(title), depth]));
  const found = new Set(lines.map(({ text }) => keyOf(text)).filter((key) => depths.has(key)));
  if (depths.size > 0 && found.size >= depths.size / 2)
    return {
      isGuess: false,
      levelOf: ({ text }) => (isContentsEntry(text) ? null : (depths.get(keyOf(text)) ?? null)),
    };
  const sizes = [...new Set(lines.filter((line) => isLarge(line, bodySize)).map(({ size }) => size))]
    .sort((a, b) => b - a)
    .slice(0, 4);
  return {
    isGuess: true,
    levelOf(line, column) {
      const text = line.text.trim();
      if (text.length > LONGEST || !/\p{L}/u.test(text) || isContentsEntry(text)) return null;
      const rank = isLarge(line, bodySize) ? sizes.indexOf(line.size) : -1;
      if (rank >= 0) return rank + 1;
      const isCentred = Math.abs(line.left - column.left - (column.right - line.right)) < line.size * 2;
      const isSetApart = line.isBold || (isCentred && text === text.toUpperCase() && text.length > 2);
      if (isSetApart && text.length < 90 && !/[.,;:]$/.test(text) && line.size >= bodySize)
        return headingLevel([text]) ?? sizes.length + 1;
      return null;
    },
  };
}

/** An entry of a table of contents: a title, a row of dots, and a page. */
export function isContentsEntry(text: string): boolean {
  return /(?:\s?[.·…]){4,}\s*[\divxlc]*\s*$/i.test(text);
}

function isLarge(line: PdfLine, bodySize: number): boolean {
  return line.size >= bodySize * 1.15 && line.text.trim().length <= LONGEST;
}

function keyOf(title: string): string {
  return title
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()
    .toLowerCase();
}

/** The size of most letters. */
export function bodySizeOf(lines: PdfLine[]): number {
  const letters = new Map<number, number>();
  for (const { size, text } of lines) letters.set(size, (letters.get(size) ?? 0) + text.length);
  return [...letters].sort(([, a], [, b]) => b - a)[0]?.[0] ?? 0;
}
