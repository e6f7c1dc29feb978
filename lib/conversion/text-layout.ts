/** A paragraph of a plain text: its lines, with the number of the first (from 1). */
export type TextParagraph = { lines: string[]; line: number };

/** How the lines of a plain text lie: whether they are wrapped, and at which width. */
export type TextLayout = {
  /** Whether every line is a paragraph, because lines are as long as their paragraphs. */
  isLineParagraph: boolean;
  /** Whether lines that belong together are verse, which was not wrapped. */
  isVerse(lines: string[]): boolean;
  /** Whether all lines stand further in than the text around them. */
  isIndented(lines: string[]): boolean;
};

/** Characters that no hard-wrapped line has. */
const LONG_LINE = 120;
const LEAST_WIDTH = 40;
const LEAST_INDENT = 4;

export function layoutOf(body: string): TextLayout {
  const lines = body.split('\n').map((line) => line.trimEnd());
  const filled = lines.filter((line) => line !== '');
  const long = filled.filter((line) => line.length > LONG_LINE).length;
  const isLineParagraph = long > filled.length / 10;
  const width = isLineParagraph ? Number.POSITIVE_INFINITY : widthOf(lines);
  return {
    isLineParagraph,
    isVerse: (group) => group.length > 1 && isUnwrapped(group, width),
    isIndented: (group) =>
      !isLineParagraph &&
      group.every((line) => /^\s*/.exec(line)?.[0].length !== 0 && indentOf(line) >= LEAST_INDENT),
  };
}

function indentOf(line: string): number {
  return /^\s*/.exec(line)?.[0].replaceAll('\t', '    ').length ?? 0;
}

/** The width at which lines are wrapped: that which a tenth of the lines that go on is beyond. */
function widthOf(lines: string[]): number {
  const going = lines
    .filter((line, i) => line !== '' && (lines[i + 1] ?? '') !== '')
    .map(({ length }) => length);
  const sorted = going.sort((a, b) => a - b);
  return Math.max(LEAST_WIDTH, sorted[Math.floor(sorted.length * 0.9)] ?? LEAST_WIDTH);
}

/** Lines are verse where most of them end before the next word would have been too long for the width. */
function isUnwrapped(lines: string[], width: number): boolean {
  const limit = Number.isFinite(width) ? width : LONG_LINE;
  if (lines.some((line) => line.trim().length > limit * 0.95)) return false;
  const ends = lines.slice(0, -1).filter((line, i) => {
    const [next = ''] = (lines[i + 1] ?? '').trim().split(/\s+/);
    return line.length + 1 + next.length <= limit * 0.9;
  });
  const capitals = lines.filter((line) => /^[^\p{L}]*\p{Lu}/u.test(line.trim())).length;
  const isMostlyShort = ends.length >= (lines.length - 1) * 0.7;
  const isIndented = lines.every((line) => indentOf(line) >= 2) || new Set(lines.map(indentOf)).size > 1;
  return isMostlyShort && (capitals >= lines.length * 0.6 || isIndented || lines.length > 3);
}
