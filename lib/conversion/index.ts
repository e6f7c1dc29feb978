import { basename, extname } from 'node:path';
import type { Root } from 'hast';
import { excessOfMarks } from '@/lib/kernel/combining-marks';
import { AppError } from '@/lib/kernel/errors';
import { countSource } from './count-source';
import { type DecodedText, decodeText } from './decode-text';
import { readDocx } from './docx/read-docx';
import { readEpub } from './epub/read-epub';
import { gutenbergMetadata } from './gutenberg';
import { noticeLeftOut } from './notice-left-out';
import { createNoticeList, type NoticeList } from './notices';
import { readOdt } from './odt/read-odt';
import { readPdf } from './pdf/read-pdf';
import type { ReadFile } from './read-file';
import { htmlMetadata, parseHtml, prepareHtml } from './read-html';
import { readMarkdown } from './read-markdown';
import { readText } from './read-text';
import { resolveNotes } from './resolve-notes';
import type { Conversion, ConversionMetadata, SourceFormat } from './schema';
import { elementsOf, textOf } from './source-tree';
import { writeTei } from './tei';
import { languageTag } from './tei/state';
import { isSameTally } from './word-tally';

export { decodeText } from './decode-text';
export { detectFormat } from './detect-format';
export { readPackage } from './read-package';
export type { ConvertedImage, FileFormat } from './schema';

/**
 * Makes TEI P5 of a file in another format. Pure: no network, no files, no entities from outside.
 *
 * @throws AppError `invalid` where the file cannot be read or has no words, `too_large` beyond a bound of schema.ts.
 */
export async function convertToTei(
  bytes: Uint8Array,
  format: SourceFormat,
  hints: { name?: string; title?: string; language?: string } = {},
): Promise<Conversion> {
  const notices = createNoticeList();
  const file = await readFile(bytes, format, notices);
  resolveNotes(file.root);
  noticeLeftOut(file.root, notices);
  const { tally } = countSource(file.root);
  if (tally.flow.count + tally.notes.count === 0)
    throw new AppError('invalid', 'There are no words in this file.');
  const metadata = metadataOf(file.metadata, hints);
  const title = metadata.title ?? headingOf(file.root) ?? titleOfName(hints.name) ?? 'Untitled';
  const written = writeTei(
    file.root,
    { ...metadata, title },
    { format, name: hints.name },
    { notices, practices: file.practices ?? [], surfaces: file.surfaces ?? [] },
  );
  const marks = excessOfMarks(written.xml);
  if (marks !== null)
    throw new AppError('invalid', 'This file has more combining marks in a row than any writing needs.');
  const all = notices.all();
  const leftOut = all.reduce((sum, notice) => sum + (notice.kind === 'left-out' ? notice.words : 0), 0);
  const kept = file.counted ?? tally;
  return {
    format,
    tei: written.xml,
    metadata,
    images: file.images ?? [],
    notices: all,
    words: {
      // Alternative texts are taken over as they are, so that they can be counted in either.
      file: kept.flow.count + kept.notes.count + written.tally.described + leftOut,
      leftOut,
      sameSequence: isSameTally(kept, written.tally),
    },
  };
}

async function readFile(bytes: Uint8Array, format: SourceFormat, notices: NoticeList): Promise<ReadFile> {
  switch (format) {
    case 'text':
      return readText(decoded(bytes, notices, false));
    case 'markdown':
      return prepared(readMarkdown(decoded(bytes, notices, false)), notices);
    case 'html': {
      const document = parseHtml(decoded(bytes, notices, true));
      const file = prepared({ root: document.root, metadata: htmlMetadata(document) }, notices);
      return { ...file, metadata: { ...file.metadata, ...gutenbergMetadata(leftOutText(file.root)) } };
    }
    case 'epub':
      return readEpub(bytes, notices);
    case 'odt':
      return readOdt(bytes, notices);
    case 'docx':
      return readDocx(bytes, notices);
    case 'pdf':
      return readPdf(bytes, notices);
  }
}

/** The only heading of the highest level, which is what the whole is called; null where there is none, or several. */
function headingOf(root: Root): string | null {
  const headings = [...elementsOf(root)].filter(({ tagName, data }) => tagName === 'h1' && !data?.leftOut);
  const title = textOf(headings[0] ?? { type: 'root', children: [] })
    .replace(/\s+/g, ' ')
    .normalize('NFC')
    .trim();
  return headings.length === 1 && title !== '' && title.length <= 300 ? title : null;
}

/** The text of what Project Gutenberg put around a book: its head says title and author. */
function leftOutText(root: Root): string {
  const parts = [...elementsOf(root)].filter((node) => node.data?.leftOut === 'gutenberg-licence');
  return parts.slice(0, 20).map(textOf).join('\n').slice(0, 5_000);
}

function prepared(file: ReadFile, notices: NoticeList): ReadFile {
  prepareHtml(file.root, notices);
  return file;
}

function decoded(bytes: Uint8Array, notices: NoticeList, isMarkup: boolean): string {
  const { text, encoding, isGuessed }: DecodedText = decodeText(bytes, { isMarkup });
  if (isGuessed) notices.add({ kind: 'plain', element: encoding, reason: 'encoding-guessed' });
  return text;
}

/** What is known of the text: what the person says comes before what the file says. */
function metadataOf(
  said: Partial<ConversionMetadata>,
  hints: { title?: string; language?: string },
): ConversionMetadata {
  return {
    title: hints.title?.trim() || said.title?.normalize('NFC').trim() || null,
    authors: (said.authors ?? [])
      .map((author) => author.normalize('NFC').trim())
      .filter((author) => author !== ''),
    language: languageTag(hints.language) ?? languageTag(said.language ?? undefined) ?? null,
    licence: said.licence?.normalize('NFC').trim() || null,
    date: said.date?.normalize('NFC').trim() || null,
  };
}

function titleOfName(name: string | undefined): string | null {
  if (!name) return null;
  return (
    basename(name, extname(name))
      .replace(/[_\s]+/g, ' ')
      .normalize('NFC')
      .trim() || null
  );
}
