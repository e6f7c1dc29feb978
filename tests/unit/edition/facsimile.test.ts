import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { parseTei } from '@/lib/edition/parse-tei';
import { imageStem } from '@/lib/edition/tei/facsimile';

const text = (body: string, facsimile = '') =>
  parseTei(
    `<TEI xmlns="http://www.tei-c.org/ns/1.0"><teiHeader/>${facsimile}<text><body>${body}</body></text></TEI>`,
  );
const pagesOf = ({ sections }: ReturnType<typeof parseTei>) =>
  sections[0]?.pages.map(({ label, image }) => [label, image ?? null]);

describe('the pictures of pages', () => {
  it('are those that a page break names: a file, an address, or a surface', () => {
    const facsimile = `<facsimile><surface xml:id="s3" n="iii"><graphic url="thumbs/3.jpg" n="thumb"/><graphic url="3.jpg"/></surface>
      <graphic xml:id="g4" url="https://images.example/4.jpg"/></facsimile>`;
    const pages = pagesOf(
      text(
        `<p><pb n="1" facs="one.jpg"/>a <pb n="2" facs="https://images.example/iiif/two/full/max/0/default.jpg"/>b
         <pb facs="#s3"/>c <pb n="4" facs="#g4"/>d <pb n="5"/>e <pb facs="f006v.tif"/>f <pb facs="#gone"/>g</p>`,
        facsimile,
      ),
    );
    assert.deepEqual(pages, [
      ['1', 'one.jpg'],
      ['2', 'https://images.example/iiif/two/full/max/0/default.jpg'],
      ['iii', '3.jpg'],
      ['4', 'https://images.example/4.jpg'],
      ['5', null],
      ['f006v', 'f006v.tif'],
      ['', null],
    ]);
  });

  it('are found where the facsimile stands behind the text, names the page itself, or has a base', () => {
    const source = `<TEI><text><body><p><pb xml:id="p1" n="1"/>a <pb n="2" facs="#b"/>b</p></body></text>
      <facsimile xml:base="https://images.example/ms/"><surface start="#p1"><graphic url="1.jpg"/></surface>
      <surface xml:id="b" facs="2.jpg"/></facsimile></TEI>`;
    assert.deepEqual(pagesOf(parseTei(source)), [
      ['1', 'https://images.example/ms/1.jpg'],
      ['2', 'https://images.example/ms/2.jpg'],
    ]);
  });

  it('never are an address that runs a script', () => {
    assert.throws(
      () => text('<p><pb n="1" facs="javascript:alert(1)"/>a</p>'),
      /“javascript:alert\(1\)” is neither/,
    );
    assert.deepEqual(pagesOf(text('<p><pb n="1" facs="data:image/png;base64,eA=="/>a</p>')), [['1', null]]);
  });

  it('have the places of paragraphs, in percent, from corners or points', () => {
    const { sections } = text(
      '<p><pb n="1" facs="#s"/></p><p facs="#z1">a</p><lg><l facs="#z2">b</l></lg><p facs="#s">c</p>',
      `<facsimile><surface xml:id="s" ulx="0" uly="0" lrx="2000" lry="1000"><graphic url="1.jpg"/>
        <zone xml:id="z1" ulx="200" uly="100" lrx="1000" lry="600"/><zone xml:id="z2" points="0,0 500,0 500,500 0,500"/></surface></facsimile>`,
    );
    assert.deepEqual(
      sections[0]?.paragraphs.map(({ details }) => details.zone),
      [
        { image: '1.jpg', x: 10, y: 10, w: 40, h: 50 },
        { image: '1.jpg', x: 0, y: 0, w: 25, h: 50 },
        undefined,
      ],
    );
  });

  it('are counted in the report, and those that are not here are named', () => {
    const { report } = text(
      '<p><pb n="1" facs="1.jpg"/>a <pb n="2" facs="https://images.example/2.jpg"/>b <pb n="3" facs="3.jpg"/>c</p>',
    );
    assert.deepEqual(report.images, { named: 3, here: 0, elsewhere: 1, missing: ['1.jpg', '3.jpg'] });
    assert.equal(text('<p>a</p>').report.images, undefined);
  });
});

describe('a transcription by surfaces', () => {
  it('is the text of a file that has no other: a surface is a page, a line a line', () => {
    const source = `<surface xmlns="http://www.tei-c.org/ns/1.0" xml:id="f1" n="1r"><graphic url="1r.jpg"/>
      <zone><line>first <del>x</del> words</line><line>second</line></zone></surface>`;
    const { sections, report } = parseTei(source);
    assert.equal(sections[0]?.text, 'first x words\nsecond');
    assert.deepEqual(
      sections[0]?.paragraphs.map(({ kind }) => kind),
      ['line', 'line'],
    );
    assert.deepEqual(sections[0]?.pages, [{ offset: 0, label: '1r', image: '1r.jpg' }]);
    assert.deepEqual(
      sections[0]?.spans.map(({ kind }) => kind),
      ['del'],
    );
    assert.equal(report.sameSequence, true);
  });

  it('stands beside a text that has the same words', () => {
    const { sections, report } = parseTei(
      '<TEI><sourceDoc><surface><line>a b</line></surface></sourceDoc><text><body><p>a b</p></body></text></TEI>',
    );
    assert.equal(sections[0]?.text, 'a b');
    assert.equal(report.leftOut[0]?.element, 'sourceDoc');
  });
});

describe('the name of a picture', () => {
  it('is without folders and ending, also at an image service', () => {
    assert.equal(imageStem('scans/f%20001r.JPG'), 'f 001r');
    assert.equal(imageStem('https://x.example/iiif/ms-12/full/max/0/default.jpg'), 'ms-12');
    assert.equal(imageStem('https://x.example/iiif/ms-12/info.json'), 'ms-12');
    assert.equal(imageStem('https://x.example/show?id=4'), 'show');
  });
});
