import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { detectFormat } from '@/lib/conversion';
import { AppError } from '@/lib/kernel/errors';
import { zip } from './zip';

const bytes = (text: string) => Buffer.from(text);

describe('what a file is', () => {
  it('is said by its content', async () => {
    const cases: [Uint8Array, string][] = [
      [bytes('<?xml version="1.0"?><!-- a --><TEI xmlns="http://www.tei-c.org/ns/1.0"/>'), 'tei'],
      [bytes('<!DOCTYPE TEI [<!ENTITY a "b">]>\n<tei:TEI xmlns:tei="http://www.tei-c.org/ns/1.0"/>'), 'tei'],
      [bytes('<teiCorpus xmlns="http://www.tei-c.org/ns/1.0"><teiHeader/></teiCorpus>'), 'tei'],
      [bytes('<!DOCTYPE TEI.2 PUBLIC "-//TEI P4" "http://example.org/tei.dtd">\n<TEI.2/>'), 'tei'],
      [bytes('<div xmlns="http://www.tei-c.org/ns/1.0"><p>a</p></div>'), 'tei'],
      [bytes('<?xml version="1.0"?><rss/>'), 'xml'],
      [bytes('<?xml version="1.0"?><a xmlns:tei="http://www.tei-c.org/ns/1.0"/>'), 'xml'],
      [bytes('<div xmlns="http://www.w3.org/1999/xhtml"><p>a</p></div>'), 'html'],
      [bytes(`<?xml version="1.0"?>${'<!-- a -->\n'.repeat(60)}<locale/>`), 'xml'],
      [bytes('<!doctype html><title>a</title>'), 'html'],
      [bytes('<?xml version="1.0"?><html xmlns="http://www.w3.org/1999/xhtml"/>'), 'html'],
      [bytes('<p>A paragraph</p>'), 'html'],
      [bytes('%PDF-1.7\n'), 'pdf'],
      [bytes('Just words.'), 'text'],
      [await zip({ mimetype: 'application/epub+zip', 'META-INF/container.xml': '<a/>' }), 'epub'],
      [await zip({ '[Content_Types].xml': '<a/>', 'word/document.xml': '<a/>' }), 'docx'],
      [await zip({ mimetype: 'application/vnd.oasis.opendocument.text', 'content.xml': '<a/>' }), 'odt'],
    ];
    for (const [content, format] of cases) {
      assert.equal(detectFormat(content, { name: 'misleading.jpg', mediaType: 'image/jpeg' }), format);
    }
  });

  it('is said by name or media type where only these tell it', () => {
    assert.equal(detectFormat(bytes('# Title'), { name: 'a.md' }), 'markdown');
    assert.equal(detectFormat(bytes('# Title'), { mediaType: 'text/markdown; charset=utf-8' }), 'markdown');
    assert.equal(detectFormat(bytes('# Title'), { name: 'a.txt' }), 'text');
    assert.equal(detectFormat(bytes('<play><l>a</l></play>\n'), { name: 'a.xml' }), 'xml');
    assert.equal(detectFormat(bytes('<play><l>a</l></play>'), { name: 'a.txt' }), 'text');
    assert.equal(detectFormat(bytes('words <b>and</b> words'), { name: 'a.htm' }), 'html');
  });

  it('is said in words where it is not read', async () => {
    const compound = (stream: string) =>
      Buffer.concat([
        Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]),
        Buffer.from(stream, 'utf16le'),
      ]);
    const cases: [Uint8Array, RegExp][] = [
      [bytes(''), /empty/],
      [bytes(' \n\t'), /empty/],
      [compound('EncryptedPackage'), /Word document with a password/],
      [compound('WordDocument'), /old Word file \(\.doc\)/],
      [compound('Workbook'), /spreadsheet/],
      [bytes('{\\rtf1\\ansi'), /RTF/],
      [Buffer.from('\x89PNG\r\n', 'latin1'), /image/],
      [Buffer.from([0xff, 0xd8, 0xff, 0xe0]), /image/],
      [await zip({ 'xl/workbook.xml': '<a/>' }), /spreadsheet/],
      [await zip({ 'ppt/presentation.xml': '<a/>' }), /presentation/],
      [await zip({ 'photos/a.jpg': 'a' }), /packed/],
      [Buffer.concat([Buffer.from('PK\x03\x04'), Buffer.alloc(90, 1)]), /damaged/],
      [Buffer.from(Array.from({ length: 4_000 }, (_, i) => (i * 7_919) % 256)), /no text/],
    ];
    for (const [content, sentence] of cases) {
      assert.throws(
        () => detectFormat(content, {}),
        (error) => error instanceof AppError && error.code === 'invalid' && sentence.test(error.message),
        `${sentence}`,
      );
    }
  });
});
