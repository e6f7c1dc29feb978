import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { apparatusHtml } from '@/app/reader/page/apparatus-html';
import { createTextContext } from '@/app/reader/page/render-context';
import { sectionHtml, sectionHtmlInTurns } from '@/app/reader/page/section-html';
import type { Container, Section } from '@/lib/edition/schema';
import { translator } from '@/lib/i18n';
import { type MadeBlock, madeEdition, madeSection } from '../../support/made-section';

function contextOf(section: Section) {
  const edition = madeEdition([section]);
  return createTextContext({ edition, page: section.id, t: translator('en', 'reading') }, [section], []);
}

/** The HTML of a section without the attributes that all paragraphs have. */
function htmlOf(blocks: MadeBlock[], more: Partial<Section> = {}): string {
  const section = madeSection(blocks, more);
  return sectionHtml(contextOf(section), section).replace(/ id="s\.\d+"| data-(start|end)="\d+"/g, '');
}

const inside = (...containers: Container[]) => ({ containers });

describe('the HTML of a text', () => {
  it('is the same in slices, between which others get their turn', async () => {
    const section = madeSection(
      Array.from({ length: 300 }, (_, i) => ({ text: `{hi:${i}} and {app:more}`, number: `${i}` })),
    );
    let turns = 0;
    const giveTurn = async () => {
      turns++;
    };
    const sliced = await sectionHtmlInTurns(contextOf(section), section, giveTurn);
    assert.equal(sliced, sectionHtml(contextOf(section), section));
    assert.ok(turns >= 300, `${turns} turns`);
  });

  it('gives others their turn inside a paragraph too, whatever is marked in it and however deep', async () => {
    const many = '{hi:a}{gap:} '.repeat(3_000);
    const nested = madeSection([{ text: many }]);
    const whole = { start: 0, end: nested.text.length, id: null, language: null, targets: [], details: {} };
    nested.spans.unshift(...Array.from({ length: 100 }, () => ({ ...whole, kind: 'seg' as const })));
    const row = { kind: 'row' as const, key: 2 };
    const cells = Array.from({ length: 3_000 }, (_, i) => ({
      text: 'a',
      ...inside({ kind: 'table', key: 1 }, row, { kind: 'cell', key: 3 + i, column: 1 + 300 * i }),
    }));
    const items = Array.from({ length: 3_000 }, () => ({ text: 'a', ...inside({ kind: 'list', key: 1 }) }));
    for (const section of [madeSection([{ text: many }]), nested, madeSection(cells), madeSection(items)]) {
      let turns = 0;
      const giveTurn = async () => {
        turns++;
      };
      const html = await sectionHtmlInTurns(contextOf(section), section, giveTurn);
      assert.ok(turns >= 60, `${turns} turns`);
      // No page grows out of proportion to what is in it.
      assert.ok(html.length < 1_000_000, `${html.length} characters`);
    }
  });

  it('gives each of many pages of one number an id of its own', () => {
    const pages = Array.from({ length: 3_000 }, () => ({ label: '1', offset: 1 }));
    const section = madeSection([{ text: 'ab' }], { pages });
    const ids = [...sectionHtml(contextOf(section), section).matchAll(/ id="(page[^"]*)"/g)].map(
      ([, id]) => id,
    );
    assert.equal(new Set(ids).size, 3_000);
    assert.deepEqual([ids[0], ids[1], ids[2_999]], ['page1', 'page1-2', 'page1-3000']);
  });

  it('sets a line in by a line at most, however many speakers share it', () => {
    const lines = Array.from({ length: 2_000 }, () => ({
      kind: 'line' as const,
      text: 'And then?',
      details: { part: 'M' as const },
    }));
    assert.ok(htmlOf(lines).length < 700_000);
  });

  it('has headings from h1 on that skip no level', () => {
    const html = htmlOf([
      { kind: 'head', text: 'A', details: { level: 2 } },
      { kind: 'head', text: 'B', details: { level: 5 } },
      { kind: 'head', text: 'C', details: { level: 3 } },
      { kind: 'head', text: 'D', details: { level: 2 } },
      { kind: 'head', text: 'E', ...inside({ kind: 'list', key: 1 }) },
    ]);
    assert.deepEqual(html.match(/<(h\d|p) class="head"/g), [
      '<h1 class="head"',
      '<h2 class="head"',
      '<h2 class="head"',
      '<h1 class="head"',
      '<p class="head"',
    ]);
  });

  it('sets a line that speakers share in by what the one before said', () => {
    const html = htmlOf([
      { kind: 'line', text: 'Who is', number: '5', details: { part: 'I' } },
      { kind: 'line', text: 'there', details: { part: 'M' } },
      { kind: 'line', text: 'now?', details: { part: 'F' } },
      { kind: 'line', text: 'Nobody.', number: '6' },
    ]);
    assert.match(html, /<div class="line"><a class="number" href="#s\.1"[^>]*>5<\/a>Who is<\/div>/);
    assert.match(html, /data-before="Who is "[^>]*>there</);
    assert.match(html, /data-before="Who is there "[^>]*>now\?</);
    assert.match(html, /<div class="line">Nobody\.</);
  });

  it('makes lists of labels, lists with a head, and tables of cells', () => {
    const list = { kind: 'list', key: 1, ordered: true } as const;
    assert.match(
      htmlOf([
        { kind: 'head', text: 'H', ...inside(list) },
        { kind: 'item', text: 'a', ...inside(list) },
        { text: 'b', ...inside(list, { kind: 'item', key: 2 }) },
      ]),
      /<div class="listed"><p class="head">H<\/p><ol class="list"><li class="item">a<\/li><li class="item"><p class="p">b<\/p><\/li><\/ol><\/div>/,
    );
    assert.match(
      htmlOf([
        { kind: 'label', text: 'l', ...inside(list) },
        { kind: 'item', text: 'i', ...inside(list) },
      ]),
      /<dl class="list"><dt class="label">l<\/dt><dd class="item">i<\/dd><\/dl>/,
    );
    const cell = (row: number, key: number, facts = {}) =>
      inside({ kind: 'table', key: 1 }, { kind: 'row', key: row }, { kind: 'cell', key, ...facts });
    assert.match(
      htmlOf([
        { kind: 'cell', text: 'x', ...cell(2, 4, { header: true, columns: 2 }) },
        { kind: 'cell', text: 'y', ...cell(3, 5, { header: true }) },
        { kind: 'cell', text: 'z', ...cell(3, 6, { column: 3 }) },
      ]),
      /<tbody><tr><th class="cell" colspan="2" scope="col">x<\/th><\/tr><tr><th class="cell" scope="row">y<\/th><td><\/td><td class="cell">z<\/td><\/tr><\/tbody>/,
    );
  });

  it('tells the direction of a run and of a block that go against what is around them', () => {
    const html = htmlOf([
      { text: 'See {foreign:سلام}.', spans: [{ language: 'ar' }] },
      { text: 'שלום', language: 'he' },
    ]);
    assert.match(html, /^<div class="text" [^>]*lang="en" dir="ltr">/);
    assert.match(html, /See <span lang="ar" dir="rtl">سلام<\/span>\./);
    assert.match(html, /<p class="p" lang="he" dir="rtl">/);
    assert.match(htmlOf([{ text: 'سلام' }], { language: 'ar' }), /dir="rtl"><p class="p">سلام</);
  });

  it('puts no link into a link', () => {
    const target = { targets: ['https://example.org/1'] };
    const html = htmlOf([{ text: '{name:Pompey} and {ref:Caesar}', spans: [target, target] }], {
      notes: [{ id: 's.n1', label: '1', offset: 13, targets: [] }],
    });
    assert.match(html, /<a class="name" href="https:\/\/example\.org\/1" rel="external">Pompey<\/a>/);
    assert.match(
      html,
      /Ca<a class="noteref"[^>]*>1<\/a>esar<a class="aligned" href="https:\/\/example\.org\/1"/,
    );
  });

  it('marks what is lost, shows no picture of another site, and gives a page without a number no number', () => {
    const html = htmlOf(
      [
        {
          text: 'a {gap:}b{graphic:}',
          spans: [
            { details: { reason: 'illegible', label: '3 letters' } },
            { details: { url: 'https://example.org/a.png' } },
          ],
        },
      ],
      {
        pages: [
          { label: '', offset: 0 },
          { label: '7', offset: 1 },
          { label: '7', offset: 2 },
        ],
      },
    );
    assert.match(html, /<span class="gap" role="img" aria-label="Gap in the text: 3 letters, illegible"/);
    assert.match(
      html,
      /<a class="picture" href="https:\/\/example\.org\/a\.png" rel="external">Picture<\/a>/,
    );
    assert.doesNotMatch(html, /<img/);
    assert.deepEqual(html.match(/id="page[^"]*"/g), ['id="page"', 'id="page7"', 'id="page7-2"']);
  });

  it('closes the number of a note up to the word before it', () => {
    const html = htmlOf([{ text: 'word next' }], {
      notes: [{ id: 's.n1', label: '1', offset: 5, targets: [] }],
    });
    assert.match(html, /word<a class="noteref"[^>]*>1<\/a> next/);
  });

  it('lists other readings with their witnesses, and escapes all words', async () => {
    const section = madeSection([
      {
        text: 'The {app:<king>} {app:}came.',
        spans: [
          {
            details: {
              witnesses: ['A', 'B'],
              readings: [
                { text: 'queen', witnesses: ['C'] },
                { text: '', witnesses: ['D'], note: 'in the margin' },
              ],
            },
          },
          { details: { readings: [{ text: 'then', witnesses: ['C'] }] } },
        ],
      },
    ]);
    const context = contextOf(section);
    const html = sectionHtml(context, section);
    assert.match(
      html,
      /<span class="app">&#60;king&#62;<a class="mark" href="#s\.a4"[^>]*>2 other readings<\/a><\/span>/,
    );
    assert.match(html, /<a class="omission"[^>]*href="#s\.a11"/);
    const list = await apparatusHtml(context, [section], async () => {});
    assert.match(
      list,
      /<li id="s\.a4">.*&#60;king&#62;.*<span class="sigla">A B<\/span>\] .*queen.*C<\/span>; <em>left out<\/em> <span class="sigla">D<\/span> \(in the margin\)/,
    );
  });
});
