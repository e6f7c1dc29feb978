import { SaxesParser } from 'saxes';
import type { Element, ElementContent, Root } from 'xast';
import { toXml } from 'xast-util-to-xml';
import { decodeText } from './decode-text';
import { tooDeep } from './read-html';
import { BOUNDS } from './schema';

/**
 * The root element of an XML part of an archive, or null where it is not well-formed or has a document type (those of
 * office formats have none, and entities may be bombs). `prefixes` gives namespaces the prefix that names have here,
 * whichever the file uses.
 *
 * @throws AppError `too_large` beyond `BOUNDS.characters` and the nesting of an office document.
 */
export function parseXml(bytes: Uint8Array, prefixes: Record<string, string> = {}): Element | null {
  const { text } = decodeText(bytes, { isMarkup: true });
  const parser = new SaxesParser({ xmlns: true, position: false });
  const root: Root = { type: 'root', children: [] };
  const open: (Root | Element)[] = [root];
  const add = (node: ElementContent) => open.at(-1)?.children.push(node);
  let isBroken = false;
  parser.on('error', () => {
    isBroken = true;
  });
  parser.on('doctype', (doctype) => {
    if (doctype.includes('<!ENTITY')) isBroken = true;
  });
  parser.on('opentag', (tag) => {
    const attributes: Record<string, string> = {};
    for (const { name, local, uri, value } of Object.values(tag.attributes))
      attributes[nameWith(prefixes[uri], local, name)] = value;
    const node: Element = {
      type: 'element',
      name: nameWith(prefixes[tag.uri], tag.local, tag.name),
      attributes,
      children: [],
    };
    add(node);
    open.push(node);
    if (open.length > DEEPEST) throw tooDeep();
  });
  parser.on('closetag', () => open.pop());
  const onText = (value: string) => {
    if (open.length > 1) add({ type: 'text', value });
  };
  parser.on('text', onText);
  parser.on('cdata', onText);
  parser.write(text).close();
  const [element] = root.children;
  if (isBroken || element?.type !== 'element') return null;
  return element;
}

/** Office documents say each thing in several elements (a cell of a table in a table has twelve around it). */
const DEEPEST = BOUNDS.nesting * 8;

function nameWith(prefix: string | undefined, local: string, name: string): string {
  if (prefix === undefined) return name;
  return prefix === '' ? local : `${prefix}:${local}`;
}

/** A tree as XML again, with its namespaces under the given prefixes. */
export function serializeXml(root: Element, prefixes: Record<string, string>): string {
  const declared = Object.fromEntries(
    Object.entries(prefixes).map(([uri, prefix]) => [`xmlns:${prefix}`, uri]),
  );
  const attributes = { ...root.attributes, ...declared };
  return toXml({ ...root, attributes }, { closeEmptyElements: true });
}

/** The elements among the children of one. */
export function childElements(node: Element): Element[] {
  return node.children.filter((child) => child.type === 'element');
}

/** The first child with a name. */
export function child(node: Element | undefined, name: string): Element | undefined {
  return node?.children.find((inner): inner is Element => inner.type === 'element' && inner.name === name);
}

/** All elements below one with one of the names, in document order; those inside of a found one too. */
export function* descendants(node: Element, ...names: string[]): Generator<Element> {
  const open = [childElements(node).reverse()];
  for (let level = open.at(-1); level; level = open.at(-1)) {
    const next = level.pop();
    if (next === undefined) {
      open.pop();
      continue;
    }
    if (names.length === 0 || names.includes(next.name)) yield next;
    if (next.children.length > 0) open.push(childElements(next).reverse());
  }
}

export function xmlText(node: Element | undefined): string {
  if (!node) return '';
  return node.children
    .map((inner) => (inner.type === 'text' ? inner.value : inner.type === 'element' ? xmlText(inner) : ''))
    .join('');
}
