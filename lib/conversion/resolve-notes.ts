import type { Element, Root } from 'hast';
import {
  elementsOf,
  isBlock,
  isElement,
  leaveOut,
  mark,
  propertyOf,
  semanticsOf,
  textOf,
} from './source-tree';
import { fragmentOf } from './tei/link-ids';

/** What an anchor that calls a note says of itself: EPUB, DPUB-ARIA, GFM, Gutenberg, Word's filtered HTML, mammoth. */
const CALL =
  /^(?:noteref|doc-noteref|footnote-?ref|fnref|fnanchor|fn-?anchor|footnote-?anchor|pginternal-note)$/;
const NOTE =
  /^(?:footnotes?|doc-footnote|endnotes?|doc-endnotes?|rearnotes?|notes?|fn\d*|msofootnotetext|msoendnotetext)$/;
const NOTE_ID = /^_?(?:user-content-|cite_)?(?:foot|end)?(?:note|fn|ftn|edn)[\w-]*\d/i;
const CALL_ID = /(?:ref|anchor|ret|back|call|from)[\w-]*\d/i;
const BACK = /^(?:backlink|doc-backlink|footnote-?back(?:ref|link)?|data-footnote-backref)$/;
/** The number or sign of a note, in brackets or not. */
const LABEL = /^[[({]*\s*([\p{N}\p{L}]{1,5}|[*†‡§¶#‖]{1,4})\s*[\])}.:]*$/u;

/**
 * Finds the notes of a tree and their anchors (footnotes and endnotes in whatever form HTML has them): an anchor that
 * calls one gets `data.note`, the body `data.isNote`; the numbers of both are left out. A note is placed at the first
 * anchor, in the order of reading, that is not inside itself; further anchors stay links. A note that nothing calls
 * stays where it is.
 */
export function resolveNotes(root: Root): void {
  const parents = parentsOf(root);
  const byId = new Map<string, Element>();
  for (const node of elementsOf(root))
    for (const id of [propertyOf(node, 'id'), node.tagName === 'a' ? propertyOf(node, 'name') : undefined])
      if (id && !byId.has(id)) byId.set(id, node);
  const targets = new Set<Element>();
  const bodies = new Map<Element, Element>();
  for (const anchor of elementsOf(root)) {
    const target = targetOf(anchor, byId);
    if (target && isCall(anchor, target, parents)) targets.add(target);
  }
  const counts = countTargets(targets, parents);
  for (const target of targets) {
    const body = bodyOf(target, parents, counts);
    if (body) bodies.set(target, body);
  }
  const candidates = new Set(bodies.values());
  const placed = new Set<Element>();
  /** Notes that stay in the text: they are not placed at a call inside of themselves. */
  const kept = new Set<Element>();
  const place = (node: Root | Element, depth: number): void => {
    for (const child of node.children) {
      if (!isElement(child) || candidates.has(child)) continue;
      const target = targetOf(child, byId);
      const body = target && isCall(child, target, parents) ? bodies.get(target) : undefined;
      if (
        !body ||
        depth >= MOST_NESTED ||
        placed.has(body) ||
        kept.has(body) ||
        contains(body, child, parents)
      ) {
        if (body && placed.has(body)) mark(child, { isFurtherCall: true });
        place(child, depth);
        continue;
      }
      placed.add(body);
      callNote(child, body);
      place(body, depth + 1);
    }
  };
  place(root, 0);
  for (const body of candidates) {
    if (placed.has(body)) continue;
    kept.add(body);
    place(body, 0);
  }
}

/** Notes inside of notes, at most; a longer chain goes on in the text. */
const MOST_NESTED = 5;

function callNote(call: Element, body: Element): void {
  const said = textOf(call).trim();
  const label = propertyOf(call, 'dataLabel') ?? LABEL.exec(said)?.[1] ?? (said === '' ? null : said);
  mark(call, { note: { body, label } });
  leaveOut(call, 'note-marker');
  mark(body, { isNote: true });
  const id = propertyOf(call, 'id');
  for (const anchor of elementsOf(body)) {
    const fragment = fragmentOf(propertyOf(anchor, 'href'));
    const isBack =
      semanticsOf(anchor).some((word) => BACK.test(word)) || 'dataFootnoteBackref' in anchor.properties;
    const isToCall = fragment !== undefined && (fragment === id || CALL_ID.test(fragment));
    const isMark = LABEL.test(textOf(anchor).trim()) || !/[\p{L}\p{N}]/u.test(textOf(anchor));
    if (anchor.tagName === 'a' && (isBack || isToCall) && isMark) leaveOut(anchor, 'note-marker');
  }
}

function targetOf(anchor: Element, byId: Map<string, Element>): Element | undefined {
  if (anchor.tagName !== 'a') return undefined;
  const fragment = fragmentOf(propertyOf(anchor, 'href'));
  return fragment === undefined ? undefined : byId.get(fragment);
}

/** Whether a link calls a note: it says so, or it is a raised or bracketed number whose target says that it is one. */
function isCall(anchor: Element, target: Element, parents: Map<Element, Element>): boolean {
  const semantics = semanticsOf(anchor);
  if (semantics.some((word) => BACK.test(word)) || 'dataFootnoteBackref' in anchor.properties) return false;
  if (semantics.some((word) => CALL.test(word)) || 'dataFootnoteRef' in anchor.properties) return true;
  const said = textOf(anchor).trim();
  if (!LABEL.test(said)) return false;
  const isRaised =
    parents.get(anchor)?.tagName === 'sup' ||
    anchor.children.some((child) => isElement(child) && child.tagName === 'sup');
  const isBracketed = /^\[.*\]$/.test(said);
  if (!isRaised && !isBracketed) return false;
  const id = fragmentOf(propertyOf(anchor, 'href')) ?? '';
  return !CALL_ID.test(id) && (NOTE_ID.test(id) || [target, ...ancestors(target, parents)].some(saysNote));
}

function saysNote(node: Element): boolean {
  return semanticsOf(node).some((word) => NOTE.test(word)) || 'dataFootnotes' in node.properties;
}

/** The element with the whole note that a target begins: itself, or the block around it that has no other note. */
function bodyOf(
  target: Element,
  parents: Map<Element, Element>,
  counts: Map<Element, number>,
): Element | null {
  const line = [target, ...ancestors(target, parents)];
  const start = line.findIndex(isBlock);
  let body = line[start];
  if (!body || ['body', 'html', 'td', 'tr', 'table'].includes(body.tagName)) return null;
  if (/^h[1-6]$/.test(body.tagName)) return null;
  for (const outer of line.slice(start + 1)) {
    const isOwn = ['div', 'aside', 'li', 'dd'].includes(outer.tagName);
    const says = saysNote(outer) || NOTE_ID.test(propertyOf(outer, 'id') ?? '');
    if (!isOwn || !says || (counts.get(outer) ?? 0) > 1) break;
    body = outer;
  }
  // A section with several notes is not the body of one of them.
  return (counts.get(body) ?? 0) > 1 && body !== target ? null : body;
}

/** How many targets of notes stand in each element, itself included. */
function countTargets(targets: Set<Element>, parents: Map<Element, Element>): Map<Element, number> {
  const counts = new Map<Element, number>();
  for (const target of targets)
    for (const node of [target, ...ancestors(target, parents)]) counts.set(node, (counts.get(node) ?? 0) + 1);
  return counts;
}

function parentsOf(root: Root): Map<Element, Element> {
  const parents = new Map<Element, Element>();
  for (const node of elementsOf(root))
    for (const child of node.children) if (isElement(child)) parents.set(child, node);
  return parents;
}

function ancestors(node: Element, parents: Map<Element, Element>): Element[] {
  const line: Element[] = [];
  for (let outer = parents.get(node); outer; outer = parents.get(outer)) line.push(outer);
  return line;
}

function contains(outer: Element, node: Element, parents: Map<Element, Element>): boolean {
  return ancestors(node, parents).includes(outer);
}
