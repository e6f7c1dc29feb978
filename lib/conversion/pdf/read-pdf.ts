import type { Root } from 'hast';
import type * as Mupdf from 'mupdf';
import { AppError } from '@/lib/kernel/errors';
import { countWords } from '@/lib/kernel/words';
import { createImageList, type ImageList } from '../image-list';
import type { NoticeList } from '../notices';
import { BOUNDS, type ConversionMetadata, type ConvertedImage } from '../schema';
import { element } from '../source-tree';
import type { PageSurface } from '../tei/facsimile';
import { addRun, createTally, type WordTally } from '../word-tally';
import { buildBlocks, type PdfPage } from './build-blocks';
import { createHeadingFinder, type PdfOutlineEntry } from './find-headings';
import { takeFootnotes } from './footnotes';
import { type LineJoint, vocabularyOf } from './join-lines';
import { renderPage } from './page-images';
import { type PdfLine, readLines } from './page-lines';
import { orderLines } from './reading-order';
import { findRunningHeads } from './running-heads';

type PdfText = {
  root: Root;
  metadata: Partial<ConversionMetadata>;
  images: ConvertedImage[];
  surfaces: PageSurface[];
  practices: string[];
  counted: WordTally;
};

/**
 * The text layer of a PDF as a tree of HTML, with an image of each page. A PDF says where letters stand and not what
 * they are: lines, columns, paragraphs and headings are inferred from places and sizes, and the header says so.
 *
 * @throws AppError `invalid` where it has a password, no text or is damaged, `too_large` beyond `BOUNDS.pages`.
 */
export async function readPdf(bytes: Uint8Array, notices: NoticeList): Promise<PdfText> {
  // A bundle would load MuPDF and its 10 MB of WebAssembly with any other file, were it imported above.
  const mupdf = await import('mupdf');
  mupdf.setLog(null);
  const document = openPdf(bytes, mupdf);
  try {
    return await readDocument(document, mupdf, notices);
  } finally {
    document.destroy();
  }
}

function openPdf(bytes: Uint8Array, mupdf: typeof Mupdf): Mupdf.Document {
  let document: Mupdf.Document;
  try {
    document = mupdf.Document.openDocument(bytes, 'application/pdf');
  } catch {
    throw damaged();
  }
  if (document.needsPassword()) {
    throw new AppError('invalid', 'This PDF has a password. Save it without one and bring that in.');
  }
  return document;
}

function damaged(): AppError {
  return new AppError('invalid', 'This PDF is damaged and cannot be read.');
}

async function readDocument(
  document: Mupdf.Document,
  mupdf: typeof Mupdf,
  notices: NoticeList,
): Promise<PdfText> {
  const read = readPages(document);
  if (!read.some(({ lines }) => lines.some(({ text }) => countWords(text) > 0))) {
    throw new AppError(
      'invalid',
      'This PDF has pictures of pages but no text. Add a text layer with OCR, or bring in the text itself.',
    );
  }
  const { heads, numbers, printed } = findRunningHeads(read);
  const labels = pageLabels(
    read.map(({ label }) => label),
    printed,
  );
  noticeLines(heads, 'running-head', 'running head', labels, notices);
  noticeLines(numbers, 'page-number', 'page number', labels, notices);
  noticePages(read, labels, notices);
  const images = createImageList(notices);
  const surfaces = await renderPages(document, labels, { mupdf, images, notices });
  const ordered = read.map(({ lines }, index): PdfPage => {
    const kept = lines.filter((line) => !heads.has(line) && !numbers.has(line));
    return { index, label: labels[index] ?? '', surface: surfaces.get(index)?.id, columns: orderLines(kept) };
  });
  const { pages, notes } = takeFootnotes(ordered);
  const flow = pages.flatMap(({ columns }) => columns.flatMap(({ lines }) => lines));
  const noted = notes.map(({ lines }) => lines);
  const vocabulary = vocabularyOf([...flow, ...noted.flat()]);
  const headings = createHeadingFinder(flow, outlineOf(document));
  const { blocks, joints } = buildBlocks({ pages, notes }, headings, vocabulary, notices);
  const practices = [
    'Made from the text layer of a PDF, which says where letters stand: paragraphs, headings and the order of columns are inferred from their places.',
    'Hyphens at line ends are taken out where the line end broke a word; running heads and page numbers are left out.',
    ...(notes.length > 0
      ? ['Notes from the foot of pages stand at the raised number or sign of the same page that calls them.']
      : []),
  ];
  const counted = createTally();
  countLines(counted, flow, joints, false);
  for (const lines of noted) countLines(counted, lines, joints, true);
  return {
    root: { type: 'root', children: [element('div', {}, blocks)] },
    metadata: metadataOf(document),
    images: images.all(),
    surfaces: [...surfaces.values()],
    practices,
    counted,
  };
}

