import type { Element as HtmlElement, Root } from 'hast';
import type { Element } from 'xast';
import { ZipFile } from 'yazl';
import { AppError } from '@/lib/kernel/errors';
import { countWords } from '@/lib/kernel/words';
import { guessHeadings } from '../guess-headings';
import { createImageList } from '../image-list';
import type { NoticeList } from '../notices';
import { readArchive } from '../read-archive';
import type { ReadFile } from '../read-file';
import { parseHtml } from '../read-html';
import type { ConversionMetadata } from '../schema';
import { elementsOf, isElement, propertyOf, textOf } from '../source-tree';
import { child, childElements, descendants, parseXml, serializeXml, xmlText } from '../xml-tree';
import { countDocument } from './count-words';
import { preparePart } from './prepare-part';
import { nameOutlineLevels, styleMapOf, titleStyles } from './style-map';
import { WORD_PREFIXES, WRITTEN_PREFIXES } from './word-xml';

/** The parts of a Word document that its text is made of; anything else (macros, fonts, previews) is not unpacked. */
const PARTS =
  /^(?:\[Content_Types\]\.xml|_rels\/\.rels|docProps\/core\.xml|word\/[^/]*\.xml|word\/_rels\/[^/]*|word\/media\/.*)$/i;

/**
 * A Word document as a tree of HTML, by mammoth: styles as structure, notes, tables, lists, links, images. Comments,
 * page headers and footers and tracked deletions are left out, and insertions kept; all of it is noticed.
 *
 * @throws AppError `invalid` where it is damaged, `too_large` beyond the bounds.
 */
export async function readDocx(bytes: Uint8Array, notices: NoticeList): Promise<ReadFile> {
  const files = await readArchive(bytes, (name) => PARTS.test(name));
  const partOf = (name: string) => {
    const content = files.get(name);
    return content ? parseXml(content, WORD_PREFIXES) : null;
  };
  const mainName = mainPartOf(files);
  const main = partOf(mainName);
  const body = child(main ?? undefined, 'w:body');
  if (!main || !body) throw damaged();
  const styles = partOf('word/styles.xml');
  const noteParts = ['word/footnotes.xml', 'word/endnotes.xml'].map((name) => ({ name, part: partOf(name) }));
  noticeOtherParts(files, notices);
  const counts = countDocument(
    body,
    noteParts.flatMap(({ part }) => (part ? realNotes(part) : [])),
  );
  noticeChanges(counts, notices);
  const language = languageOf(body, styles);

  for (const { name, part } of [{ name: mainName, part: main }, ...noteParts]) {
    if (!part) continue;
    preparePart(part);
    nameOutlineLevels(part);
    files.set(name, Buffer.from(serializeXml(part, WRITTEN_PREFIXES)));
  }
  const titles = titleStyles(styles);
  const hasTitle = [...descendants(body, 'w:pStyle')].some((style) =>
    titles.has(style.attributes['w:val'] ?? ''),
  );
  const images = createImageList(notices);
  const html = await convertToHtml(await pack(files), styleMapOf(styles, hasTitle), (image, mediaType) =>
    images.add(image, { mediaType }),
  );
  const { root } = parseHtml(`<!DOCTYPE html><body>${html}</body>`);
  tidy(root);
  guessHeadings(root, notices);
  const metadata = { ...coreMetadata(partOf('docProps/core.xml')), ...(language && { language }) };
  return { root, metadata, images: images.all(), counted: counts.tally };
}

function damaged(): AppError {
  return new AppError('invalid', 'This Word document is damaged and cannot be read.');
}

