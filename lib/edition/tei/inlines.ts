import type { SpanDetails } from '../schema';
import { pointersOf } from './attributes';
import type { BodyState, Frame } from './body-state';
import type { ElementRole } from './element-roles';

/** The kinds of ranges that look like something by themselves. */
const MARKED: ReadonlySet<string> = new Set([
  'foreign',
  'title',
  'quote',
  'hi',
  'emph',
  'speaker',
  'stage',
  'label',
  'add',
  'del',
  'unclear',
  'supplied',
  'surplus',
  'damage',
  'expansion',
  'code',
  'form',
  'plain',
]);

/** Opens a range of the paragraph: a span where it looks like something, leads somewhere or is pointed to. */
export function openInline(
  body: BodyState,
  frame: Frame,
  kind: Extract<ElementRole, { role: 'inline' }>['kind'],
): void {
  const { tag, language } = frame;
  const { attributes, name } = tag;
  const { flow } = body.current;
  if (name === 'w' || name === 'addrLine') partTokens(body, attributes, name);
  const id = attributes.get('xml:id') ?? null;
  const targets = pointersOf(tag, 'target', 'corresp', 'ref');
  const call =
    name === 'ref' ? targets.find((target) => body.context.noteIds.has(target.slice(1))) : undefined;
  if (call !== undefined && (attributes.get('type') ?? 'note').startsWith('note')) {
    openCall(body, frame, call);
    return;
  }
  const rend = body.rendition(tag);
  const hasLanguage = attributes.has('xml:lang') && language !== body.stack.at(-2)?.language;
  const isNeeded =
    id !== null && (body.context.isFirstCanon || name === 'seg' || body.context.referenced.has(id));
  const hasLink = targets.length > 0;
  const worth =
    kind !== null && (MARKED.has(kind) || rend.length > 0 || hasLink || hasLanguage || isNeeded)
      ? kind
      : null;
  const shown =
    worth ?? (rend.length > 0 ? 'hi' : hasLanguage ? 'foreign' : isNeeded || hasLink ? 'seg' : null);
  if (shown === null) return;
  const details: SpanDetails = {};
  if (rend.length > 0) details.rend = rend;
  if (shown === 'plain' || shown === 'name' || shown === 'form') details.element = name;
  const reason = attributes.get('reason');
  if (reason && (shown === 'supplied' || shown === 'unclear')) details.reason = reason;
  const isJournal = shown === 'title' && attributes.get('level') === 'j';
  frame.span = flow.openSpan({
    kind: isJournal ? 'journal' : shown,
    id,
    language: attributes.has('xml:lang') ? language : null,
    targets,
    details,
  });
}

/** Tokens that stand without a space are words all the same, unless they say that they are joined (TEI P5 §18.1). */
function partTokens(body: BodyState, attributes: ReadonlyMap<string, string>, name: string): void {
  const { flow } = body.current;
  const join = attributes.get('join') ?? '';
  if (join === 'left' || join === 'both') return;
  if (flow.isOpen && (name !== 'w' || body.isAfterToken)) {
    flow.space();
    body.context.tally.boundary();
  }
}

/** The printed number of a note where it is called: apparatus, and no text. */
function openCall(body: BodyState, frame: Frame, target: string): void {
  const { flow } = body.current;
  const side = { text: '' };
  frame.side = { text: side, leftOutAs: 'ref' };
  body.context.tally.beginSide('ref', frame.tag, 'note-call');
  flow.pointBehind((block, offset) => {
    body.calls.set(target.slice(1), { block, offset });
  });
  frame.onClose = () => {
    // A call has a number or a sign; words are a link that belongs to the text.
    if (/^[\s\p{N}\p{P}\p{S}a-z]{0,5}$/u.test(side.text)) return;
    body.context.tally.takeBack('ref', side.text, body.current.note);
    if (!flow.isOpen) body.openImplicitBlock();
    flow.append(side.text);
  };
}
