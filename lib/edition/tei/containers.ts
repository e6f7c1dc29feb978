import type { Container, ParagraphKind, SpanDetails } from '../schema';
import type { BodyState, DivisionNode, Frame } from './body-state';

/** Opens a node of the contents; inside a note there is none. */
export function openDivision(body: BodyState, frame: Frame): void {
  body.endBlock();
  const { tag } = frame;
  if (body.current.note) return;
  const division: DivisionNode = {
    parent: body.division,
    children: [],
    name: tag.name,
    type: tag.attributes.get('type') ?? null,
    n: tag.attributes.get('n') ?? null,
    xmlId: tag.attributes.get('xml:id') ?? null,
    language: frame.language,
    title: null,
    reference: body.context.references.ofDivision(),
    ordinal: 1,
    isAround: body.stack.some(({ tag: { name } }) => name === 'front' || name === 'back'),
    from: body.flow.blocks.length,
    to: body.flow.blocks.length,
    isOpenGround: body.flow.containers.length === (frame.container ? 1 : 0),
  };
  const siblings = body.division?.children ?? body.divisions;
  const { type, name } = division;
  division.ordinal += siblings.findLast((other) => other.type === type && other.name === name)?.ordinal ?? 0;
  siblings.push(division);
  body.division = division;
  frame.division = division;
}

/** Ends a division with the blocks that it has. */
export function finishDivision(body: BodyState, division: DivisionNode): void {
  body.endBlock();
  division.to = body.flow.blocks.length;
  body.division = division.parent;
}

/** Opens what encloses paragraphs, and ends the one before. */
export function openContainer(body: BodyState, frame: Frame, container: Container): void {
  body.endBlock();
  const { flow } = body.current;
  const { attributes } = frame.tag;
  const rend = body.rendition(frame.tag);
  const number = (name: string) => {
    const value = Number(attributes.get(name));
    return Number.isInteger(value) && value > 1 && value <= 1_000 ? value : undefined;
  };
  if (rend.length > 0) container.rend = rend;
  if (container.kind === 'list') {
    const words = `${attributes.get('type') ?? ''} ${attributes.get('rend') ?? ''}`;
    if (/order|number|decimal/i.test(words) && !/unorder|unnumber/i.test(words)) container.ordered = true;
  }
  if (container.kind === 'cell') {
    const columns = number('cols');
    const row = flow.containers.findLast(({ kind }) => kind === 'row');
    const column = (row && body.columns.get(row)) ?? 1;
    if (row) body.columns.set(row, column + (columns ?? 1));
    container.column = column;
    const rows = number('rows');
    if (columns) container.columns = columns;
    if (rows) container.rows = rows;
    const rowRole = body.stack.findLast(({ tag }) => tag.name === 'row')?.tag.attributes.get('role');
    if (attributes.get('role') === 'label' || rowRole === 'label') container.header = true;
  }
  if (frame.tag.attributes.has('xml:lang')) container.language = frame.language;
  frame.container = container;
  flow.containers = [...flow.containers, container];
  body.markId(frame.tag);
}

/** A figure without words leaves its picture to the text around it. */
export function openFigure(body: BodyState, frame: Frame): void {
  const { flow } = body.current;
  const before = flow.blocks.length;
  frame.onClose = () => {
    const figure = frame.container;
    body.endBlock();
    if (!figure?.url || flow.blocks.length > before) return;
    const details: SpanDetails = { url: figure.url, ...(figure.alt && { alt: figure.alt }) };
    body.markPoint('graphic', details);
  };
}

/** Opens a paragraph; a heading names its division. */
export function openBlock(body: BodyState, frame: Frame, kind: ParagraphKind): void {
  wrapQuotations(body);
  body.endBlock();
  frame.textKind = kind;
  frame.closesBlock = true;
  body.startBlock(frame);
  if (kind === 'head' && !body.current.note) {
    const { flow } = body.current;
    const division = body.division;
    frame.onClose = () => {
      const block = body.endBlock() ?? flow.blocks.at(-1);
      if (block?.kind === 'head' && division === body.division) body.nameDivision(block.text);
    };
  }
}

/**
 * A quotation that was taken for words of its paragraph, and has paragraphs or verse inside, encloses them. The
 * innermost stays inside.
 */
export function wrapQuotations(body: BodyState): void {
  const { flow } = body.current;
  if (!flow.isOpen) return;
  const bottom = body.stack.findLastIndex(({ note }) => note !== null);
  for (const frame of body.stack.slice(bottom + 1, -1)) {
    if (frame.role.role !== 'phrase' || !frame.role.container || frame.container || frame.closesBlock)
      continue;
    if (frame.span) flow.closeSpan(frame.span);
    frame.span = null;
    openContainer(body, frame, { kind: frame.role.container, key: ++body.keys });
    frame.textKind = frame.role.block;
  }
}