/** The name of the main part, as the package says it (ECMA-376 part 2, §9.3). */
function mainPartOf(files: Map<string, Buffer>): string {
  const relations = files.get('_rels/.rels');
  const root = relations ? parseXml(relations) : null;
  const main =
    root && childElements(root).find(({ attributes }) => /\/officeDocument$/.test(attributes.Type ?? ''));
  const target = main?.attributes.Target?.replace(/^\//, '');
  return target && files.has(target) ? target : 'word/document.xml';
}

async function convertToHtml(
  document: Buffer,
  styleMap: string[],
  addImage: (bytes: Buffer, mediaType: string) => string | null,
): Promise<string> {
  // Loaded here, because a bundle would load it with any other file.
  const { default: mammoth } = await import('mammoth');
  try {
    const { value } = await mammoth.convertToHtml(
      { buffer: document },
      {
        styleMap,
        includeEmbeddedStyleMap: false,
        externalFileAccess: false,
        convertImage: mammoth.images.imgElement(async (image) => ({
          src: addImage(await image.readAsBuffer().catch(() => Buffer.alloc(0)), image.contentType) ?? '',
        })),
      },
    );
    return value;
  } catch {
    throw damaged();
  }
}

/** The parts as an archive again: mammoth sees what was counted, and nothing that would unpack to more. */
async function pack(files: Map<string, Buffer>): Promise<Buffer> {
  const archive = new ZipFile();
  for (const [name, content] of files) archive.addBuffer(content, name, { compress: false });
  archive.end();
  const chunks: Buffer[] = [];
  for await (const chunk of archive.outputStream) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

/** The notes of a part without the lines that separate notes from the text (§17.11.9). */
function realNotes(part: Element): Element[] {
  return childElements(part).filter(
    ({ attributes }) => !/separator|continuationNotice/i.test(attributes['w:type'] ?? ''),
  );
}

/** Comments, and what is printed at the head and foot of every page. */
function noticeOtherParts(files: Map<string, Buffer>, notices: NoticeList): void {
  for (const [name, content] of files) {
    const [, kind] = /^word\/(header|footer|comments)\d*\.xml$/i.exec(name) ?? [];
    const part = kind ? parseXml(content, WORD_PREFIXES) : null;
    if (!kind || !part) continue;
    const paragraphs = [...descendants(part, 'w:p')];
    const words = paragraphs.reduce((sum, paragraph) => sum + countWords(paragraphText(paragraph)), 0);
    if (words === 0) continue;
    if (kind !== 'comments')
      notices.add({ kind: 'left-out', element: `page ${kind}`, reason: 'running-head', words });
    else {
      const count = childElements(part).length;
      notices.add({ kind: 'left-out', element: 'comment', reason: 'comment', count, words });
    }
  }
}

function paragraphText(paragraph: Element): string {
  return [...descendants(paragraph, 'w:t', 'w:tab', 'w:br')]
    .map((node) => (node.name === 'w:t' ? xmlText(node) : ' '))
    .join('');
}

function noticeChanges(
  { deleted, inserted, formulas }: ReturnType<typeof countDocument>,
  notices: NoticeList,
): void {
  if (deleted.count > 0)
    notices.add({ kind: 'left-out', element: 'deletion', reason: 'tracked-deletion', ...deleted });
  if (inserted.count > 0)
    notices.add({ kind: 'plain', element: 'insertion', reason: 'tracked-insertion', ...inserted });
  if (formulas > 0) notices.add({ kind: 'plain', element: 'formula', reason: 'formula', count: formulas });
}

/** mammoth's marks of notes are its own and no words of the document: the label stays, without brackets and arrows. */
function tidy(root: Root): void {
  const numbers = { footnote: 0, endnote: 0 };
  const visit = (node: Root | HtmlElement): void => {
    node.children = node.children.filter((inner) => {
      const isBackLink =
        isElement(inner) &&
        inner.tagName === 'a' &&
        /^#(?:foot|end)note-ref-/.test(propertyOf(inner, 'href') ?? '');
      return !(isBackLink && textOf(inner).trim() === '↑');
    }) as HtmlElement['children'];
    for (const inner of node.children) if (isElement(inner)) visit(inner);
  };
  for (const node of elementsOf(root)) {
    const [, kind] = /^#(footnote|endnote)-(?!ref-)/.exec(propertyOf(node, 'href') ?? '') ?? [];
    if (node.tagName === 'a' && kind && /^\[\d+\]$/.test(textOf(node))) {
      node.properties.className = ['noteref'];
      node.properties.dataLabel = String(++numbers[kind as keyof typeof numbers]);
      node.children = [];
    }
    const [, note] = /^(footnote|endnote)-(?!ref-)/.exec(propertyOf(node, 'id') ?? '') ?? [];
    if (node.tagName === 'li' && note) node.properties.className = [note];
    if (node.tagName === 'img' && !propertyOf(node, 'src')) node.properties.src = undefined;
  }
  visit(root);
}

/** The language that most letters of a document are marked with (w:lang), or the default one of its styles. */
function languageOf(body: Element, styles: Element | null): string | null {
  const standard = styles
    ? [...descendants(styles, 'w:rPrDefault')].flatMap((part) => [...descendants(part, 'w:lang')])[0]
    : undefined;
  const letters = new Map<string, number>();
  for (const run of descendants(body, 'w:r')) {
    const properties = child(run, 'w:rPr');
    const lang = child(properties, 'w:lang') ?? standard;
    const isRightToLeft = child(properties, 'w:rtl') !== undefined;
    const tag = lang?.attributes[isRightToLeft ? 'w:bidi' : 'w:val'];
    if (tag) letters.set(tag, (letters.get(tag) ?? 0) + xmlText(run).length);
  }
  const [most] = [...letters].sort(([, a], [, b]) => b - a);
  return most?.[0] ?? null;
}

function coreMetadata(core: Element | null): Partial<ConversionMetadata> {
  if (!core) return {};
  const field = (name: string) =>
    xmlText(childElements(core).find((node) => node.name.split(':').at(-1) === name)).trim();
  const title = field('title');
  const creator = field('creator');
  return {
    ...(title && { title }),
    authors: creator.split(/\s*;\s*/).filter((name) => name !== ''),
  };
}
