import type { Steps } from '@/lib/kernel/steps';
import type { BlockAttributes, BlockContext, BlockNode, BlockWriter } from './block-context';
import { element, type Html, joinAll } from './element-html';

/** Empty cells before another, and on a page, at most: a file may say that each cell is in its hundredth column. */
const MOST_EMPTY = 200;
const MOST_EMPTY_ON_PAGE = 20_000;

const CAPTIONS = new Set(['head', 'caption', 'title']);

/** A table in a frame that scrolls, by keyboard too, where the screen is too narrow for it. */
export function* tableHtml(
  write: BlockWriter,
  inside: BlockContext,
  attributes: BlockAttributes,
  children: BlockNode[],
): Steps<Html> {
  const [head] = children;
  const caption = head?.type === 'block' && CAPTIONS.has(head.block.paragraph.kind) ? head.block : null;
  const rows = caption ? children.slice(1) : children;
  const columns = rows.reduce((most, row) => Math.max(most, columnsOf(row)), 1);
  const heading = caption && (yield* write.paragraph(inside, caption, 'caption'));
  const written: Html[] = [];
  for (const row of rows) {
    written.push(yield* rowHtml(write, inside, row, columns));
    yield;
  }
  return element(
    'div',
    { class: 'table-frame', role: 'group', tabindex: '0', 'aria-label': inside.context.t('table') },
    element('table', attributes, heading, element('tbody', {}, joinAll(written))),
  );
}

/** What a cell of a row says of itself; text directly in a row says nothing. */
function factsOf(cell: BlockNode): { column?: number; columns?: number; rows?: number; header?: boolean } {
  return cell.type === 'container' && cell.container.kind === 'cell' ? cell.container : {};
}

function columnsOf(row: BlockNode): number {
  if (row.type === 'block') return 1;
  return row.children.reduce((sum, cell) => {
    const { column = sum + 1, columns: width = 1 } = factsOf(cell);
    return column + width - 1;
  }, 0);
}

function* rowHtml(write: BlockWriter, inside: BlockContext, row: BlockNode, columns: number): Steps<Html> {
  if (row.type === 'container' && row.container.kind === 'row') {
    const isHeader = row.children.every((cell) => factsOf(cell).header === true);
    let next = 1;
    const cells: Html[] = [];
    for (const cell of row.children) {
      const { column = next, columns: width = 1 } = factsOf(cell);
      const left = MOST_EMPTY_ON_PAGE - inside.progress.emptyCells;
      const empty = Math.max(0, Math.min(MOST_EMPTY, left, column - next));
      inside.progress.emptyCells += empty;
      for (let i = 0; i < empty; i++) cells.push(element('td', {}));
      next = column + width;
      cells.push(yield* cellHtml(write, inside, cell, isHeader));
      yield;
    }
    return element('tr', {}, joinAll(cells));
  }
  // What stands between the rows has a row of its own.
  return element('tr', {}, element('td', { colspan: columns }, yield* write.blocks(inside, [row])));
}

/** A cell whose only paragraph is its text is that paragraph; others enclose theirs. */
function* cellHtml(
  write: BlockWriter,
  inside: BlockContext,
  cell: BlockNode,
  isHeader: boolean,
): Steps<Html> {
  const { columns = 1, rows = 1, header } = factsOf(cell);
  const attributes = {
    colspan: columns > 1 ? columns : null,
    rowspan: rows > 1 ? rows : null,
    scope: header ? (isHeader ? 'col' : 'row') : null,
  };
  const name = header ? 'th' : 'td';
  const nodes = cell.type === 'container' ? cell.children : [cell];
  const [only] = nodes;
  if (nodes.length === 1 && only?.type === 'block' && only.block.paragraph.kind === 'cell')
    return yield* write.paragraph(inside, only.block, name, attributes);
  return element(name, attributes, yield* write.blocks(inside, nodes));
}
