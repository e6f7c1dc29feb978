import type { Element as SourceElement } from 'hast';
import type { Element, ElementContent } from 'xast';
import {
  groupRuns,
  hasBlocks,
  isBlock,
  isElement,
  type SourceNode,
  semanticsOf,
  textOf,
} from '../source-tree';
import type { Piece } from './divisions';
import { emit, isShown } from './emit';
import { graphicOf } from './figure';
import { inline, leftOutContent } from './inline';
import { glossListOf, listOf } from './list';
import { enter, type TeiContext, type TeiState } from './state';
import { tableOf } from './table';
import { isPoint, pointsIn, tei, teiTextOf, trimContent } from './tei-node';
import { isVerse, mergeLines, verseOf } from './verse';

/** Content for an element that may have text or blocks: inline where there are no blocks inside. */
export function flow(nodes: SourceNode[], context: TeiContext, state: TeiState): ElementContent[] {
  const isInline = nodes.every((node) => !isBlock(node) && !(isElement(node) && hasBlocks(node)));
  if (isInline) return trimContent(inline(nodes, context, state));
  return blocks(nodes, { ...context, canDivide: false }, state).map(blockOfPiece);
}

/** The pieces of a division: its blocks, and the headings and sections that begin further ones. */
export function blocks(nodes: SourceNode[], context: TeiContext, state: TeiState): Piece[] {
  const pieces = groupRuns(nodes).flatMap((group) =>
    Array.isArray(group) ? paragraph(null, group, context, state) : block(group, context, state),
  );
  return context.isVerse ? mergeLines(pieces) : pieces;
}

const HEADING = /^h[1-6]$/;
const SECTIONS = new Set(['section', 'article']);

function block(node: SourceElement, outer: TeiContext, state: TeiState): Piece[] {
  if (node.data?.isNote) return [];
  if (node.data?.leftOut) return leftOutContent(node, state).filter(isPoint).map(toPiece);
  const context = { ...enter(outer, node), isVerse: outer.isVerse || isVerse(node) };
  const { tagName } = node;
  const where = { context, state };
  if (HEADING.test(tagName)) return heading(node, Number(tagName[1]), context, state);
  if (tagName === 'hgroup') return headingGroup(node, context, state);
  if (SECTIONS.has(tagName) && context.canDivide) return section(node, context, state);
  if (tagName === 'blockquote')
    return shown(emit('quote', {}, node, where, (inside) => quotation(node, inside, state)));
  if (['ul', 'ol', 'menu', 'dir'].includes(tagName)) return shown(listOf(node, context, state));
  if (tagName === 'dl') return shown(glossListOf(node, context, state));
  if (tagName === 'table') return shown(tableOf(node, context, state));
  if (tagName === 'figure') return figure(node, context, state);
  if (tagName === 'pre')
    return paragraph(
      node,
      node.children,
      { ...context, isPreformatted: !context.isVerse },
      state,
      'preformatted',
    );
  if (tagName === 'hr') return [toPiece(tei('milestone', { unit: 'section' }))];
  if (!hasBlocks(node)) return paragraph(node, node.children, context, state);
  const id = state.ids.take(node);
  if (id !== undefined) state.pendingIds.push(id);
  return blocks(node.children, context, state);
}

function toPiece(node: Element): Piece {
  return { kind: 'block', node };
}

function shown(node: Element): Piece[] {
  return isShown([node]) ? [toPiece(node)] : pointsIn(node.children).map(toPiece);
}

/** A piece where no divisions are: a heading is a paragraph that says so. */
function blockOfPiece(piece: Piece): ElementContent {
  if (piece.kind === 'block') return piece.node;
  return tei(
    'p',
    { rend: 'heading' },
    piece.kind === 'heading' ? piece.heads.flatMap((head) => head.children) : [],
  );
}

function quotation(node: SourceElement, context: TeiContext, state: TeiState): ElementContent[] {
  return blocks(node.children, { ...context, canDivide: false }, state).map(blockOfPiece);
}

/** Points alone, images alone and asterisks alone are no paragraph. */
function paragraph(
  node: SourceElement | null,
  children: SourceNode[],
  context: TeiContext,
  state: TeiState,
  rend?: string,
): Piece[] {
  const lines = context.isVerse ? verseOf(node, children, context, state) : null;
  if (lines) return [toPiece(lines)];
  const element = emit('p', { rend }, node, { context, state }, (inside) =>
    trimContent(inline(children, inside, state)),
  );
  const { children: content } = element;
  const rest = content.filter((child) => child.type !== 'element' || child.name !== 'figure');
  const words = rest.map(teiTextOf).join('').trim();
  if (/^[*⁂⁎\s]+$/.test(words) && rest.every((child) => child.type === 'text' || isPoint(child)))
    return [tei('milestone', { unit: 'section', rend: 'asterisks' }), ...pointsIn(content)].map(toPiece);
  if (isShown(rest)) return [toPiece(element)];
  const own = element.attributes['xml:id'];
  if (typeof own === 'string') state.pendingIds.push(own);
  const points = pointsIn(rest);
  for (const { name, attributes } of points)
    if (name === 'anchor' && attributes['xml:id']) state.pendingIds.push(attributes['xml:id']);
  return [
    ...points.filter(({ name }) => name !== 'anchor'),
    ...content.filter((child) => !rest.includes(child)),
  ]
    .filter((child) => child.type === 'element')
    .map(toPiece);
}

