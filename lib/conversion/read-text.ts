import type { Element, ElementContent, Root } from 'hast';
import { END_MARK, gutenbergMetadata, START_MARK } from './gutenberg';
import type { ConversionMetadata } from './schema';
import { element, leftOut, textOf } from './source-tree';
import { headingLevel, isTitleLine } from './text-headings';
import { inlineOfText, noteOfParagraph } from './text-inline';
import { layoutOf, type TextLayout, type TextParagraph } from './text-layout';

/**
 * A plain text as a tree: paragraphs at empty lines (or at every line, where lines are long), with their lines joined
 * unless they are verse; headings by their words; Project Gutenberg's head and licence left out.
 */
export function readText(text: string): { root: Root; metadata: Partial<ConversionMetadata> } {
  const source = text.replace(/\r\n?/g, '\n').replaceAll('\f', '\n\n');
  const { head, body, tail, bodyLine } = splitGutenberg(source);
  const isGutenberg = head !== '' || tail !== '';
  const layout = layoutOf(body);
  const paragraphs = paragraphsOf(body, bodyLine, layout);
  const children: ElementContent[] = [
    ...leftOutPart(head, 1),
    ...blocksOf(paragraphs, layout, isGutenberg),
    ...leftOutPart(tail, bodyLine + body.split('\n').length - 1),
  ];
  return { root: { type: 'root', children }, metadata: gutenbergMetadata(head || source.slice(0, 1_000)) };
}

function splitGutenberg(source: string): { head: string; body: string; tail: string; bodyLine: number } {
  const start = START_MARK.exec(source);
  const from = start ? start.index + start[0].length : 0;
  const end = END_MARK.exec(source.slice(from));
  const to = end ? from + end.index : source.length;
  const head = source.slice(0, from);
  return { head, body: source.slice(from, to), tail: source.slice(to), bodyLine: head.split('\n').length };
}

function leftOutPart(part: string, line: number): Element[] {
  if (part.trim() === '') return [];
  const node = leftOut('gutenberg-licence', [part], 'div');
  node.position = positionOf({ lines: part.split('\n'), line });
  return [node];
}

/** Paragraphs end at empty lines; where every line is a paragraph, at every line end. */
function paragraphsOf(body: string, firstLine: number, layout: TextLayout): TextParagraph[] {
  const paragraphs: TextParagraph[] = [];
  let open: TextParagraph | null = null;
  for (const [i, line] of body.split('\n').entries()) {
    if (line.trim() === '') {
      open = null;
      continue;
    }
    const isOwn =
      layout.isLineParagraph && !(open && layout.isVerse([...open.lines.slice(-SEEN_LINES), line]));
    if (open && !isOwn) open.lines.push(line);
    else {
      open = { lines: [line], line: firstLine + i };
      paragraphs.push(open);
    }
  }
  return paragraphs.flatMap((paragraph) => parted(paragraph, layout));
}

/** Lines by which it is seen whether the next goes on with verse. */
const SEEN_LINES = 20;
/** No paragraph has more lines: a text of so many without an empty one has other paragraphs. */
const MOST_LINES = 200;

/**
 * Parts what is too long to be a paragraph: verse into groups, other lines into a paragraph each. A line that says that it
 * goes on (`~~`, as in the Arabic texts of OpenITI) stays with the one before.
 */
function parted(paragraph: TextParagraph, layout: TextLayout): TextParagraph[] {
  const { lines, line } = paragraph;
  if (lines.length <= MOST_LINES) return [paragraph];
  const isVerse = layout.isVerse(lines.slice(0, MOST_LINES));
  const parts: TextParagraph[] = [];
  for (const [i, words] of lines.entries()) {
    const last = parts.at(-1);
    const goesOn = isVerse ? i % MOST_LINES > 0 : words.startsWith('~~');
    if (last && goesOn && last.lines.length < MOST_LINES) last.lines.push(words);
    else parts.push({ lines: [words], line: line + i });
  }
  return parts;
}

