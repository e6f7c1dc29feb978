import type { Page } from 'mupdf';

/** A stretch of a line in one style. `note` is the footnote that it calls. */
export type PdfRun = {
  text: string;
  isBold: boolean;
  isItalic: boolean;
  isRaised: boolean;
  note?: PdfFootnote;
};

/** A line of the text layer of a page. Positions are points from the upper left corner. */
export type PdfLine = {
  page: number;
  left: number;
  right: number;
  top: number;
  bottom: number;
  /** The size of most of its letters, in points. */
  size: number;
  isBold: boolean;
  runs: PdfRun[];
  text: string;
};

/** A note from the foot of a page: `lines` are without its label. */
export type PdfFootnote = { label: string; lines: PdfLine[] };

/** The lines of a page's text layer, in the order of the file. Characters without a meaning are U+FFFD. */
export function readLines(page: Page, index: number): PdfLine[] {
  const lines: PdfLine[] = [];
  let open: PdfLine | null = null;
  /** Letters of the open line by size, to find its main one. */
  let sizes = new Map<number, number>();
  let baseline = 0;
  const text = page.toStructuredText('preserve-whitespace');
  text.walk({
    beginLine([left, top, right, bottom]) {
      open = { page: index, left, right, top, bottom, size: 0, isBold: false, runs: [], text: '' };
      sizes = new Map();
      baseline = 0;
    },
    onChar(character, origin, font, size) {
      if (!open) return;
      const rounded = Math.round(size * 2) / 2;
      if (character.trim() !== '') sizes.set(rounded, (sizes.get(rounded) ?? 0) + 1);
      const main = mostOf(sizes);
      if (rounded === main) baseline = origin[1];
      const style = {
        isBold: font.isBold(),
        isItalic: font.isItalic(),
        isRaised: rounded < main * 0.85 && origin[1] < baseline - main * 0.15,
      };
      addCharacter(open, character, style);
    },
    endLine() {
      if (open && open.text.trim() !== '') lines.push(finish(open, mostOf(sizes)));
      open = null;
    },
  });
  text.destroy();
  return lines;
}

function addCharacter(line: PdfLine, character: string, style: Omit<PdfRun, 'text' | 'note'>): void {
  const last = line.runs.at(-1);
  const isSpace = character.trim() === '';
  const isSame =
    last &&
    (isSpace ||
      (last.isBold === style.isBold && last.isItalic === style.isItalic && last.isRaised === style.isRaised));
  if (isSame) last.text += character;
  else line.runs.push({ text: character, ...style });
  line.text += character;
}

function finish(line: PdfLine, size: number): PdfLine {
  const letters = (runs: PdfRun[]) => runs.reduce((sum, run) => sum + run.text.trim().length, 0);
  const isBold = letters(line.runs.filter((run) => run.isBold)) > letters(line.runs) * 0.8;
  return { ...line, size, isBold };
}

function mostOf(counts: Map<number, number>): number {
  let most = 0;
  let result = 0;
  for (const [value, count] of counts) {
    if (count <= most) continue;
    most = count;
    result = value;
  }
  return result;
}
