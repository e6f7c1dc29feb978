import { gapDetails, pointersOf } from './attributes';
import type { BodyState, Frame } from './body-state';
import type { TeiTag } from './tei-tag';

/** Opens what stands between two characters: a page or line break, a gap, a milestone, a picture. */
export function openPoint(body: BodyState, frame: Frame): void {
  const { tag, role } = frame;
  if (role.role !== 'point') return;
  const { attributes, name } = tag;
  const n = attributes.get('n') ?? null;
  // Words in a point (a gap's description) stand beside the text.
  body.beside(frame, name, (words) => {
    if (role.kind === 'gap') body.markPoint('gap', gapDetails(attributes, words));
  });
  body.markId(tag);
  switch (role.kind) {
    case 'page':
      breakWord(body, attributes);
      markPage(body, tag);
      return;
    case 'linebreak':
      breakLine(body, attributes, n);
      return;
    case 'columnbreak':
      breakWord(body, attributes);
      if (n !== null) body.markPoint('columnbreak', { label: n });
      return;
    case 'milestone': {
      const unit = attributes.get('unit') ?? '';
      if (n !== null) body.context.references.mark(n, unit);
      body.markPoint('milestone', { ...(n !== null && { label: n }), ...(unit && { unit }) });
      return;
    }
    case 'space':
      body.markPoint('space', {});
      return;
    case 'graphic':
      showGraphic(body, attributes.get('url'));
      return;
    default:
      if (name === 'ptr') callFrom(body, tag);
  }
}

/** Marks where a page begins: at a page break, or a surface whose words are the text. */
export function markPage(
  body: BodyState,
  { attributes }: TeiTag,
  facs = attributes.get('facs') ?? null,
): void {
  const label = attributes.get('n') ?? '';
  const xmlId = attributes.get('xml:id') ?? null;
  body.current.flow.point((block, offset) => {
    const key = JSON.stringify([offset, label, facs]);
    const known = body.pageKeys.get(block) ?? new Set();
    body.pageKeys.set(block, known);
    if (known.has(key)) return;
    known.add(key);
    block.pages.push({ offset, label, facs, xmlId });
  });
}

/**
 * A page or column that says whether a word goes on over it (TEI P5 att.breaking). One that says nothing yields nothing:
 * the white space of the source holds.
 */
function breakWord(body: BodyState, attributes: ReadonlyMap<string, string>): void {
  if (body.context.isFirstCanon) return;
  const value = attributes.get('break');
  if (value === 'no') body.current.flow.join();
  if (value !== 'yes') return;
  body.current.flow.space();
  body.context.tally.boundary();
}

function breakLine(body: BodyState, attributes: ReadonlyMap<string, string>, n: string | null): void {
  const { flow } = body.current;
  if (body.context.isFirstCanon) return;
  if (attributes.get('break') === 'no') flow.join();
  else {
    flow.space();
    body.context.tally.boundary();
  }
  const frame = body.stack.findLast(({ textKind }) => textKind !== null);
  // In prose a line of the source is no line of the page, unless it is numbered to be cited.
  if (
    n !== null ||
    (frame && frame.textKind !== 'p' && frame.textKind !== 'note') ||
    frame?.tag.name === 'ab'
  ) {
    body.markPoint('linebreak', n === null ? {} : { label: n });
  }
}

function showGraphic(body: BodyState, url: string | undefined): void {
  // The picture of a surface is that of its page.
  if (url === undefined || /^surface/.test(body.stack.at(-2)?.tag.name ?? '')) return;
  const figure = body.stack.findLast(({ tag }) => tag.name === 'figure')?.container;
  if (figure && !figure.url) figure.url = url;
  else body.markPoint('graphic', { url });
}

function callFrom(body: BodyState, tag: TeiTag): void {
  const target = pointersOf(tag, 'target').find((pointer) => body.context.noteIds.has(pointer.slice(1)));
  if (target === undefined) return;
  body.current.flow.pointBehind((block, offset) => {
    body.calls.set(target.slice(1), { block, offset });
  });
}