const RULE = /^[\s*·•⁂⁎#~=_–—-]+$/;

function blocksOf(paragraphs: TextParagraph[], layout: TextLayout, isGutenberg: boolean): Element[] {
  const notes = new Set(paragraphs.map((paragraph) => noteOfParagraph(paragraph)?.label).filter(Boolean));
  const blocks: Element[] = [];
  /** The heading that was last made, while nothing has followed it. */
  let open: Element | null = null;
  for (const paragraph of paragraphs) {
    const block = blockOf(paragraph, layout, {
      isGutenberg,
      notes: notes as Set<string>,
      afterHeading: open !== null,
    });
    block.position = positionOf(paragraph);
    if (open && block.tagName === 'h4' && paragraph.lines.length === 1) {
      // A line of capitals below a heading is its second line: “CHAPTER I”, “LOOMINGS”.
      const { children, ...first } = open;
      if (open.tagName === 'hgroup') open.children.push(block);
      else {
        const group = element('hgroup', {}, [{ ...first, children }, block]);
        group.position = open.position;
        blocks[blocks.length - 1] = group;
        open = group;
      }
      continue;
    }
    blocks.push(block);
    open = isHeading(block) ? block : null;
  }
  return withContents(blocks);
}

function isHeading(block: Element | undefined): block is Element {
  return block !== undefined && /^h(?:[1-6]|group)$/.test(block.tagName);
}

/** Headings that follow one another and come again are a table of contents: paragraphs, not empty chapters. */
function withContents(blocks: Element[]): Element[] {
  const keyOf = (block: Element) =>
    textOf(block)
      .replace(/\P{L}+/gu, ' ')
      .trim()
      .toLowerCase();
  const last = new Map(blocks.map((block, i) => [keyOf(block), i]));
  return blocks.map((block, i) => {
    const isEntry = isHeading(block) && isHeading(blocks[i + 1]) && (last.get(keyOf(block)) ?? i) > i;
    return isEntry ? { ...block, tagName: 'p' } : block;
  });
}

function positionOf({ lines, line }: TextParagraph): Element['position'] {
  const end = { line: line + lines.length - 1, column: (lines.at(-1)?.length ?? 0) + 1 };
  return { start: { line, column: 1 }, end };
}

function blockOf(
  paragraph: TextParagraph,
  layout: TextLayout,
  options: { isGutenberg: boolean; notes: Set<string>; afterHeading: boolean },
): Element {
  const { lines } = paragraph;
  const content = (text: string) => inlineOfText(text, options);
  if (lines.every((line) => RULE.test(line)) && lines.join('').replace(/\s/g, '').length >= 1) {
    // A rule has no words; asterisks are one too.
    return element('hr');
  }
  const note = noteOfParagraph(paragraph);
  if (note) {
    const marker = leftOut('note-marker', [note.marker]);
    return element('aside', { id: `note-${note.label}`, className: ['footnote'] }, [
      element('p', {}, [marker, ...content(joinLines(note.lines))]),
    ]);
  }
  const level = headingLevel(lines);
  if (level !== null && lines.length <= 2) {
    const [first = '', second] = lines.map((line) => line.trim());
    const heading = element(`h${level}`, {}, content(first));
    return second === undefined
      ? heading
      : element('hgroup', {}, [heading, element('p', {}, content(second))]);
  }
  if (isTitleLine(lines)) return element('h4', {}, content((lines[0] ?? '').trim()));
  if (layout.isVerse(lines)) {
    const shown = lines.flatMap((line, i): ElementContent[] => [
      ...(i > 0 ? [element('br')] : []),
      ...lineOf(line, lines, content),
    ]);
    return element('div', { className: ['verse'] }, shown);
  }
  const joined = element('p', {}, content(joinLines(lines)));
  return layout.isIndented(lines) ? element('blockquote', {}, [joined]) : joined;
}

/** A line of verse with its indentation, in steps of two characters beyond the least of its group. */
function lineOf(
  line: string,
  lines: string[],
  content: (text: string) => ElementContent[],
): ElementContent[] {
  const indentOf = (text: string) => /^\s*/.exec(text)?.[0].length ?? 0;
  const depth = indentOf(line) - Math.min(...lines.map(indentOf));
  const inner = content(line.trim());
  return depth < 2
    ? inner
    : [element('span', { className: [`i${Math.min(20, Math.round(depth / 2))}`] }, inner)];
}

/** Hard-wrapped lines as one; after a hyphen inside of a word there is no space. */
function joinLines(lines: string[]): string {
  return lines
    .map((line) => line.trim())
    .reduce((joined, line) =>
      /\p{L}-$/u.test(joined) && /^\p{L}/u.test(line) ? joined + line : `${joined} ${line}`,
    );
}
