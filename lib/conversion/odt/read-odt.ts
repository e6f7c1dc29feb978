import type { Root } from 'hast';
import type { Element } from 'xast';
import { AppError } from '@/lib/kernel/errors';
import { guessHeadings } from '../guess-headings';
import { createImageList } from '../image-list';
import type { NoticeList } from '../notices';
import { readArchive } from '../read-archive';
import type { ReadFile } from '../read-file';
import type { ConversionMetadata } from '../schema';
import { element } from '../source-tree';
import { child, descendants, parseXml, xmlText } from '../xml-tree';
import { countOdt, countParagraphs } from './count-words';
import { readOdfStyles } from './odf-styles';
import { convertOdf } from './odf-to-html';

const PARTS = /^(?:content\.xml|styles\.xml|meta\.xml|META-INF\/manifest\.xml|Pictures\/.*)$/;

/** The prefixes of the ODF namespaces; programs write these, and the standard lets them choose. */
const ODF = 'urn:oasis:names:tc:opendocument:xmlns';
const PREFIXES: Record<string, string> = {
  ...Object.fromEntries(
    ['office', 'style', 'text', 'table', 'meta', 'manifest'].map((name) => [`${ODF}:${name}:1.0`, name]),
  ),
  [`${ODF}:drawing:1.0`]: 'draw',
  [`${ODF}:xsl-fo-compatible:1.0`]: 'fo',
  [`${ODF}:svg-compatible:1.0`]: 'svg',
  'http://purl.org/dc/elements/1.1/': 'dc',
  'http://www.w3.org/1999/xlink': 'xlink',
};

/**
 * An OpenDocument text as a tree of HTML: headings, paragraphs, lists, tables, notes, links, images, emphasis by its
 * styles. Comments, deletions and running heads are left out and noticed.
 *
 * @throws AppError `invalid` where it has a password or is damaged, `too_large` beyond the bounds.
 */
export async function readOdt(bytes: Uint8Array, notices: NoticeList): Promise<ReadFile> {
  const files = await readArchive(bytes, (name) => PARTS.test(name));
  const partOf = (name: string) => {
    const content = files.get(name);
    return content ? parseXml(content, PREFIXES) : null;
  };
  requireOpen(partOf('META-INF/manifest.xml'));
  const content = partOf('content.xml');
  const text = child(child(content ?? undefined, 'office:body'), 'office:text');
  if (!content || !text)
    throw new AppError('invalid', 'This OpenDocument text is damaged and cannot be read.');
  const styleParts = partOf('styles.xml');
  const styles = readOdfStyles([styleParts, content]);
  noticeLeftOutParts(text, styleParts, notices);
  const images = createImageList(notices);
  const nodes = convertOdf(text, styles, (path) => {
    const image = files.get(path.replace(/^\.\//, ''));
    if (image) return images.add(image, { mediaType: `image/${path.split('.').at(-1)}` });
    notices.add({ kind: 'left-out', element: 'image', reason: 'image-missing', place: path });
    return null;
  });
  const root: Root = { type: 'root', children: [element('div', {}, nodes)] };
  guessHeadings(root, notices);
  const language = styles.language;
  const metadata = { ...(language && { language }), ...metadataOf(partOf('meta.xml')) };
  return { root, metadata, images: images.all(), counted: countOdt(text) };
}

function requireOpen(manifest: Element | null): void {
  if (manifest && [...descendants(manifest, 'manifest:encryption-data')].length > 0) {
    throw new AppError(
      'invalid',
      'This OpenDocument text has a password. Save it without one and bring that in.',
    );
  }
}

function noticeLeftOutParts(text: Element, styles: Element | null, notices: NoticeList): void {
  const deletions = [...descendants(text, 'text:deletion')];
  const comments = [...descendants(text, 'office:annotation')];
  const heads = styles
    ? [...descendants(styles, 'style:header', 'style:footer', 'style:header-left', 'style:footer-left')]
    : [];
  const insertions = [...descendants(text, 'text:insertion')].length;
  for (const node of deletions)
    notices.add({
      kind: 'left-out',
      element: 'deletion',
      reason: 'tracked-deletion',
      words: countParagraphs(node),
    });
  for (const node of comments)
    notices.add({ kind: 'left-out', element: 'comment', reason: 'comment', words: countParagraphs(node) });
  for (const node of heads) {
    const words = countParagraphs(node);
    const name = node.name.includes('header') ? 'page header' : 'page footer';
    if (words > 0) notices.add({ kind: 'left-out', element: name, reason: 'running-head', words });
  }
  if (insertions > 0)
    notices.add({ kind: 'plain', element: 'insertion', reason: 'tracked-insertion', count: insertions });
  const formulas = [...descendants(text, 'draw:object')].length;
  if (formulas > 0)
    notices.add({ kind: 'left-out', element: 'draw:object', reason: 'embedded-object', count: formulas });
}

function metadataOf(meta: Element | null): Partial<ConversionMetadata> {
  const parts = meta ? [...descendants(meta)] : [];
  const field = (name: string) => xmlText(parts.find((part) => part.name === name)).trim();
  const title = field('dc:title');
  const author = field('meta:initial-creator') || field('dc:creator');
  const language = field('dc:language');
  return {
    ...(title && { title }),
    authors: author === '' ? [] : [author],
    ...(language && { language }),
  };
}
