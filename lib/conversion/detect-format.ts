import { extname } from 'node:path';
import { AppError } from '@/lib/kernel/errors';
import { decodeText } from './decode-text';
import { isTextPackage } from './read-package';
import type { FileFormat } from './schema';
import { archiveNames } from './zip-names';

/** What a person sent besides the bytes: only where these leave it open does it decide. */
type Hints = { mediaType?: string; name?: string };

/** How a zip archive begins: with a file, empty, or in parts (APPNOTE §4.3). */
const ARCHIVE = ['PK\x03\x04', 'PK\x05\x06', 'PK\x07\x08'];

/**
 * What a file is, by its content: signatures, the entries of an archive, the root element. The declared media type and
 * the name only tell Markdown from plain text, and HTML without a root element from both.
 *
 * @throws AppError `invalid` with a sentence that says what else it is.
 */
export function detectFormat(bytes: Uint8Array, hints: Hints = {}): FileFormat {
  if (bytes.every((byte) => byte === 0 || byte === 0x20 || (byte >= 9 && byte <= 13)))
    throw new AppError('invalid', 'This file is empty.');
  const start = Buffer.from(bytes.subarray(0, 4_096)).toString('latin1');
  if (ARCHIVE.includes(start.slice(0, 4))) return detectArchive(bytes);
  if (start.slice(0, 1_024).includes('%PDF-')) return 'pdf';
  refuseKnown(start, bytes, hints);
  return detectText(bytes, hints);
}

/** The sentences for what is recognised and not read. */
function refuseKnown(start: string, bytes: Uint8Array, hints: Hints): void {
  const begins = (...signatures: string[]) => signatures.some((signature) => start.startsWith(signature));
  if (begins('\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1')) refuseCompound(bytes, hints);
  if (begins('{\\rtf'))
    throw new AppError('invalid', 'This is an RTF file. Save it as .docx or .odt and bring that in.');
  const isImage =
    begins('\x89PNG', '\xFF\xD8\xFF', 'GIF8', 'II*\0', 'MM\0*') ||
    /^(?:BM.{4}\0\0\0\0|RIFF.{4}WEBP|.{4}ftyp(?:avif|heic|mif1))/s.test(start);
  if (isImage) {
    throw new AppError(
      'invalid',
      'This is an image and has no text. Page images are added to an edition that is there.',
    );
  }
  if (begins('AT&TFORM'))
    throw new AppError('invalid', 'This is a DjVu file. Make a PDF with a text layer of it.');
  if (begins('TPZ') || start.slice(60, 68) === 'BOOKMOBI')
    throw new AppError('invalid', 'This is a Kindle book. Make an EPUB of it.');
  if (begins('\x1F\x8B', 'BZh', '\xFD7zXZ', '7z\xBC\xAF', 'Rar!')) throw packed();
}

function packed(): AppError {
  return new AppError('invalid', 'This is a packed file. Unpack it and bring in the text itself.');
}

/** OLE compound files: old Office files, and new ones with a password (MS-OFFCRYPTO §2.1). Stream names are UTF-16. */
function refuseCompound(bytes: Uint8Array, { name = '' }: Hints): never {
  const has = (stream: string) =>
    Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).includes(Buffer.from(stream, 'utf16le'));
  if (has('EncryptedPackage'))
    throw new AppError(
      'invalid',
      /\.(?:xlsx|pptx)$/i.test(name)
        ? 'This is an Office file with a password, and no text document.'
        : 'This is a Word document with a password. Save it without one and bring that in.',
    );
  if (has('WordDocument'))
    throw new AppError('invalid', 'This is an old Word file (.doc). Save it as .docx and bring that in.');
  if (has('Workbook')) throw new AppError('invalid', 'This is a spreadsheet, not a text.');
  if (has('PowerPoint Document')) throw new AppError('invalid', 'This is a presentation, not a text.');
  throw new AppError('invalid', 'This is an old Office file. Save it as .docx and bring that in.');
}

