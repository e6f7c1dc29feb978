import type { Element as SourceElement } from 'hast';
import type { Element, ElementContent } from 'xast';
import { groupRuns, isElement, propertyOf, type SourceNode } from '../source-tree';
import { emit, isShown } from './emit';
import { inline, leftOutContent } from './inline';
import { enter, type TeiContext, type TeiState } from './state';
import { isPoint, pointsIn, tei, trimContent } from './tei-node';

const GROUPS = new Set(['thead', 'tbody', 'tfoot']);

/** A table (TEI P5 §14.1.1): its caption as head, rows, and cells with the columns and rows that they span. */
export function tableOf(node: SourceElement, context: TeiContext, state: TeiState): Element {
  return emit('table', {}, node, { context, state }, (inside) => {
    const captions = node.children.filter((child) => isElement(child) && child.tagName === 'caption');
    const others = node.children.filter((child) => !captions.includes(child));
    return [
      ...captions.filter(isElement).flatMap((caption) => captionOf(caption, inside, state)),
      ...rows(others, inside, state),
    ];
  });
}

function captionOf(node: SourceElement, outer: TeiContext, state: TeiState): ElementContent[] {
  const context = enter(outer, node);
  const head = emit('head', {}, node, { context, state }, (inside) =>
    trimContent(inline(node.children, inside, state)),
  );
  return isShown([head]) ? [head] : pointsIn(head.children);
}

function rows(nodes: SourceNode[], context: TeiContext, state: TeiState): ElementContent[] {
  return groupRuns(nodes).flatMap((node): ElementContent[] => {
    if (Array.isArray(node)) return looseRow(node, context, state);
    if (node.data?.isNote) return [];
    if (node.data?.leftOut) return leftOutContent(node, state).filter(isPoint);
    const inside = enter(context, node);
    if (GROUPS.has(node.tagName)) return rows(node.children, inside, state);
    if (node.tagName !== 'tr') return looseRow([node], context, state);
    const isHead = node.children.every((child) => !isElement(child) || child.tagName === 'th');
    const row = emit(
      'row',
      { role: isHead ? 'label' : undefined },
      node,
      { context: inside, state },
      (inner) => cells(node.children, inner, state),
    );
    return row.children.some((child) => !isPoint(child)) ? [row] : pointsIn(row.children);
  });
}

/** What stands in a table outside of its rows gets a row of its own. */
function looseRow(nodes: SourceNode[], context: TeiContext, state: TeiState): ElementContent[] {
  const cell = tei('cell', {}, state.flow(nodes, context));
  return isShown([cell]) ? [tei('row', {}, [cell])] : pointsIn([cell]);
}

function cells(nodes: SourceNode[], context: TeiContext, state: TeiState): ElementContent[] {
  return groupRuns(nodes).flatMap((node): ElementContent[] => {
    if (Array.isArray(node)) return [tei('cell', {}, trimContent(inline(node, context, state)))];
    if (node.data?.isNote) return [];
    if (node.data?.leftOut) return leftOutContent(node, state).filter(isPoint);
    const isCell = ['td', 'th'].includes(node.tagName);
    const attributes = {
      role: node.tagName === 'th' ? 'label' : undefined,
      cols: spanOf(node, 'colSpan'),
      rows: spanOf(node, 'rowSpan'),
    };
    const inside = enter(context, node);
    return [
      emit('cell', attributes, isCell ? node : null, { context: inside, state }, (inner) =>
        state.flow(isCell ? node.children : [node], inner),
      ),
    ];
  });
}

/** How many columns or rows a cell spans, where it is more than one. HTML has at most 1,000 and 65,534 (§4.9.11). */
function spanOf(node: SourceElement, name: string): string | undefined {
  const span = Number(propertyOf(node, name));
  return Number.isInteger(span) && span > 1 && span < 65_535 ? String(span) : undefined;
}
