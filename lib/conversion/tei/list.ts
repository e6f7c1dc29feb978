import type { Element as SourceElement } from 'hast';
import type { Element, ElementContent } from 'xast';
import { groupRuns, hasBlocks, isBlock, isElement, propertyOf, type SourceNode } from '../source-tree';
import { emit, isShown } from './emit';
import { inline, leftOutContent } from './inline';
import { enter, type TeiContext, type TeiState } from './state';
import { isPoint, pointsIn, tei, teiTextOf, trimContent } from './tei-node';

const LISTS = new Set(['ul', 'ol', 'menu', 'dir', 'dl']);

/** A list (TEI P5 §3.8): ordered with the first number where it is not 1, or bulleted. */
export function listOf(node: SourceElement, context: TeiContext, state: TeiState): Element {
  const isOrdered = node.tagName === 'ol';
  const start = propertyOf(node, 'start');
  const attributes = { type: isOrdered ? 'ordered' : 'bulleted', n: start === '1' ? undefined : start };
  return emit('list', attributes, node, { context, state }, (inside) =>
    groupRuns(node.children).flatMap((child): ElementContent[] => {
      if (Array.isArray(child)) return item('item', null, child, inside, state);
      if (child.data?.isNote) return [];
      if (child.data?.leftOut) return leftOutContent(child, state).filter(isPoint);
      return item('item', child, child.tagName === 'li' ? child.children : [child], inside, state);
    }),
  );
}

/** A list of terms with what is said of them: `label` and `item` in turn. */
export function glossListOf(node: SourceElement, context: TeiContext, state: TeiState): Element {
  return emit('list', { type: 'gloss' }, node, { context, state }, (inside) => {
    const groups = groupRuns(node.children).flatMap((child) =>
      !Array.isArray(child) && child.tagName === 'div' && !child.data ? groupRuns(child.children) : [child],
    );
    const entries = groups.flatMap((child) => {
      if (Array.isArray(child)) return item('item', null, child, inside, state);
      if (child.data?.leftOut) return leftOutContent(child, state).filter(isPoint);
      const isEntry = child.tagName === 'dt' || child.tagName === 'dd';
      const name = child.tagName === 'dt' ? 'label' : 'item';
      return item(name, child, isEntry ? child.children : [child], inside, state);
    });
    return entries.flatMap((entry, i) => {
      // TEI wants an item after each label, and a label before each item.
      const follows = entries.slice(i + 1).find((next) => !isPoint(next));
      const isLonelyLabel = isNamed(entry, 'label') && !(follows && isNamed(follows, 'item'));
      return isLonelyLabel ? [entry, tei('item')] : [entry];
    });
  });
}

function isNamed(node: ElementContent, name: string): boolean {
  return node.type === 'element' && node.name === name;
}

/** An entry: text with lists inside stays inline, other blocks are blocks. */
function item(
  name: string,
  node: SourceElement | null,
  children: SourceNode[],
  outer: TeiContext,
  state: TeiState,
): ElementContent[] {
  if (node?.data?.isNote) return [];
  const context = node ? enter(outer, node) : outer;
  const attributes = { n: node ? propertyOf(node, 'value') : undefined };
  const isOwn = node !== null && ['li', 'dt', 'dd'].includes(node.tagName);
  const element = emit(name, attributes, isOwn ? node : null, { context, state }, (inside) =>
    itemContent(children, inside, state),
  );
  return isShown([element]) || teiTextOf(element) !== '' ? [element] : pointsIn(element.children);
}

function itemContent(children: SourceNode[], context: TeiContext, state: TeiState): ElementContent[] {
  const isTextWithLists = children.every(
    (child) => !isElement(child) || LISTS.has(child.tagName) || !(isBlock(child) || hasBlocks(child)),
  );
  if (!isTextWithLists || !children.some((child) => isElement(child) && LISTS.has(child.tagName)))
    return state.flow(children, context);
  return trimContent(
    children.flatMap((child): ElementContent[] => {
      if (!isElement(child) || !LISTS.has(child.tagName)) return inline([child], context, state);
      const inside = enter(context, child);
      const list = child.tagName === 'dl' ? glossListOf(child, inside, state) : listOf(child, inside, state);
      return isShown([list]) ? [list] : pointsIn([list]);
    }),
  );
}
