import type { Element, ElementContent } from 'hast';
import type { NoticeList } from '../notices';
import { element, leaveOut, leftOut, mark, text } from '../source-tree';
import { type HeadingFinder, isContentsEntry } from './find-headings';
import { jointOf, type LineJoint, runsToContent, type Vocabulary } from './join-lines';
import type { PdfFootnote, PdfLine, PdfRun } from './page-lines';
import { median, type PdfColumn } from './reading-order';

/** A page in its order of reading. `label` is what it is called, `surface` the id of its image's surface. */
export type PdfPage = { index: number; label: string; surface: string | undefined; columns: PdfColumn[] };

/** A block that is being put together. */
type OpenBlock = {
  content: ElementContent[];
  level: number | null;
  /** The left edge of an item of a list, or null. */
  item: number | null;
  last: PdfLine;
  column: PdfColumn;
};

/** What content is made with: the bodies of the notes that are called in it. */
type Making = { vocabulary: Vocabulary; bodies: Map<PdfFootnote, Element> };

/** The sign that an item of a list begins with. */
const BULLET = /^\s*[•◦▪‣●○■□➢➤⁃]\s*(?=\S)/u;

/**
 * Paragraphs and headings of the lines of all pages. A paragraph begins at an indented line, after a gap, where the size
 * changes, and after a short line that ends a sentence; it may go on in the next column and on the next page. The bodies
 * of `notes` stand after them. `joints` has how each line was joined to the one before it in its paragraph.
 */
export function buildBlocks(
  { pages, notes }: { pages: PdfPage[]; notes: PdfFootnote[] },
  headings: HeadingFinder,
  vocabulary: Vocabulary,
  notices: NoticeList,
): { blocks: Element[]; joints: Map<PdfLine, LineJoint> } {
  const blocks: Element[] = [];
  const joints = new Map<PdfLine, LineJoint>();
  const making: Making = { vocabulary, bodies: new Map() };
  for (const note of notes) making.bodies.set(note, noteBody(note, making, joints));
  let open: OpenBlock | null = null;
  const end = () => {
    if (open?.item != null) addItem(blocks, open.content);
    else if (open)
      blocks.push(element(open.level === null ? 'p' : `h${Math.min(6, open.level)}`, {}, open.content));
    open = null;
  };
  for (const page of pages) {
    let pending: Element | null = pageBreak(page);
    for (const column of page.columns) {
      const leading = leadingOf(column);
      for (const line of column.lines) {
        const isItem = BULLET.test(line.text);
        const level = isItem ? null : headings.levelOf(line, column);
        const previous: OpenBlock | null = open;
        if (previous && !continues(previous, line, level, column, leading)) end();
        if (open === null) {
          if (pending) blocks.push(pending);
          open = {
            content: contentOf(isItem ? withoutBullet(line.runs) : line.runs, level, making),
            level,
            item: isItem ? line.left : null,
            last: line,
            column,
          };
          if (level !== null && headings.isGuess)
            notices.add({ kind: 'plain', element: 'heading', reason: 'heading-guessed', place: page.label });
        } else {
          joints.set(line, append(open, line, pending, making));
          (open as OpenBlock).column = column;
        }
        pending = null;
      }
    }
    // A page without text is a page all the same.
    if (pending) {
      end();
      blocks.push(pending);
    }
  }
  end();
  const hyphens = [...joints.values()].filter((joint) => joint === 'hyphen').length;
  if (hyphens > 0)
    notices.add({ kind: 'plain', element: 'hyphen', reason: 'line-end-hyphen', count: hyphens });
  return { blocks: [...blocks, ...making.bodies.values()], joints };
}

/** The body of a note: its label, and its lines as one paragraph. */
function noteBody({ label, lines }: PdfFootnote, making: Making, joints: Map<PdfLine, LineJoint>): Element {
  const [first, ...others] = lines;
  const content = first ? contentOf(first.runs, null, making) : [];
  if (first) {
    const block = { content, level: null, last: first };
    for (const line of others) joints.set(line, append(block, line, null, making));
  }
  const body = element('aside', {}, [leftOut('note-marker', [label]), element('p', {}, content)]);
  mark(body, { isNote: true });
  return body;
}

/** Adds an item to the list before it, or begins one. */
function addItem(blocks: Element[], content: ElementContent[]): void {
  const item = element('li', {}, content);
  const last = blocks.at(-1);
  if (last?.tagName === 'ul') last.children.push(item);
  else blocks.push(element('ul', {}, [item]));
}

function withoutBullet(runs: PdfRun[]): PdfRun[] {
  const [first, ...rest] = runs;
  if (!first) return runs;
  const bare = first.text.replace(/^\s*[•◦▪‣●○■□➢➤⁃]\s*/u, '');
  return bare === '' ? rest : [{ ...first, text: bare }, ...rest];
}

