import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { convertToTei } from '@/lib/conversion';
import { all, outlineOf, readTei, textOf } from './tei-reader';

const convert = async (html: string) => {
  const conversion = await convertToTei(Buffer.from(html), 'html');
  const tree = readTei(conversion.tei);
  return { ...conversion, tree, body: all(tree, 'body')[0]! };
};
const reasons = (notices: { reason: string; words: number }[]) =>
  Object.fromEntries(notices.map(({ reason, words }) => [reason, words]));

describe('HTML', () => {
  it('has divisions by headings and sections, and none of them loses what follows it', async () => {
    const { tree, body } = await convert(
      '<h1>Book</h1><section id="s"><h2>One</h2><p>a</p><section><h3>Inner</h3><p>b</p></section></section>after <a href="#s">s</a><h2>Two</h2><p>c',
    );
    assert.deepEqual(outlineOf(tree), ['Book', '  One', '    Inner', '  Two']);
    assert.equal(textOf(body), 'BookOneaInnerbafter sTwoc');
    assert.equal(all(tree, 'div').find(({ attributes }) => attributes['xml:id'] === 's')?.children.length, 3);
  });

  it('says title, authors, language and licence', async () => {
    const { metadata } = await convert(
      '<html lang="RU"><head><title> A\n title</title><meta name="author" content="Ana"><meta name="DC.creator" content="Ion"><link rel="license" href="https://creativecommons.org/licenses/by/4.0/"></head><body>a</body></html>',
    );
    assert.deepEqual(metadata, {
      title: 'A title',
      authors: ['Ana', 'Ion'],
      language: 'ru',
      licence: 'https://creativecommons.org/licenses/by/4.0/',
      date: null,
    });
  });

  it('leaves scripts, styles and navigation out, and says so', async () => {
    const { body, notices, words } = await convert(
      '<body><nav>Home and away</nav><script>var no;</script><style>p{}</style>Text in the body<p>and a paragraph.',
    );
    assert.equal(textOf(body), 'Text in the bodyand a paragraph.');
    assert.deepEqual(reasons(notices), { script: 0, style: 0, navigation: 3 });
    assert.deepEqual([words.file, words.leftOut], [10, 3]);
  });

  it('takes notes of all kinds to their anchors, with paragraphs and without their numbers', async () => {
    const kinds = [
      '<p>Text<a epub:type="noteref" href="#n1">1</a>.</p><aside epub:type="footnote" id="n1"><p>Said.</p><p>Twice.</p></aside>',
      '<p>Text<sup><a href="#fn1" id="r1">1</a></sup>.</p><section><ol><li id="fn1"><p>Said.</p><p>Twice. <a href="#r1">↩</a></p></li></ol></section>',
      '<p>Text<a id="FNanchor_1"></a><a class="fnanchor" href="#Footnote_1">[1]</a>.</p><div class="footnote"><p><a id="Footnote_1"></a><a href="#FNanchor_1"><span class="label">[1]</span></a> Said.</p><p>Twice.</p></div>',
      '<p>Text<a href="#_ftn1" name="_ftnref1"><sup>[1]</sup></a>.</p><div id="ftn1"><p class="MsoFootnoteText"><a href="#_ftnref1" name="_ftn1">[1]</a> Said.</p><p>Twice.</p></div>',
      '<p>Text<a role="doc-noteref" href="#n">*</a>.</p><div role="doc-endnotes"><div role="doc-endnote" id="n"><p>Said.</p><p>Twice.</p></div></div>',
    ];
    for (const html of kinds) {
      const { body, words } = await convert(html);
      const [note] = all(body, 'note');
      assert.ok(note, html);
      assert.deepEqual(all(note, 'p').map(textOf), ['Said.', 'Twice.'], html);
      assert.match(note.attributes.n ?? '', /^[1*]$/);
      assert.equal(textOf(body), 'Text.', html);
      assert.equal(words.sameSequence, true);
    }
  });

  it('leaves notes that call one another in a circle, and those that nothing calls', async () => {
    const { body, words } = await convert(
      '<p>A<a class="noteref" href="#a">1</a>.</p><aside id="a" class="footnote"><p>a<a class="noteref" href="#b">2</a></p></aside><aside id="b" class="footnote"><p>b<a class="noteref" href="#a">1</a></p></aside><aside id="c" class="footnote"><p>c<a class="noteref" href="#c">3</a></p></aside>',
    );
    assert.equal(words.sameSequence, true);
    assert.equal(all(body, 'note').length, 2);
    assert.match(textOf(body), /c3$/);
  });

  it('has printed pages where they begin', async () => {
    const { body, notices } = await convert(
      '<p>one<span class="pagenum"><a id="Page_5">[Pg 5]</a></span> two</p><span epub:type="pagebreak" id="pxii" title="xii"></span><p>three</p>',
    );
    assert.deepEqual(
      all(body, 'pb').map(({ attributes }) => attributes.n),
      ['5', 'xii'],
    );
    assert.deepEqual(reasons(notices), { 'page-number': 2 });
  });

  it('keeps the words of links that run scripts, and leads nowhere by them', async () => {
    const { tei } = await convertToTei(
      Buffer.from(
        '<p>a <a href="java\nscript:alert(1)">b</a> <a href="JavaScript:x">c</a> <a href="data:text/html,x">d</a></p>',
      ),
      'html',
    );
    assert.ok(!/script:|data:/i.test(tei));
    assert.match(tei.replace(/<[^>]+>/g, ''), /a b c d/);
  });

  it('has verse by its classes and by the semantics of EPUB', async () => {
    const { body } = await convert(
      '<div class="poem"><div class="stanza"><span class="i0">One<br></span><span class="i2">Two<br></span></div><div class="stanza"><div class="verse indent0">Three</div><div class="verse indent4">Four</div></div></div><blockquote epub:type="z3998:verse"><p><span>Five</span><br/><span class="i1">Six</span></p></blockquote>',
    );
    assert.deepEqual(
      all(body, 'lg').map((group) => all(group, 'l').map((line) => [line.attributes.rend, textOf(line)])),
      [
        [
          [undefined, 'One'],
          ['indent2', 'Two'],
        ],
        [
          [undefined, 'Three'],
          ['indent4', 'Four'],
        ],
        [
          [undefined, 'Five'],
          ['indent1', 'Six'],
        ],
      ],
    );
  });

  it('keeps links to its own ids, languages, directions, figures and tables', async () => {
    const { body } = await convert(
      '<html lang="en"><body><p id="1 x">a <a href="#1%20x">up</a> <i lang="la">ipse</i></p><p lang="ar" dir="rtl">نص</p><figure><img src="a.png" alt="An a"><figcaption>The a</figcaption></figure><table><caption>C</caption><tr><th colspan="2">h</th></tr><tr><td rowspan=2>1</td><td>2</td></tr></table>',
    );
    const [first, arabic] = all(body, 'p');
    assert.equal(all(body, 'ref')[0]?.attributes.target, `#${first?.attributes['xml:id']}`);
    assert.deepEqual([arabic?.attributes['xml:lang'], arabic?.attributes.style], ['ar', 'direction: rtl']);
    assert.deepEqual(
      all(body, 'foreign').map(({ attributes }) => attributes),
      [{ 'xml:lang': 'la', rend: 'italic' }],
    );
    assert.deepEqual(all(body, 'graphic')[0]?.attributes, { url: 'a.png' });
    assert.deepEqual(
      all(body, 'cell').map(({ attributes }) => attributes),
      [{ role: 'label', cols: '2' }, { rows: '2' }, {}],
    );
  });

  it('takes soft hyphens out and leaves no-break spaces, in NFC', async () => {
    const { body, notices } = await convert('<p>syl\u00ADla\u00ADble a\u00A0b e\u0301 \u0001x');
    assert.equal(textOf(body), 'syllable a\u00A0b \u00E9 x');
    assert.deepEqual(
      notices.map(({ reason, count }) => [reason, count]),
      [
        ['soft-hyphen', 2],
        ['no-xml-character', 1],
        ['normalized', 1],
      ],
    );
  });

  it('is read by the rules of XML where it is XHTML', async () => {
    const { body } = await convert(
      '<?xml version="1.0"?><!DOCTYPE html><html xmlns="http://www.w3.org/1999/xhtml"><head><title/></head><body><p>a<a id="x"/>b&nbsp;c<i/>d</p></body></html>',
    );
    assert.equal(textOf(body), 'ab\u00A0cd');
    assert.equal(all(body, 'hi').length, 0);
  });
});
