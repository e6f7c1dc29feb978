import { posix } from 'node:path';
import type { Element } from 'xast';
import { AppError } from '@/lib/kernel/errors';
import type { ConversionMetadata } from '../schema';
import { child, descendants, parseXml, xmlText } from '../xml-tree';

/** An EPUB's package document (EPUB 3.3 §5; OPF 2.0.1): what it says of the book, and its documents in order. */
export type EpubPackage = {
  metadata: Partial<ConversionMetadata>;
  /** Paths in the archive, in the order of the spine. */
  documents: string[];
  /** The navigation document or NCX, if there is one. */
  navigation: string | undefined;
  isNavigation(path: string): boolean;
};

const PREFIXES = {
  'http://www.idpf.org/2007/opf': '',
  'http://purl.org/dc/elements/1.1/': 'dc',
  'urn:oasis:names:tc:opendocument:xmlns:container': '',
  'http://www.w3.org/2001/04/xmlenc#': 'enc',
};

/** The algorithms that only hide fonts (EPUB 3.3 §4.4.2, and Adobe's): they protect no text. */
const FONT_OBFUSCATION = ['http://www.idpf.org/2008/embedding', 'http://ns.adobe.com/pdf/enc#RC'];

/** Finds the package of an EPUB. Throws invalid where it is protected, or where there is no package or text. */
export function readPackage(files: Map<string, Buffer>): EpubPackage {
  requireUnprotected(files);
  const container = partOf(files, 'META-INF/container.xml');
  const path = container && [...descendants(container, 'rootfile')][0]?.attributes['full-path'];
  const opf = partOf(files, path ?? [...files.keys()].find((name) => name.endsWith('.opf')) ?? '');
  if (!opf) throw damaged();
  const folder = posix.dirname(path ?? '');
  const items = new Map(
    [...descendants(opf, 'item')].map(({ attributes }) => [attributes.id ?? '', attributes] as const),
  );
  const pathOf = (href: string | null | undefined) => resolvePath(folder, href ?? '');
  const spine = [...descendants(opf, 'itemref')].map(({ attributes }) => items.get(attributes.idref ?? ''));
  const documents = spine
    .filter((item) => item !== undefined && !/^(?:image|audio|video)\//.test(item['media-type'] ?? ''))
    .map((item) => pathOf(item?.href))
    .filter((name) => files.has(name));
  if (documents.length === 0) throw damaged();
  const nav = [...items.values()].find(({ properties }) => properties?.split(/\s+/).includes('nav'));
  const ncx = [...items.values()].find((item) => item['media-type'] === 'application/x-dtbncx+xml');
  const navigation = nav ?? ncx;
  return {
    metadata: metadataOf(child(opf, 'metadata')),
    documents: [...new Set(documents)],
    navigation: navigation && pathOf(navigation.href),
    isNavigation: (name) => nav !== undefined && name === pathOf(nav.href),
  };
}

export function damaged(): AppError {
  return new AppError('invalid', 'This EPUB is damaged: its package or its chapters cannot be read.');
}

function partOf(files: Map<string, Buffer>, name: string): Element | null {
  const content = files.get(name);
  return content ? parseXml(content, PREFIXES) : null;
}

/** A path in the archive from one that is relative to a folder (RFC 3986 §5.2); fragments are left away. */
export function resolvePath(folder: string, href: string): string {
  const [path = ''] = href.split('#');
  let decoded = path;
  try {
    decoded = decodeURIComponent(path);
  } catch {
    // A path that is no percent-encoding is taken as it is.
  }
  return posix.normalize(posix.join(folder, decoded)).replace(/^\/+/, '');
}

function requireUnprotected(files: Map<string, Buffer>): void {
  const encryption = partOf(files, 'META-INF/encryption.xml');
  if (!encryption) {
    if (!files.has('META-INF/encryption.xml')) return;
    throw damaged();
  }
  const isProtected = [...descendants(encryption, 'enc:EncryptedData')].some((data) => {
    const algorithm = child(data, 'enc:EncryptionMethod')?.attributes.Algorithm ?? '';
    return !FONT_OBFUSCATION.includes(algorithm);
  });
  if (isProtected)
    throw new AppError('invalid', 'This EPUB is protected against copying (DRM) and cannot be read.');
}

function metadataOf(metadata: Element | undefined): Partial<ConversionMetadata> {
  const parts = metadata ? [...descendants(metadata)] : [];
  const valuesOf = (name: string) => parts.filter((part) => part.name === name);
  const wordsOf = (part: Element | undefined) => xmlText(part).replace(/\s+/g, ' ').trim();
  /** The role of a creator: an attribute in EPUB 2, a `meta` that refines it in EPUB 3. */
  const roleOf = (creator: Element) =>
    Object.entries(creator.attributes).find(([name]) => /(?:^|:)role$/.test(name))?.[1] ??
    wordsOf(
      parts.find(
        ({ name, attributes }) =>
          name === 'meta' &&
          attributes.property === 'role' &&
          attributes.refines === `#${creator.attributes.id}`,
      ),
    );
  const title = wordsOf(valuesOf('dc:title')[0]);
  const language = wordsOf(valuesOf('dc:language')[0]);
  const licence = wordsOf(valuesOf('dc:rights')[0]);
  const date = wordsOf(valuesOf('dc:date')[0]);
  return {
    ...(title && { title }),
    authors: valuesOf('dc:creator')
      .filter((creator) => ['', 'aut'].includes(roleOf(creator) ?? ''))
      .map(wordsOf),
    ...(language && { language }),
    ...(licence && { licence }),
    ...(date && { date }),
  };
}