function pageBreak({ label, surface }: PdfPage): Element {
  const node = element('span');
  mark(node, { leftOut: 'page-number', page: { n: label, ...(surface && { facs: `#${surface}` }) } });
  return node;
}

function isPageBreak(node: ElementContent | undefined): boolean {
  return node?.type === 'element' && node.data?.page !== undefined;
}

function contentOf(runs: PdfRun[], level: number | null, { bodies }: Making): ElementContent[] {
  return runsToContent(runs, {
    isHeading: level !== null,
    callOf(note) {
      const call = element('a', {}, [note.label]);
      const body = bodies.get(note);
      if (body) mark(call, { note: { body, label: note.label } });
      leaveOut(call, 'note-marker');
      return call;
    },
  });
}

/** Adds a line to a block, with the page that begins before it. Gives how it was joined. */
function append(
  block: Pick<OpenBlock, 'content' | 'level' | 'last'>,
  line: PdfLine,
  page: Element | null,
  making: Making,
): LineJoint {
  const joint = jointOf(block.last.text, line.text, making.vocabulary);
  // A page that began with a word of one line is not yet past that word.
  const begun = joint !== ' ' && isPageBreak(block.content.at(-1)) ? block.content.pop() : undefined;
  if (joint !== ' ') trimEnd(block.content, joint === 'hyphen');
  const content = contentOf(joint === ' ' ? line.runs : trimStart(line.runs), block.level, making);
  // A word that a page break divides stands whole before it.
  const [head, rest] = joint === ' ' ? [[], content] : splitFirstWord(content);
  block.content.push(
    ...head,
    ...(joint === ' ' ? [text(' ')] : []),
    ...(begun ? [begun] : []),
    ...(page ? [page] : []),
    ...rest,
  );
  block.last = line;
  return joint;
}

/** Takes white space, and a hyphen where it is wanted, from the end of content. */
function trimEnd(content: ElementContent[], withHyphen: boolean): void {
  const last = content.at(-1);
  if (!last) return;
  if (last.type === 'element') trimEnd(last.children, withHyphen);
  if (last.type === 'text') last.value = last.value.trimEnd().replace(withHyphen ? /[-‐\u00AD]$/ : /$/, '');
}

function trimStart(runs: PdfRun[]): PdfRun[] {
  const [first, ...rest] = runs;
  return first ? [{ ...first, text: first.text.trimStart() }, ...rest] : runs;
}

/** Content split after its first word, if that ends in its first text. */
function splitFirstWord(content: ElementContent[]): [ElementContent[], ElementContent[]] {
  const [first, ...rest] = content;
  if (first?.type !== 'text') return [first ? [first] : [], rest];
  const at = first.value.search(/\s/);
  if (at < 0) return [[first], rest];
  return [[text(first.value.slice(0, at))], [text(first.value.slice(at)), ...rest]];
}

/** The usual distance of two lines of a column, from top to top. */
function leadingOf({ lines }: PdfColumn): number {
  const distances = lines.slice(1).map((line, i) => line.top - (lines[i]?.top ?? 0));
  return median(distances.filter((distance) => distance > 0)) || Number.POSITIVE_INFINITY;
}

const SENTENCE_END = /[.!?:…][»”"’')\]\d*†]*\s*$/u;

function continues(
  block: OpenBlock,
  line: PdfLine,
  level: number | null,
  column: PdfColumn,
  leading: number,
): boolean {
  const { last } = block;
  if (level !== block.level) return false;
  if (BULLET.test(line.text) || isContentsEntry(last.text)) return false;
  const isNear = line.page === last.page && column === block.column;
  const gap = line.top - last.top;
  if (level !== null)
    return isNear && gap < Math.max(leading, line.size) * 1.8 && Math.abs(line.size - last.size) < 1;
  if (Math.abs(line.size - last.size) > last.size * 0.12) return false;
  // An item goes on as long as its lines stand further in than its sign.
  if (block.item !== null && isNear) return gap < leading * 1.6 && line.left > block.item + 2;
  const width = column.right - column.left;
  const isIndented = line.left > column.left + line.size * 0.7 && line.left > column.left + width * 0.015;
  const wasIndented = last.left > block.column.left + last.size * 0.7;
  const wasShort = last.right < block.column.right - (block.column.right - block.column.left) * 0.12;
  const endsSentence = SENTENCE_END.test(last.text);
  if (isNear) {
    if (gap > leading * 1.4) return false;
    // Lines that are all set in are a quotation; the first of a paragraph stands alone.
    if (isIndented && !wasIndented) return false;
    if (isIndented && wasIndented && Math.abs(line.left - last.left) < 1 && !endsSentence) return true;
    return !(wasShort && endsSentence);
  }
  return !isIndented && !(endsSentence && wasShort);
}
