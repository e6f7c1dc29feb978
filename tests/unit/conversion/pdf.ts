import * as mupdf from 'mupdf';

/** A line of a page: its place in points from the lower left corner, and its look. */
export type Placed = { x: number; y: number; text: string; size?: number; style?: 'bold' | 'italic' };

/** A PDF of lines on pages of A5 (420 by 595 points). */
export function pdf(
  pages: Placed[][],
  {
    firstLabel,
    title,
    password,
    bookmarks = [],
  }: {
    firstLabel?: number;
    title?: string;
    password?: string;
    bookmarks?: { title: string; page: number }[];
  } = {},
): Uint8Array {
  const document = new mupdf.PDFDocument();
  const font = (name: string) => document.addSimpleFont(new mupdf.Font(name), 'Latin');
  const resources = document.addObject({
    Font: { F: font('Times-Roman'), B: font('Times-Bold'), I: font('Times-Italic') },
  });
  for (const lines of pages) {
    const content = lines.map(({ x, y, text, size = 10, style }) => {
      const name = style === 'bold' ? 'B' : style === 'italic' ? 'I' : 'F';
      const escaped = text.replace(/[\\()]/g, '\\$&').replaceAll('•', '\\225');
      return `BT /${name} ${size} Tf ${x} ${y} Td (${escaped}) Tj ET`;
    });
    document.insertPage(-1, document.addPage([0, 0, 420, 595], 0, resources, content.join('\n')));
  }
  if (firstLabel !== undefined) document.setPageLabels(0, 'D', '', firstLabel);
  if (title) document.setMetaData('info:Title', title);
  for (const bookmark of bookmarks) {
    const iterator = document.outlineIterator();
    while (iterator.next() === 0) {
      // To the end of the list.
    }
    iterator.insert({ title: bookmark.title, uri: `#page=${bookmark.page}`, open: false });
  }
  const bytes = document
    .saveToBuffer(password ? `encrypt=aes-256,user-password=${password},owner-password=${password}` : '')
    .asUint8Array();
  return Uint8Array.from(bytes);
}

/** Lines of a column, from the top down: each ends after so many characters as fit the width. */
export function column(x: number, top: number, lines: string[], size = 10): Placed[] {
  return lines.map((text, i) => ({
    x: x + (/^ /.test(text) ? 12 : 0),
    y: top - i * 12,
    text: text.trim(),
    size,
  }));
}

/** The width of a text in points. */
export function widthOf(text: string, size = 10): number {
  const font = new mupdf.Font('Times-Roman');
  return [...text].reduce(
    (sum, character) =>
      sum + font.advanceGlyph(font.encodeCharacter(character.codePointAt(0) ?? 0), 0) * size,
    0,
  );
}

/** A line in which numbers in braces call notes: `and so on{1}, as it was`. */
export function callingLine(x: number, y: number, line: string): Placed[] {
  let at = x;
  return line.split(/(\{\d+\})/).flatMap((part): Placed[] => {
    const [, label] = /^\{(\d+)\}$/.exec(part) ?? [];
    if (part === '') return [];
    const placed = label === undefined ? { x: at, y, text: part } : { x: at, y: y + 4, text: label, size: 6 };
    at += widthOf(placed.text, label === undefined ? 10 : 6);
    return [placed];
  });
}
