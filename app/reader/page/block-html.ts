import { directionOf } from '@/lib/edition/direction';
import { nestSpans } from '@/lib/edition/nest-spans';
import type { Container, Direction, Paragraph } from '@/lib/edition/schema';
import type { InlinePiece, ParagraphRuns } from '@/lib/edition/split-runs';
import type { Steps } from '@/lib/kernel/steps';
import type {
  BlockAttributes,
  BlockContext,
  BlockNode,
  BlockWriter,
  ContainerNode,
  SectionProgress,
} from './block-context';
import { element, type Html, joinAll } from './element-html';
import { inlineHtml } from './inline-html';
import { listHtml } from './list-html';
import { paragraphNumber } from './paragraph-number';
import { pictureHtml } from './point-html';
import { tableHtml } from './table-html';

/** Containers whose element is not a `div`. */
const ELEMENTS: Partial<Record<Container['kind'], string>> = {
  epigraph: 'blockquote',
  quote: 'blockquote',
  figure: 'figure',
};

/** Containers whose heads are of the page's outline; that of a table or a list is not. */
const OUTLINE = new Set<Container['kind']>(['division', 'front', 'back']);

/** Code points of the words that set a shared line in: a line of verse is no longer. */
const LONGEST_INSET = 200;

/** HTML has six levels of headings; h5 and h6 are for no text. */
const DEEPEST_HEADING = 4;

const writer: BlockWriter = { blocks: blocksHtml, paragraph: paragraphHtml };

/** Paragraphs and what encloses them, in order. */
export function* blocksHtml(around: BlockContext, nodes: BlockNode[]): Steps<Html> {
  const blocks: Html[] = [];
  for (const node of nodes) {
    blocks.push(
      node.type === 'block' ? yield* paragraphHtml(around, node.block) : yield* containerHtml(around, node),
    );
    yield;
  }
  return joinAll(blocks);
}

function* containerHtml(around: BlockContext, { container, children }: ContainerNode): Steps<Html> {
  const { kind, language = around.language, rend, url } = container;
  const inside: BlockContext = {
    ...around,
    language,
    direction: directionOf(language),
  };
  const attributes = { class: classesOf(kind, rend), ...languageOf(around, language) };
  if (kind === 'list' || kind === 'castlist')
    return yield* listHtml(writer, inside, container, attributes, children);
  if (kind === 'table') return yield* tableHtml(writer, inside, attributes, children);
  return element(
    ELEMENTS[kind] ?? 'div',
    attributes,
    url !== undefined && element('div', { 'data-apparatus': true }, pictureHtml(around.context, container)),
    yield* blocksHtml(inside, children),
  );
}

/** A paragraph: the element with its id, whose text outside `data-apparatus` is `text[start, end)`. */
function* paragraphHtml(
  around: BlockContext,
  { paragraph, pieces }: ParagraphRuns,
  name = elementOf(around, paragraph),
  more: BlockAttributes = {},
): Steps<Html> {
  const { id, start, end, kind, language, reference, details } = paragraph;
  const { context } = around;
  const attributes = {
    id,
    class: classesOf(kind, details.rend, details.continued && 'continued'),
    'data-start': start,
    'data-end': end,
    'data-reference': reference,
    'data-before': sharedBefore(around.progress, paragraph, pieces) || null,
    ...languageOf(around, language),
    ...more,
  };
  const inline = {
    context,
    language,
    direction: directionOf(language),
    start,
    end,
    broken: brokenWords(pieces),
    isInLink: false,
  };
  return element(
    name,
    attributes,
    around.before.get(id) ?? null,
    paragraphNumber(around, paragraph),
    yield* inlineHtml(inline, yield* nestSpans(pieces)),
    around.after.get(id) ?? null,
  );
}

/** The line breaks that part no words: no space is before them (TEI P5, lb/@break). */
function brokenWords(pieces: InlinePiece[]): Set<number> {
  const broken = new Set<number>();
  let before = ' ';
  for (const piece of pieces) {
    if (piece.type === 'text') before = piece.text;
    else if (piece.type === 'point' && piece.span.kind === 'linebreak' && !before.endsWith(' '))
      broken.add(piece.offset);
  }
  return broken;
}

/** Whether a paragraph is a heading of the page. */
export function isHeading({ kind, containers }: Paragraph): boolean {
  return kind === 'head' && containers.every((container) => OUTLINE.has(container.kind));
}

function elementOf({ isOutline, progress }: BlockContext, paragraph: Paragraph): string {
  const { kind, details } = paragraph;
  if (kind === 'line' || kind === 'caption') return 'div';
  if (!isOutline || !isHeading(paragraph)) return 'p';
  const level = details.level ?? 1;
  progress.firstLevel ??= level;
  const wanted = Math.max(1, level - progress.firstLevel + 1);
  progress.heading = Math.min(wanted, progress.heading + 1, DEEPEST_HEADING);
  return `h${progress.heading}`;
}

/** What stood before on a verse line that speakers share (TEI P5, l/@part); empty for all others. */
function sharedBefore(
  progress: SectionProgress,
  { details: { part } }: Paragraph,
  pieces: InlinePiece[],
): string {
  if (part === undefined) return '';
  const before = part === 'I' ? '' : progress.sharedLine;
  const words = pieces.map((piece) => (piece.type === 'text' ? piece.text : '')).join('');
  progress.sharedLine = part === 'F' ? '' : [...`${before}${words} `].slice(0, LONGEST_INSET).join('');
  return before;
}

/** `lang` and `dir` where they are not those of the element around. */
function languageOf(around: BlockContext, language: string): { lang?: string; dir?: Direction } {
  if (language === around.language) return {};
  const direction = directionOf(language);
  return { lang: language, ...(direction !== around.direction && { dir: direction }) };
}

function classesOf(
  kind: string,
  rend: readonly string[] = [],
  ...more: (string | false | undefined)[]
): string {
  return [kind, ...rend.map((each) => `r-${each}`), ...more].filter(Boolean).join(' ');
}
