import type { Element as SourceElement } from 'hast';
import type { ElementContent } from 'xast';
import { semanticsOf } from '../source-tree';
import { emit, isShown } from './emit';
import { enter, type TeiContext, type TeiState } from './state';
import { tei, trimContent } from './tei-node';

/** The note that an element calls (TEI P5 §3.9.1), at the place where it is called, with its paragraphs inside. */
export function noteOf(call: SourceElement, outer: TeiContext, state: TeiState): ElementContent[] {
  const note = call.data?.note;
  if (!note) return [];
  const { body, label } = note;
  state.placedNotes.add(body);
  const isEnd = semanticsOf(body).some((word) => /end-?note|rearnote/.test(word));
  const context = { ...enter(outer, body), isVerse: false, canDivide: false, isPreformatted: false };
  const waiting = state.pendingIds.splice(0);
  const id = state.ids.take(body) ?? state.ids.take(call);
  const element = emit(
    'note',
    { 'xml:id': id, place: isEnd ? 'end' : 'bottom', n: label ?? undefined },
    null,
    { context, state },
    (inside) => inParagraphs(state.flow(body.children, inside)),
  );
  state.pendingIds.unshift(...waiting);
  return [element];
}

/** Content as paragraphs: what stands outside of one gets its own. */
function inParagraphs(content: ElementContent[]): ElementContent[] {
  const hasParagraphs = content.some((child) => child.type === 'element' && BLOCK_NAMES.has(child.name));
  if (hasParagraphs) return content;
  const trimmed = trimContent(content);
  return isShown(trimmed) ? [tei('p', {}, trimmed)] : trimmed;
}

const BLOCK_NAMES = new Set(['p', 'list', 'quote', 'lg', 'table']);
