import type { BodyState, Frame } from './body-state';
import { type ElementRole, roleOf } from './element-roles';
import type { TeiTag } from './tei-tag';

const FIGURELESS = new Set(['list', 'table', 'figure', 'castlist', 'entry']);

/** The role of an element where it stands: a text in a group is a division, a heading of a list is a caption. */
export function roleIn(
  body: BodyState,
  { name, attributes }: TeiTag,
  parent: Frame | undefined,
): ElementRole {
  if (parent && (name === 'text' ? parent.tag.name === 'group' : name.startsWith('TEI')))
    return { role: 'division' };
  if (name === 'supplied' && body.context.isFirstCanon) return { role: 'reading' };
  if (name === 'sourceDoc' && !body.context.hasText) return { role: 'frame' };
  const written = transcriptionRole(body, name);
  if (written) return written;
  // Stand-off interpretations say from where to where; without that the words are of the text.
  if (name === 'span' && !['from', 'to', 'target', 'inst'].some((key) => attributes.has(key)))
    return { role: 'inline', kind: null };
  const role = roleOf(name);
  if (role.role === 'note' && body.context.areNotesText)
    return { role: 'container', kind: 'block', text: 'p' };
  const isAppAlone = role.role === 'app' && body.stack.some((frame) => frame.tag.name === 'listApp');
  if (isAppAlone) return { role: 'container', kind: 'block', text: 'p' };
  if (role.role === 'note' && isBlockNote(body, attributes)) {
    const kind = attributes.get('type') === 'speaker' ? 'speaker' : 'stage';
    return { role: 'block', kind };
  }
  if (name === 'head' || name === 'trailer') return headingRole(body, name, attributes);
  return role;
}

/** A transcription by surfaces, zones and lines (TEI P5 §12.2); in running text a line is only a range. */
function transcriptionRole(body: BodyState, name: string): ElementRole | null {
  if (name !== 'surface' && name !== 'surfaceGrp' && name !== 'zone' && name !== 'line') return null;
  const isOnSurface = body.stack.some(({ tag }) => tag.name === 'surface' || tag.name === 'sourceDoc');
  if (name === 'line') {
    const isBlock = (isOnSurface || !body.current.flow.isOpen) && body.current.note === null;
    return isBlock ? { role: 'block', kind: 'line' } : null;
  }
  if (name === 'zone') return isOnSurface ? { role: 'container', kind: 'block' } : null;
  return { role: 'frame' };
}

function headingRole(body: BodyState, name: string, attributes: ReadonlyMap<string, string>): ElementRole {
  const around = body.current.flow.containers.at(-1)?.kind;
  if (name === 'trailer') return { role: 'block', kind: body.context.isFirstCanon ? 'source' : 'trailer' };
  if (around === 'stanza' || around === 'speech') return { role: 'block', kind: 'subhead' };
  if (around !== undefined && FIGURELESS.has(around)) return { role: 'block', kind: 'caption' };
  const type = attributes.get('type');
  return {
    role: 'block',
    kind: type === 'masthead' ? 'masthead' : type?.startsWith('sub') ? 'subhead' : 'head',
  };
}

/** A note between paragraphs that has no call and no number belongs to the flow (parla-CLARIN: who speaks, the time). */
function isBlockNote(body: BodyState, attributes: ReadonlyMap<string, string>): boolean {
  const parent = body.stack.at(-1);
  const isBetween = !body.current.flow.isOpen && parent !== undefined && parent.textKind === null;
  const isCalled = ['n', 'target', 'place'].some((name) => attributes.has(name));
  const id = attributes.get('xml:id');
  return (
    isBetween &&
    !isCalled &&
    body.current.note === null &&
    !(id !== undefined && body.context.referenced.has(id)) &&
    ['division', 'frame', 'container'].includes(parent.role.role)
  );
}