function heading(node: SourceElement, level: number, context: TeiContext, state: TeiState): Piece[] {
  if (textOf(node).trim() === '' || !context.canDivide)
    return paragraph(
      node,
      node.children,
      { ...context, isVerse: false },
      state,
      context.canDivide ? undefined : 'heading',
    );
  const ids = state.pendingIds.splice(0);
  const own = state.ids.take(node);
  const head = emit('head', {}, null, { context, state }, (inside) =>
    trimContent(inline(node.children, { ...inside, isVerse: false }, state)),
  );
  if (!isShown([head])) {
    state.pendingIds.push(...ids, ...(own === undefined ? [] : [own]));
    return pointsIn(head.children).map(toPiece);
  }
  const [first, ...further] = [own, ...ids].filter((id) => id !== undefined);
  head.children.unshift(...further.map((id) => tei('anchor', { 'xml:id': id })));
  if (BYLINE.test(textOf(node).trim())) return [toPiece({ ...head, name: 'byline' })];
  return [{ kind: 'heading', level, id: first, heads: [head] }];
}

/** An author's name that is set as a heading. */
const BYLINE = /^(?:by|par|von)\s+\p{Lu}[^.!?]{2,60}\.?$/iu;

/** A heading with subtitles: the first of its lines names the division, the others stand below it. */
function headingGroup(node: SourceElement, context: TeiContext, state: TeiState): Piece[] {
  const lines = node.children.filter(isElement);
  const level = Math.min(...lines.map(({ tagName }) => (HEADING.test(tagName) ? Number(tagName[1]) : 6)));
  const pieces = lines.flatMap((line) => heading(line, level, enter(context, line), state));
  const [first, ...further] = pieces.filter((piece) => piece.kind === 'heading');
  if (!first) return pieces;
  for (const { heads } of further)
    for (const head of heads) first.heads.push({ ...head, attributes: { type: 'sub', ...head.attributes } });
  return [first, ...pieces.filter((piece) => piece.kind === 'block')];
}

function section(node: SourceElement, context: TeiContext, state: TeiState): Piece[] {
  const id = state.ids.take(node);
  // The element is made for its attributes: its pieces are nested later, with those around it.
  let pieces: Piece[] = [];
  const { attributes } = emit(
    'div',
    { 'xml:id': id, type: sectionType(node) },
    null,
    { context, state },
    (inside) => {
      pieces = blocks(node.children, inside, state);
      return [];
    },
  );
  if (pieces.length === 0) return [];
  return [
    { kind: 'section', attributes: attributes as Record<string, string>, level: node.data?.level, pieces },
  ];
}

/** The kind of division, from `epub:type` or the role (DPUB-ARIA), such as `chapter`. */
function sectionType(node: SourceElement): string | undefined {
  const words = semanticsOf(node).map((word) => word.replace(/^doc-/, ''));
  return words.find((word) => DIVISION_TYPES.has(word));
}

const DIVISION_TYPES = new Set(
  `abstract acknowledgments afterword appendix bibliography chapter colophon conclusion dedication endnotes epigraph
   epilogue errata foreword glossary halftitlepage imprint index introduction part preface prologue titlepage toc
   volume`.split(/\s+/),
);

function figure(node: SourceElement, context: TeiContext, state: TeiState): Piece[] {
  const element = emit('figure', {}, node, { context, state }, (inside) =>
    groupRuns(node.children).flatMap((child): ElementContent[] => figureContent(child, inside, state)),
  );
  return shown(element);
}

function figureContent(
  node: SourceElement | SourceNode[],
  context: TeiContext,
  state: TeiState,
): ElementContent[] {
  if (Array.isArray(node) && node.every((child) => isImage(child) || textOf(child).trim() === ''))
    return node.filter(isElement).flatMap((child) => graphicsIn(child, state));
  if (!Array.isArray(node) && node.tagName === 'figcaption' && !hasBlocks(node) && !node.data) {
    const head = emit('head', {}, node, { context: enter(context, node), state }, (inside) =>
      trimContent(inline(node.children, inside, state)),
    );
    return isShown([head]) ? [head] : pointsIn(head.children);
  }
  const nodes = Array.isArray(node) ? node : [node];
  return blocks(nodes, { ...context, canDivide: false }, state).map(blockOfPiece);
}

/** An image, or an image in links and wrappers without words: the figure's own. */
function isImage(node: SourceNode): boolean {
  if (!isElement(node) || node.data) return false;
  return node.tagName === 'img' || (node.children.length > 0 && node.children.every(isImage));
}

function graphicsIn(node: SourceElement, state: TeiState): ElementContent[] {
  if (node.tagName === 'img') return graphicOf(node, state);
  return node.children.filter(isElement).flatMap((child) => graphicsIn(child, state));
}
