import { posix } from 'node:path';
import type { Element, Root } from 'hast';
import { decodeText, tooManyCharacters } from '../decode-text';
import { createImageList, type ImageList } from '../image-list';
import type { NoticeList } from '../notices';
import { readArchive } from '../read-archive';
import { htmlMetadata, parseHtml, prepareHtml } from '../read-html';
import { BOUNDS, type ConversionMetadata, type ConvertedImage } from '../schema';
import { element, elementsOf, isElement, leaveOut, mark, propertyOf, semanticsOf } from '../source-tree';
import { contentsDepths } from './contents';
import { damaged, readPackage, resolvePath } from './package';

/** What has no words and no images for the text: it is not unpacked. */
const UNREAD = /\.(?:ttf|otf|woff2?|css|js|mp3|mp4|m4a|m4v|ogg|webm|smil)$/i;

/**
 * An EPUB 2 or 3 as one tree of HTML: the documents of its spine in order, with ids and links between files made those
 * of one document. Its table of contents is left out and noticed, and gives documents without a heading their place.
 *
 * @throws AppError `invalid` where it is protected or damaged, `too_large` beyond the bounds.
 */
export async function readEpub(
  bytes: Uint8Array,
  notices: NoticeList,
): Promise<{ root: Root; metadata: Partial<ConversionMetadata>; images: ConvertedImage[] }> {
  const files = await readArchive(bytes, (name) => !UNREAD.test(name));
  const book = readPackage(files);
  const depths = contentsDepths(files, book.navigation);
  const names = documentNames(book.documents);
  const images = createImageList(notices);
  const root: Root = { type: 'root', children: [] };
  let characters = 0;
  let hasHeading = false;
  let language: string | null = null;
  for (const path of book.documents) {
    const { text } = decodeText(files.get(path) ?? new Uint8Array(), { isMarkup: true });
    characters += text.length;
    if (characters > BOUNDS.characters) throw tooManyCharacters();
    const document = parseHtml(text);
    language ??= htmlMetadata(document).language;
    prepareHtml(document.root, notices, path);
    const [body] = document.root.children.filter(isElement);
    if (!body) continue;
    joinDocument(body, path, names, (target, place) => {
      const image = files.get(target);
      if (image) return images.add(image, { mediaType: mediaTypeOf(target), place });
      notices.add({ kind: 'left-out', element: 'image', reason: 'image-missing', place });
      return null;
    });
    mark(body, { file: path });
    if (book.isNavigation(path)) leaveOut(body, 'navigation');
    else hasHeading = placeDocument(body, depths.get(path), hasHeading) || hasHeading;
    root.children.push(body);
  }
  if (root.children.length === 0) throw damaged();
  return { root, metadata: { ...(language && { language }), ...book.metadata }, images: images.all() };
}

/** A name for each document, unique in the book: what its ids begin with. */
function documentNames(documents: string[]): Map<string, string> {
  const used = new Set<string>();
  return new Map(
    documents.map((path) => {
      const base = posix.basename(path).replace(/\.[^.]*$/, '');
      let name = base;
      for (let n = 2; used.has(name); n++) name = `${base}.${n}`;
      used.add(name);
      return [path, name];
    }),
  );
}

/** Makes ids, links and images of a document those of the whole book. */
function joinDocument(
  body: Element,
  path: string,
  names: Map<string, string>,
  addImage: (target: string, place: string) => ReturnType<ImageList['add']>,
): void {
  const folder = posix.dirname(path);
  const name = names.get(path) ?? path;
  for (const node of [body, ...elementsOf(body)]) {
    const { properties } = node;
    if (properties.id) properties.id = `${name}-${properties.id}`;
    if (node.tagName === 'a' && properties.name) properties.name = `${name}-${properties.name}`;
    const href = propertyOf(node, 'href');
    if (node.tagName === 'a' && href !== undefined) properties.href = linkWithin(href, path, names);
    const source = ['src', 'xLinkHref', ...(node.tagName === 'image' ? ['href'] : [])].find(
      (key) => properties[key],
    );
    if (!source || !['img', 'image'].includes(node.tagName)) continue;
    const address = propertyOf(node, source) ?? '';
    if (/^(?:https?|data):/i.test(address)) continue;
    properties[source] = undefined;
    const id = addImage(resolvePath(folder, address), path);
    if (id !== null) properties.src = id;
  }
  // The document itself is a target, of links without a fragment.
  if (body.properties.id) body.children.unshift(element('a', { id: name }));
  else body.properties.id = name;
}

/** A link of a document as one of the book: to an id, to a document, or elsewhere; undefined where it leads nowhere. */
function linkWithin(href: string, path: string, names: Map<string, string>): string | undefined {
  if (/^[a-z][a-z0-9+.-]*:/i.test(href)) return href;
  const fragment = href.includes('#') ? href.slice(href.indexOf('#') + 1) : '';
  const target = href.startsWith('#') ? path : resolvePath(posix.dirname(path), href);
  const name = names.get(target);
  if (name === undefined) return undefined;
  return fragment === '' ? `#${encodeURIComponent(name)}` : `#${encodeURIComponent(`${name}-`)}${fragment}`;
}

function mediaTypeOf(path: string): string {
  const [, ending = ''] = /\.(\w+)$/.exec(path.toLowerCase()) ?? [];
  return ending === 'svg' ? 'image/svg+xml' : `image/${ending || 'unknown'}`;
}

/**
 * Says which division a document is. One with headings says so itself; one without is a division of its own where the
 * table of contents has it, or where it stands before all headings; else it continues the one before it, as files that
 * were split for their size do. Gives whether it has a heading.
 */
function placeDocument(body: Element, depth: number | undefined, hasHeading: boolean): boolean {
  const inner = [...elementsOf(body)];
  const isHeaded = inner.some(({ tagName }) => /^h[1-6]$/.test(tagName));
  const semantics = semanticsOf(body);
  for (const part of ['front', 'back'] as const)
    if (semantics.includes(`${part}matter`)) mark(body, { part });
  for (const node of inner) {
    const isSection = node.tagName === 'section' || node.tagName === 'article';
    if (isSection && ![...elementsOf(node)].some(({ tagName }) => /^h[1-6]$/.test(tagName)))
      mark(node, { level: depth ?? 1 });
  }
  const hasSection = body.children.some((node) => isElement(node) && node.tagName === 'section');
  if (!isHeaded && !hasSection && (depth !== undefined || !hasHeading || body.data?.part)) {
    body.tagName = 'section';
    mark(body, { level: depth ?? 1 });
  }
  return isHeaded;
}