function detectArchive(bytes: Uint8Array): FileFormat {
  const names = archiveNames(bytes);
  if (!names) throw new AppError('invalid', 'This archive is damaged: its list of files cannot be read.');
  const kind = Buffer.from(bytes.subarray(30, 130)).toString('latin1');
  const has = (pattern: RegExp) => names.some((name) => pattern.test(name));
  if (has(/^META-INF\/container\.xml$/i) || kind.startsWith('mimetypeapplication/epub+zip')) return 'epub';
  if (has(/^word\/document\d*\.xml$/i)) return 'docx';
  if (kind.startsWith('mimetypeapplication/vnd.oasis.opendocument.text')) return 'odt';
  if (has(/^xl\/workbook\.(?:xml|bin)$/i) || kind.includes('opendocument.spreadsheet'))
    throw new AppError('invalid', 'This is a spreadsheet, not a text.');
  if (has(/^ppt\/presentation\.xml$/i) || kind.includes('opendocument.presentation'))
    throw new AppError('invalid', 'This is a presentation, not a text.');
  if (has(/^content\.xml$/) && has(/^styles\.xml$/)) return 'odt';
  if (has(/^Index\/Document\.iwa$|^index\.apxl$/))
    throw new AppError('invalid', 'This is a Pages file. Export it as .docx or EPUB.');
  if (isTextPackage(names)) return 'package';
  throw packed();
}

const HTML_ROOTS = /^(?:html|head|body|title|meta|p|div|h[1-6]|article|section|main|table)$/i;

function detectText(bytes: Uint8Array, { mediaType = '', name = '' }: Hints): FileFormat {
  // How long it may be is for those to say who read it.
  const { text } = decodeText(bytes, { isMarkup: true, most: Number.POSITIVE_INFINITY });
  const sample = text.slice(0, 100_000);
  const controls = countControls(sample);
  if (controls > 3 && controls > sample.length / 200)
    throw new AppError('invalid', 'This file is no text: it has bytes that no text has.');
  const root = rootElement(sample);
  if (root && (root.isTei || /^(?:TEI|teiCorpus)(?:\.2)?$/i.test(root.name))) return 'tei';
  if (isHtml(sample, root)) return 'html';
  const extension = extname(name).toLowerCase();
  const [type = ''] = mediaType.toLowerCase().split(';');
  const isClosed = root !== null && text.trimEnd().endsWith(`${root.name}>`);
  if (root?.isXml || (isClosed && /^\.(?:xml|tei)$/.test(extension))) {
    if (type.trim() === 'application/tei+xml') return 'tei';
    return 'xml';
  }
  if (
    ['.html', '.htm', '.xhtml'].includes(extension) ||
    /^(?:text\/html|application\/xhtml\+xml)$/.test(type.trim())
  )
    return 'html';
  if (['.md', '.markdown', '.mdown', '.mkd', '.qmd'].includes(extension) || /markdown/.test(type))
    return 'markdown';
  return 'text';
}

/** Control characters, and the sign of bytes that could not be decoded. An escape begins colours in a terminal's log. */
function countControls(text: string): number {
  let count = 0;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code === 0xfffd || (code < 0x20 && ![9, 10, 12, 13, 0x1b].includes(code))) count++;
  }
  return count;
}

type RootElement = { name: string; isXml: boolean; isTei: boolean; isXhtml: boolean };

function isHtml(source: string, root: RootElement | null): boolean {
  if (root?.name === 'html' || /<!doctype\s+html/i.test(prologOf(source))) return true;
  return root !== null && HTML_ROOTS.test(root.name) && (root.isXhtml || !root.isXml);
}

/** What stands before the root element. */
function prologOf(source: string): string {
  const prolog =
    /^\s*(?:<\?[\s\S]*?\?>\s*|<!--[\s\S]*?-->\s*|<!DOCTYPE(?:[^[>]|\[[\s\S]*?\]\s*(?=>))*>\s*)*/i.exec(
      source,
    );
  return prolog?.[0] ?? '';
}

/** The root element of an XML document by its local name, and whether it says that it is XML, and TEI. */
function rootElement(source: string): RootElement | null {
  const before = prologOf(source);
  const match = /^<(?:([\p{L}_][\p{L}\p{N}_.-]*):)?([\p{L}_][\p{L}\p{N}_.-]*)(?=[\s/>])/u.exec(
    source.slice(before.length),
  );
  const [, prefix, name] = match ?? [];
  if (name === undefined) return null;
  const [tag = ''] = /^<[^>]*>/.exec(source.slice(before.length, before.length + 10_000)) ?? [];
  return {
    name,
    isXml: /^\s*<\?xml\s|xmlns/.test(source.slice(0, before.length + 500)),
    isTei: [
      ...tag.matchAll(/\sxmlns(?::([^\s=]+))?\s*=\s*["']http:\/\/www\.tei-c\.org\/ns\/1\.0\/?["']/g),
    ].some(([, declared]) => declared === prefix),
    isXhtml: tag.includes('http://www.w3.org/1999/xhtml'),
  };
}
