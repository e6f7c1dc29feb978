import type { Element as SourceElement } from 'hast';
import type { ElementContent } from 'xast';
import { isScriptIri } from '@/lib/kernel/script-iri';
import { countWords } from '@/lib/kernel/words';
import {
  hasBlocks,
  isBlock,
  isElement,
  placeOf,
  propertyOf,
  type SourceNode,
  semanticsOf,
  textOf,
} from '../source-tree';
import { cleanText } from './clean-text';
import { emit } from './emit';
import { figureOf } from './figure';
import { noteOf } from './note';
import { enter, languageOf, type TeiContext, type TeiState } from './state';
import { collapseSpace, separatesWords, tei, teiText } from './tei-node';

/** How an inline element of HTML is told in TEI: element and `@rend`. */
const INLINE: Record<string, [name: string, rend?: string]> = {
  em: ['emph'],
  i: ['hi', 'italic'],
  var: ['hi', 'italic'],
  dfn: ['hi', 'italic'],
  b: ['hi', 'bold'],
  strong: ['hi', 'bold'],
  big: ['hi', 'large'],
  small: ['hi', 'small'],
  mark: ['hi', 'highlight'],
  u: ['hi', 'underline'],
  ins: ['hi', 'underline'],
  s: ['hi', 'strikethrough'],
  strike: ['hi', 'strikethrough'],
  del: ['hi', 'strikethrough'],
  sup: ['hi', 'superscript'],
  sub: ['hi', 'subscript'],
  code: ['code'],
  kbd: ['code'],
  samp: ['code'],
  tt: ['code'],
  cite: ['title'],
  q: ['q'],
  ruby: ['ruby'],
  rb: ['rb'],
  rt: ['rt'],
};

/** Elements that say nothing which TEI or a reader needs: their words stand as they are. */
const TRANSPARENT = new Set(
  'span font a abbr acronym bdi bdo time data nobr wbr rp label button input base basefont'.split(' '),
);

const SMALL_CAPS = /^(?:smcap|smallcaps?|small-caps|sc|smcaps)$/;
const ITALIC = /^(?:italics?|ital)$/;

/** The inline content of nodes. Blocks among them are separated by line breaks, so that no words join. */
export function inline(nodes: SourceNode[], context: TeiContext, state: TeiState): ElementContent[] {
  return nodes.flatMap((node): ElementContent[] => {
    if (node.type === 'text') return textContent(node.value, context, state);
    return isElement(node) ? inlineElement(node, context, state) : [];
  });
}

function textContent(value: string, context: TeiContext, state: TeiState): ElementContent[] {
  const clean = cleanText(value, state);
  if (!context.isPreformatted) return [teiText(collapseSpace(clean))];
  return clean
    .split(/\r\n|\r|\n/)
    .flatMap((line, i) => [...(i > 0 ? [tei('lb')] : []), teiText(line.replaceAll('\t', ' '))]);
}

function inlineElement(node: SourceElement, outer: TeiContext, state: TeiState): ElementContent[] {
  if (node.data?.isNote) return [teiText(' ')];
  if (node.data?.note) return noteOf(node, outer, state);
  if (node.data?.leftOut) return leftOutContent(node, state);
  const context = enter(outer, node);
  const inside = () => inline(node.children, context, state);
  if (node.tagName === 'br') return [tei('lb')];
  if (node.tagName === 'hr') return [tei('milestone', { unit: 'section' })];
  if (node.tagName === 'img' || node.tagName === 'image') return [figureOf(node, context, state)];
  if (isBlock(node)) return [tei('lb'), ...anchorOf(node, state), ...inside(), tei('lb')];
  if (isOnlyNoteCall(node)) return inside();
  const [name, rend] = nameOf(node, context);
  if (name === null) {
    if (!TRANSPARENT.has(node.tagName) && textOf(node).trim() !== '')
      state.notices.add({
        kind: 'plain',
        element: node.tagName,
        reason: 'no-equivalent',
        place: placeOf(node),
        words: countWords(textOf(node)),
      });
    return [...anchorOf(node, state), ...inside()];
  }
  const type = node.data?.isFurtherCall ? 'noteref' : undefined;
  const attributes = name === 'ref' ? { type, target: linkTarget(node, state) } : { rend };
  const made = emit(name, attributes, node, { context, state }, (inner) =>
    inline(node.children, inner, state),
  );
  // An empty element is only a place to link to.
  if (made.children.length > 0 || separatesWords(made)) return [made];
  return made.attributes['xml:id'] ? [tei('anchor', { 'xml:id': made.attributes['xml:id'] })] : [];
}

/** The TEI name and `@rend` of an inline element; null where its words stand as they are. */
function nameOf(node: SourceElement, context: TeiContext): [name: string | null, rend?: string] {
  if (node.tagName === 'a' && propertyOf(node, 'href') !== undefined && !hasBlocks(node)) return ['ref'];
  const semantics = semanticsOf(node);
  if (semantics.some((word) => SMALL_CAPS.test(word))) return ['hi', 'smallcaps'];
  const isForeign = languageOf(node) !== undefined && context.language !== context.outLanguage;
  if (isForeign && ['span', 'i', 'em'].includes(node.tagName))
    return ['foreign', node.tagName === 'span' ? undefined : 'italic'];
  const known = INLINE[node.tagName];
  if (known) return known;
  if (semantics.some((word) => ITALIC.test(word))) return ['hi', 'italic'];
  const hasOwnDirection = context.direction !== context.outDirection;
  return isForeign || hasOwnDirection ? ['seg'] : [null];
}

function linkTarget(node: SourceElement, state: TeiState): string | undefined {
  const href = propertyOf(node, 'href')?.trim() ?? '';
  if (href.startsWith('#')) return state.ids.targetOf(href);
  // A page that somebody saved has links that run scripts; their words are text, and lead nowhere.
  if (isScriptIri(href) || /^data:/i.test(href)) return undefined;
  // White space separates several targets in TEI (teidata.pointer).
  return cleanText(href, state).replace(/\s/g, '%20');
}

/** What stands where something was left out: the page that begins there, or a space. */
export function leftOutContent(node: SourceElement, state: TeiState): ElementContent[] {
  const page = node.data?.page;
  if (page !== undefined) return [tei('pb', { 'xml:id': state.ids.take(node), ...page })];
  return [teiText(' ')];
}

/** An anchor for an element that makes no element of TEI, if something links to it. */
export function anchorOf(node: SourceElement, state: TeiState): ElementContent[] {
  const id = state.ids.take(node);
  return id === undefined ? [] : [tei('anchor', { 'xml:id': id })];
}

/** Whether a raised element only holds the number that calls a note, maybe in brackets. */
function isOnlyNoteCall(node: SourceElement): boolean {
  if (node.tagName !== 'sup') return false;
  return node.children.every((child) =>
    isElement(child) ? child.data?.note !== undefined || isOnlyNoteCall(child) : textOf(child).trim() === '',
  );
}
