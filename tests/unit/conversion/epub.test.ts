import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import sharp from 'sharp';
import { convertToTei } from '@/lib/conversion';
import { epub, xhtml } from './epub';
import { all, outlineOf, readTei, textOf } from './tei-reader';

const convert = async (bytes: Uint8Array) => {
  const conversion = await convertToTei(bytes, 'epub');
  const tree = readTei(conversion.tei);
  return { ...conversion, tree, body: all(tree, 'body')[0]! };
};

describe('an EPUB', () => {
  it('has its documents in the order of the spine, with what the package says', async () => {
    for (const version of [2, 3] as const) {
      const book = await epub(
        { 'b.xhtml': xhtml('<h1>One</h1><p>a</p>'), 'a.xhtml': xhtml('<h1>Two</h1><p>b</p>') },
        { version },
      );
      const { tree, metadata, words } = await convert(book);
      assert.deepEqual(outlineOf(tree), ['One', 'Two']);
      assert.deepEqual(metadata.title, 'A Book');
      assert.deepEqual(
        [metadata.language, metadata.licence, metadata.date],
        ['ro', 'CC BY 4.0', '1899-05-01'],
      );
      assert.deepEqual(metadata.authors, ['Ana Pop', ...(version === 2 ? ['Ion Ion'] : [])].slice(0, 1));
      assert.deepEqual([words.file, words.leftOut, words.sameSequence], [4, 0, true]);
    }
  });

  it('leaves its navigation out, and links between files lead within the text', async () => {
    const { body, notices } = await convert(
      await epub(
        {
          'one.xhtml': xhtml(
            '<h1 id="x">One</h1><p><a href="two.xhtml#x">there</a> <a href="two.xhtml">all</a> <a href="gone.xhtml">lost</a> <a href="https://example.org/">out</a></p>',
          ),
          'two.xhtml': xhtml('<h1 id="x">Two</h1><p>b</p>'),
        },
        { nav: '<li><a href="one.xhtml">The first</a></li>' },
      ),
    );
    const [contents] = notices;
    assert.deepEqual([contents?.reason, contents?.words, notices.length], ['navigation', 2, 1]);
    assert.match(contents?.places[0] ?? '', /^OEBPS\/nav\.xhtml:1:/);
    const ids = all(body, 'div').map(({ attributes }) => attributes['xml:id']);
    const targets = all(body, 'ref').map(({ attributes }) => attributes.target);
    assert.equal(targets[0], `#${ids[1]}`);
    assert.ok(
      all(body, 'anchor')
        .concat(all(body, 'div'))
        .some(({ attributes }) => `#${attributes['xml:id']}` === targets[1]),
    );
    assert.deepEqual(targets.slice(2), ['https://example.org/']);
  });

  it('has notes of another file at their anchors', async () => {
    const { body, words } = await convert(
      await epub({
        'one.xhtml': xhtml('<p>Text<a epub:type="noteref" href="notes.xhtml#n1" id="r1">1</a>.</p>'),
        'notes.xhtml': xhtml(
          '<section epub:type="endnotes"><h2>Notes</h2><ol><li epub:type="endnote" id="n1"><p>Said. <a epub:type="backlink" href="one.xhtml#r1">↩</a></p></li></ol></section>',
        ),
      }),
    );
    assert.deepEqual(
      all(body, 'note').map((note) => [note.attributes.place, note.attributes.n, textOf(note)]),
      [['end', '1', 'Said.']],
    );
    assert.equal(words.sameSequence, true);
  });

  it('continues a document that was split, and sets front matter and documents of the contents apart', async () => {
    const nav = '<li><a href="a.xhtml">A</a><ol><li><a href="d.xhtml">D</a></li></ol></li>';
    const { tree } = await convert(
      await epub(
        {
          'title.xhtml': xhtml('<p>The Title</p>', 'epub:type="frontmatter"'),
          'a.xhtml': xhtml('<h1>A</h1><p>one</p>'),
          'a2.xhtml': xhtml('<p>two</p>'),
          'd.xhtml': xhtml('<p>a poem without a title</p>'),
          'c.xhtml': xhtml(
            '<section epub:type="colophon"><p>made by us</p></section>',
            'epub:type="backmatter"',
          ),
        },
        { nav },
      ),
    );
    assert.equal(textOf(all(tree, 'front')[0]!), 'The Title');
    assert.equal(textOf(all(tree, 'back')[0]!), 'made by us');
    const [a] = all(all(tree, 'body')[0]!, 'div');
    assert.deepEqual(
      a?.children.map((child) => (typeof child === 'string' ? child : child.name)),
      ['head', 'p', 'p', 'div'],
    );
    assert.equal(all(tree, 'div').find(({ attributes }) => attributes.type === 'colophon')?.name, 'div');
  });

  it('brings its images along, and names those that are missing', async () => {
    const png = await sharp({ create: { width: 2, height: 2, channels: 3, background: 'red' } })
      .png()
      .toBuffer();
    const { body, images, notices } = await convert(
      await epub(
        {
          'text/a.xhtml': xhtml(
            '<p>a</p><img src="../img/one%20two.png" alt="One"/><svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"><image xlink:href="../img/one two.png"/></svg><img src="gone.png" alt="Gone"/>',
          ),
        },
        { more: { 'img/one two.png': png } },
      ),
    );
    assert.deepEqual(
      images.map(({ id, mediaType }) => [id, mediaType]),
      [['image-001.png', 'image/png']],
    );
    assert.deepEqual(
      all(body, 'graphic').map(({ attributes }) => attributes.url),
      ['image-001.png', 'image-001.png'],
    );
    assert.deepEqual(all(body, 'figDesc').map(textOf), ['One', 'Gone']);
    assert.deepEqual(
      notices.map(({ reason }) => reason),
      ['image-missing'],
    );
  });

  it('is refused where it is protected, but not for hidden fonts', async () => {
    const encryption = (algorithm: string) =>
      `<encryption xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><EncryptedData xmlns="http://www.w3.org/2001/04/xmlenc#"><EncryptionMethod Algorithm="${algorithm}"/></EncryptedData></encryption>`;
    const book = (algorithm: string) =>
      epub(
        { 'a.xhtml': xhtml('<p>words</p>') },
        { root: { 'META-INF/encryption.xml': encryption(algorithm) } },
      );
    await assert.rejects(convert(await book('http://www.w3.org/2001/04/xmlenc#aes128-cbc')), /protected/);
    assert.equal(textOf((await convert(await book('http://www.idpf.org/2008/embedding'))).body), 'words');
  });
});
