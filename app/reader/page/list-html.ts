import type { Container } from '@/lib/edition/schema';
import type { Steps } from '@/lib/kernel/steps';
import type { BlockAttributes, BlockContext, BlockNode, BlockWriter } from './block-context';
import { element, type Html, joinAll } from './element-html';

/** A list: of items, or of labels with what belongs to them. Its head stands before it, because only items may be in it. */
export function* listHtml(
  write: BlockWriter,
  inside: BlockContext,
  { ordered }: Container,
  attributes: BlockAttributes,
  children: BlockNode[],
): Steps<Html> {
  const first = Math.max(0, children.findIndex(isItem));
  const items = children.slice(first);
  const hasLabels = items.some((node) => kindOf(node) === 'label');
  const written: Html[] = [];
  for (const node of items) {
    written.push(yield* itemHtml(write, inside, node, hasLabels));
    yield;
  }
  const list = element(
    hasLabels ? 'dl' : ordered ? 'ol' : 'ul',
    first === 0 ? attributes : { class: attributes.class },
    joinAll(written),
  );
  if (first === 0) return list;
  return element(
    'div',
    { ...attributes, class: 'listed' },
    yield* write.blocks(inside, children.slice(0, first)),
    list,
  );
}

function kindOf(node: BlockNode): string {
  return node.type === 'block' ? node.block.paragraph.kind : node.container.kind;
}

function isItem(node: BlockNode): boolean {
  return node.type === 'container' || ['item', 'label'].includes(kindOf(node));
}

function* itemHtml(
  write: BlockWriter,
  inside: BlockContext,
  node: BlockNode,
  hasLabels: boolean,
): Steps<Html> {
  const name = hasLabels ? 'dd' : 'li';
  if (node.type === 'block' && kindOf(node) === 'label')
    return yield* write.paragraph(inside, node.block, 'dt');
  if (node.type === 'block' && kindOf(node) === 'item')
    return yield* write.paragraph(inside, node.block, name);
  if (node.type === 'container' && kindOf(node) === 'item')
    return element(name, { class: 'item' }, yield* write.blocks(inside, node.children));
  return element(name, { class: 'item plain' }, yield* write.blocks(inside, [node]));
}
