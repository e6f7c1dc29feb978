import type { BlockAttributes, BlockContext, BlockNode, BlockWriter } from './block-context';
import { element, type Html } from './element-html';

/** Empty cells in a row, at most. */
const MOST_EMPTY = 200;

const CAPTIONS = new Set(['head', 'caption', 'title']);

/** A table in a frame that scrolls, by keyboard too, where the screen is too narrow for it. */
export function tableHtml(
  write: BlockWriter,
  inside: BlockContext,
  attributes: BlockAttributes,
  children: BlockNode[],
): Html {
  const [head] = children;
  const caption = head?.type === 'block' && CAPTIONS.has(head.block.paragraph.kind) ? head.block : null;
  const rows = caption ? children.slice(1) : children;
  const columns = Math.max(1, ...rows.map(columnsOf));
  return element(
    'div',
    { class: 'table-frame', role: 'group', tabindex: '0', 'aria-label': inside.context.t('table') },
    element(
      'table',
      attributes,
      caption && write.paragraph(inside, caption, 'caption'),
      element('tbody', {}, ...rows.map((row) => rowHtml(write, inside, row, columns))),
    ),
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

function rowHtml(write: BlockWriter, inside: BlockContext, row: BlockNode, columns: number): Html {
  if (row.type === 'container' && row.container.kind === 'row') {
    const isHeader = row.children.every((cell) => factsOf(cell).header === true);
    let next = 1;
    const cells = row.children.flatMap((cell) => {
      const { column = next, columns: width = 1 } = factsOf(cell);
      const empty = Array.from({ length: Math.max(0, Math.min(MOST_EMPTY, column - next)) }, () =>
        element('td', {}),
      );
      next = column + width;
      return [...empty, cellHtml(write, inside, cell, isHeader)];
    });
    return element('tr', {}, ...cells);
  }
  // What stands between the rows has a row of its own.
  return element('tr', {}, element('td', { colspan: columns }, write.blocks(inside, [row])));
}

/** A cell whose only paragraph is its text is that paragraph; others enclose theirs. */
function cellHtml(write: BlockWriter, inside: BlockContext, cell: BlockNode, isHeader: boolean): Html {
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
    return write.paragraph(inside, only.block, name, attributes);
  return element(name, attributes, write.blocks(inside, nodes));
}