/** The lines of all pages, with what the PDF calls each. Throws invalid where the file is damaged beyond repair. */
function readPages(document: Mupdf.Document): { lines: PdfLine[]; height: number; label: string }[] {
  const read: { lines: PdfLine[]; height: number; label: string }[] = [];
  try {
    const count = document.countPages();
    for (let index = 0; index < Math.min(count, BOUNDS.pages + 1); index++) {
      const page = document.loadPage(index);
      const [, top, , bottom] = page.getBounds();
      read.push({ lines: readLines(page, index), height: bottom - top, label: page.getLabel() });
      page.destroy();
    }
  } catch {
    throw damaged();
  }
  if (read.length > BOUNDS.pages)
    throw new AppError('too_large', 'This PDF has more than {pages} pages.', {
      values: { pages: BOUNDS.pages },
    });
  return read;
}

/** Adds the words of lines as they stand in the file; a line that goes on in the next one is read on there. */
function countLines(
  tally: WordTally,
  lines: PdfLine[],
  joints: Map<PdfLine, LineJoint>,
  isNote: boolean,
): void {
  let run = '';
  for (const line of lines) {
    const joint = joints.get(line);
    const words = wordsOfLine(line);
    if (joint === 'hyphen') run = run.trimEnd().replace(/[-‐\u00AD]$/, '') + words.trimStart();
    else if (joint === '') run = run.trimEnd() + words.trimStart();
    else {
      addRun(tally, run, isNote);
      run = words;
    }
  }
  addRun(tally, run, isNote);
}

/** A line without what calls notes, which parts words. */
function wordsOfLine({ runs, text }: PdfLine): string {
  return runs.some(({ note }) => note) ? runs.map((run) => (run.note ? ' ' : run.text)).join('') : text;
}

function noticeLines(
  lines: Set<PdfLine>,
  reason: string,
  name: string,
  labels: string[],
  notices: NoticeList,
): void {
  for (const line of lines)
    notices.add({
      kind: 'left-out',
      element: name,
      reason,
      place: labels[line.page],
      words: countWords(line.text),
    });
}

/** Pages without any text, and letters that the file gives no meaning. */
function noticePages(pages: { lines: PdfLine[] }[], labels: string[], notices: NoticeList): void {
  for (const [index, { lines }] of pages.entries()) {
    const place = labels[index];
    if (lines.length === 0) notices.add({ kind: 'plain', element: 'page', reason: 'no-text-layer', place });
    const unknown = lines.reduce((sum, { text }) => sum + text.split('\uFFFD').length - 1, 0);
    if (unknown > 0)
      notices.add({
        kind: 'plain',
        element: 'letter',
        reason: 'letter-without-meaning',
        place,
        count: unknown,
      });
  }
}

/** What pages are called: by the labels of the PDF where it has any, else by the numbers printed on them. */
function pageLabels(labels: string[], printed: Map<number, string>): string[] {
  const hasLabels = labels.some((label, index) => label !== '' && label !== String(index + 1));
  return labels.map(
    (label, index) => (hasLabels ? label : (printed.get(index) ?? label)) || String(index + 1),
  );
}

async function renderPages(
  document: Mupdf.Document,
  labels: string[],
  { mupdf, images, notices }: { mupdf: typeof Mupdf; images: ImageList; notices: NoticeList },
): Promise<Map<number, PageSurface>> {
  const surfaces = new Map<number, PageSurface>();
  const beyond = labels.length - BOUNDS.pageImages;
  if (beyond > 0)
    notices.add({ kind: 'left-out', element: 'image', reason: 'too-many-images', count: beyond });
  for (const [index, label] of labels.slice(0, BOUNDS.pageImages).entries()) {
    const page = document.loadPage(index);
    const image = await renderPage(page, label, { mupdf, images });
    page.destroy();
    if (image) surfaces.set(index, { id: `page-${index + 1}`, label, ...image });
  }
  return surfaces;
}

function outlineOf(document: Mupdf.Document): PdfOutlineEntry[] {
  const entries: PdfOutlineEntry[] = [];
  const visit = (items: ReturnType<Mupdf.Document['loadOutline']>, depth: number): void => {
    for (const { title, down } of items ?? []) {
      if (title && entries.length < BOUNDS.entries) entries.push({ title, depth });
      if (down && depth < BOUNDS.nesting) visit(down, depth + 1);
    }
  };
  visit(document.loadOutline(), 1);
  return entries;
}

/** Titles that programs write of themselves are none. */
const NO_TITLE = /^(?:untitled|microsoft word|.*\.(?:docx?|indd|pdf|qxd|tex|dvi)$)/i;

function metadataOf(document: Mupdf.Document): Partial<ConversionMetadata> {
  const title = document.getMetaData('info:Title')?.trim();
  const author = document.getMetaData('info:Author')?.trim();
  const language = 'getLanguage' in document ? (document as Mupdf.PDFDocument).getLanguage() : null;
  return {
    ...(title && !NO_TITLE.test(title) && { title }),
    authors: author ? author.split(/\s*;\s*/) : [],
    ...(language && { language }),
  };
}
