import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { convertToTei } from '@/lib/conversion';
import { BOUNDS } from '@/lib/conversion/schema';
import { AppError } from '@/lib/kernel/errors';
import { docx, paragraph, run } from './docx';
import { epub, xhtml } from './epub';
import { odt } from './odt';
import { all, readTei, textOf } from './tei-reader';
import { zip } from './zip';

type Format = Parameters<typeof convertToTei>[1];

/** The file is refused with the code and a sentence, and not by a defect or the end of the memory. */
async function isRefused(
  bytes: Uint8Array | string,
  format: Format,
  code: string,
  sentence: RegExp,
): Promise<void> {
  await assert.rejects(convertToTei(Buffer.from(bytes as string), format), (error) => {
    assert.ok(error instanceof AppError, `${format}: ${error}`);
    assert.equal(error.code, code);
    assert.match(error.message, sentence);
    return true;
  });
}

describe('a hostile file', () => {
  it('is refused by its nesting before a parser takes the square of it', async () => {
    await isRefused('<div>'.repeat(2_000_000), 'html', 'too_large', /\{levels\} deep/);
    await isRefused('<b><p>x'.repeat(500_000), 'html', 'too_large', /\{levels\} deep/);
    await isRefused('<ul><li>'.repeat(300), 'html', 'too_large', /\{levels\} deep/);
    await isRefused(`${'>'.repeat(4_000)} a`, 'markdown', 'too_large', /\{levels\} deep/);
    await isRefused(`${'- '.repeat(500)}a`, 'markdown', 'too_large', /\{levels\} deep/);
    const deep = '<w:sdt><w:sdtContent>'.repeat(2_000) + '</w:sdtContent></w:sdt>'.repeat(2_000);
    await isRefused(await docx(deep), 'docx', 'too_large', /\{levels\} deep/);
  });

  it('is refused by the marks of one block, and by the characters of all', async () => {
    await isRefused('*a_'.repeat(100_000), 'markdown', 'too_large', /\{most\} marks/);
    await isRefused('['.repeat(100_000), 'markdown', 'too_large', /\{most\} marks/);
    await isRefused('www.a.b '.repeat(100_000), 'markdown', 'too_large', /\{most\} marks/);
    await isRefused('a '.repeat(BOUNDS.characters / 2 + 1), 'text', 'too_large', /\{characters\} characters/);
    await isRefused(`a${'\u0301'.repeat(100_000)}`, 'text', 'invalid', /combining marks/);
  });

  it('of 10 MB of one sign is text like any other', async () => {
    await isRefused('<'.repeat(10_000_000), 'html', 'invalid', /no words/);
    for (const sign of ['_', '*', '=', '[', '\n']) {
      const { words } = await convertToTei(Buffer.from(`a ${sign.repeat(1_000_000)}`), 'text');
      assert.deepEqual(words, { file: 1, leftOut: 0, sameSequence: true });
    }
  });

  it('that unpacks to more than is taken is refused while it unpacks', async () => {
    const bomb = await zip({ 'word/document.xml': Buffer.alloc(BOUNDS.unpackedBytes + 1) });
    assert.ok(bomb.length < 1_000_000);
    await isRefused(bomb, 'docx', 'too_large', /unpacks to more than \{megabytes\} MB/);
    const many = Object.fromEntries(Array.from({ length: BOUNDS.entries + 1 }, (_, i) => [`a${i}`, '']));
    await isRefused(
      await zip({ 'META-INF/container.xml': '<a/>', ...many }),
      'epub',
      'too_large',
      /\{entries\} files/,
    );
  });

  it('reads nothing from outside, and expands no entities of its own', async () => {
    const entity = '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]>';
    const book = await epub({
      'a.xhtml': `<?xml version="1.0"?>${entity}<html xmlns="http://www.w3.org/1999/xhtml"><body><p>a &x; b</p></body></html>`,
    });
    const { tei } = await convertToTei(book, 'epub');
    assert.match(textOf(all(readTei(tei), 'body')[0]!), /a &x; b$/);
    const document = `<?xml version="1.0"?>${entity}<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body><w:p><w:r><w:t>&x;</w:t></w:r></w:p></w:body></w:document>`;
    await isRefused(await zip({ 'word/document.xml': document }), 'docx', 'invalid', /damaged/);
  });

  it('with a chain of notes in notes keeps every one of them', async () => {
    const call = (i: number) => `<a class="noteref" href="#n${i}">1</a>`;
    const chain = Array.from(
      { length: 500 },
      (_, i) => `<aside class="footnote" id="n${i}">word${call((i + 1) % 500)}</aside>`,
    );
    const { tei, words } = await convertToTei(Buffer.from(`<p>text${call(0)}</p>${chain.join('')}`), 'html');
    assert.equal(tei.match(/word/g)?.length, 500);
    assert.equal(words.sameSequence, true);
  });

  it('with tables of 20,000 cells or 5,000 paragraphs is read', async () => {
    const table = `<table>${`<tr>${'<td>x'.repeat(10)}`.repeat(2_000)}</table>`;
    const cases: [Format, Uint8Array, number][] = [
      ['html', Buffer.from(table), 20_000],
      ['docx', await docx(paragraph(run('two words')).repeat(5_000)), 10_000],
      ['odt', await odt('<text:p>two words</text:p>'.repeat(5_000), {}, false), 10_000],
      ['epub', await epub({ 'a.xhtml': xhtml('<p>two words</p>'.repeat(5_000)) }), 10_000],
    ];
    for (const [format, bytes, count] of cases) {
      const { words } = await convertToTei(bytes, format);
      assert.deepEqual(words, { file: count, leftOut: 0, sameSequence: true }, format);
    }
  });
});
