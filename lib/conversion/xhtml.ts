import { characterEntities } from 'character-entities';
import type { Element, Root } from 'hast';
import { find, html } from 'property-information';
import { SaxesParser } from 'saxes';

/**
 * The tree of an XHTML document, by the rules of XML: `<a id="x"/>` is empty there, which HTML reads otherwise. Entities
 * are those of HTML; a document type with others, or what is not well-formed, gives null. Nothing outside is read.
 */
export function parseXhtml(source: string): Root | null {
  const parser = new SaxesParser({ xmlns: true, position: true });
  Object.assign(parser.ENTITIES, characterEntities);
  const root: Root = { type: 'root', children: [] };
  const open: (Root | Element)[] = [root];
  let isBroken = false;
  parser.on('error', () => {
    isBroken = true;
  });
  parser.on('opentag', (tag) => {
    const node: Element = { type: 'element', tagName: tag.local, properties: {}, children: [] };
    const start = { line: parser.line, column: parser.column + 1 };
    node.position = { start, end: start };
    for (const { name, value } of Object.values(tag.attributes)) {
      const { property } = find(html, name);
      node.properties[property] = property === 'className' ? value.split(/\s+/).filter(Boolean) : value;
    }
    open.at(-1)?.children.push(node);
    if (!tag.isSelfClosing) open.push(node);
  });
  parser.on('closetag', (tag) => {
    if (!tag.isSelfClosing) open.pop();
  });
  const onText = (value: string) => {
    if (open.length > 1) open.at(-1)?.children.push({ type: 'text', value });
  };
  parser.on('text', onText);
  parser.on('cdata', onText);
  try {
    parser.write(source).close();
  } catch {
    return null;
  }
  return isBroken ? null : root;
}
