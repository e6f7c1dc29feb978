import type { ElementContent as SourceContent, Element as SourceElement } from 'hast';
import type { Element, ElementContent } from 'xast';
import { isElement, type SourceNode, semanticsOf, textOf } from '../source-tree';
import type { Piece } from './divisions';
import { emit, isShown } from './emit';
import { inline } from './inline';
import type { TeiContext, TeiState } from './state';
import { isPoint, pointsIn, tei, trimContent } from './tei-node';

const VERSE = /^(?:z3998:)?(?:verse|poem|poetry|stanza|lyrics|hymn|song|lg|line-?group|line-?block)$/;
/** One line of verse: Gutenberg's `verse indent2`, `i4`, `line`. */
const LINE = /^(?:line|l|i\d+|indent\d+)$/;
const INDENT = /^(?:i|indent)(\d+)$/;

/** Whether an element says of itself that it is verse. */
export function isVerse(node: SourceElement): boolean {
  return semanticsOf(node).some((word) => VERSE.test(word));
}

/**
 * A paragraph of verse as a group of lines (TEI P5 §3.14): each line break ends one. Null where there is only one line
 * and nothing says that it is one.
 */
export function verseOf(
  node: SourceElement | null,
  children: SourceNode[],
  context: TeiContext,
  state: TeiState,
): Element | null {
  const lines = splitLines(children as SourceContent[]).filter((line) => line.some(isSaid));
  const saysLine = node !== null && semanticsOf(node).some((word) => LINE.test(word) || VERSE.test(word));
  if (lines.length === 0 || (lines.length === 1 && !saysLine)) return null;
  return emit('lg', {}, node, { context, state }, (inside) =>
    lines.flatMap((line) => lineOf(line, node, inside, state)),
  );
}

function lineOf(
  line: SourceContent[],
  node: SourceElement | null,
  context: TeiContext,
  state: TeiState,
): ElementContent[] {
  const content = trimContent(inline(line, context, state));
  if (!isShown(content)) return pointsIn(content);
  return [tei('l', { rend: indentOf(line, node) }, content)];
}

/** The indentation of a line, as its class has it. */
function indentOf(line: SourceContent[], node: SourceElement | null): string | undefined {
  const said = [...line.filter(isElement), ...(node ? [node] : [])].flatMap(semanticsOf);
  const [, depth] = said.map((word) => INDENT.exec(word)).find((match) => match !== null) ?? [];
  return depth === undefined || Number(depth) === 0 ? undefined : `indent${depth}`;
}

function isSaid(node: SourceNode): boolean {
  if (isElement(node) && (node.data?.note || node.tagName === 'img')) return true;
  return isElement(node)
    ? node.children.some(isSaid) || node.data?.page !== undefined
    : textOf(node).trim() !== '';
}

/** Nodes split at line breaks; an element around a break is continued in the next line. */
function splitLines(nodes: SourceContent[]): SourceContent[][] {
  const lines: SourceContent[][] = [[]];
  for (const node of nodes) {
    const parts = partsOf(node);
    for (const [i, part] of parts.entries()) {
      if (i > 0) lines.push([]);
      if (part) lines.at(-1)?.push(part);
    }
  }
  return lines;
}

/** The parts of a node between its line breaks; null for an empty one. */
function partsOf(node: SourceContent): (SourceContent | null)[] {
  if (!isElement(node) || node.data?.leftOut || node.data?.note) return [node];
  if (node.tagName === 'br') return [null, null];
  const lines = splitLines(node.children);
  if (lines.length === 1) return [node];
  return lines.map((children, i) =>
    children.length === 0
      ? null
      : { ...node, properties: i === 0 ? node.properties : { ...node.properties, id: undefined }, children },
  );
}

/** Groups of one line that follow one another are the lines of one group. */
export function mergeLines(pieces: Piece[]): Piece[] {
  const merged: Piece[] = [];
  for (const piece of pieces) {
    const last = merged.at(-1);
    const isContinued =
      isLine(piece) && last?.kind === 'block' && isLineGroup(last.node) && last.isOfSingleLines;
    if (isContinued && piece.kind === 'block') last.node.children.push(...piece.node.children);
    else merged.push(isLine(piece) && piece.kind === 'block' ? { ...piece, isOfSingleLines: true } : piece);
  }
  return merged;
}

function isLine(piece: Piece): boolean {
  return (
    piece.kind === 'block' &&
    isLineGroup(piece.node) &&
    piece.node.children.filter((child) => !isPoint(child)).length === 1
  );
}

function isLineGroup(node: Element): boolean {
  return node.name === 'lg' && node.attributes['xml:id'] === undefined;
}
