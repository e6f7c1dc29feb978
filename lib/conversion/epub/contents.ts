import { posix } from 'node:path';
import type { Element as HtmlElement } from 'hast';
import type { Element } from 'xast';
import { decodeText } from '../decode-text';
import { parseHtml } from '../read-html';
import { elementsOf, isElement, propertyOf, semanticsOf } from '../source-tree';
import { child, childElements, parseXml } from '../xml-tree';
import { resolvePath } from './package';

/** How deep each document stands in the table of contents, from 1; the first entry for a document decides. */
export function contentsDepths(
  files: Map<string, Buffer>,
  navigation: string | undefined,
): Map<string, number> {
  const depths = new Map<string, number>();
  const content = navigation === undefined ? undefined : files.get(navigation);
  if (navigation === undefined || !content) return depths;
  const folder = posix.dirname(navigation);
  const add = (href: string | null | undefined, depth: number) => {
    const path = href ? resolvePath(folder, href) : '';
    if (path !== '' && !depths.has(path)) depths.set(path, depth);
  };
  const ncx = navigation.endsWith('.ncx')
    ? parseXml(content, { 'http://www.daisy.org/z3986/2005/ncx/': '' })
    : null;
  if (ncx) visitPoints(child(ncx, 'navMap'), 1, add);
  else {
    const { root } = parseHtml(decodeText(content, { isMarkup: true }).text);
    const navs = [...elementsOf(root)].filter(({ tagName }) => tagName === 'nav');
    const toc = navs.find((nav) => semanticsOf(nav).includes('toc')) ?? navs[0];
    if (toc) visitItems(toc, 0, add);
  }
  return depths;
}

function visitPoints(
  node: Element | undefined,
  depth: number,
  add: (href: string | null | undefined, depth: number) => void,
): void {
  for (const point of node ? childElements(node) : []) {
    if (point.name !== 'navPoint') continue;
    add(child(point, 'content')?.attributes.src, depth);
    visitPoints(point, depth + 1, add);
  }
}

function visitItems(
  node: HtmlElement,
  depth: number,
  add: (href: string | undefined, depth: number) => void,
): void {
  for (const inner of node.children) {
    if (!isElement(inner)) continue;
    if (inner.tagName === 'a') add(propertyOf(inner, 'href'), depth);
    visitItems(inner, inner.tagName === 'ol' ? depth + 1 : depth, add);
  }
}
