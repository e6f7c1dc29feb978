import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import sharp from 'sharp';
import { convertToTei } from '@/lib/conversion';
import { odt } from './odt';
import { all, outlineOf, readTei, textOf } from './tei-reader';

const convert = async (...arguments_: Parameters<typeof odt>) => {
  const conversion = await convertToTei(await odt(...arguments_), 'odt');
  const tree = readTei(conversion.tei);
  return { ...conversion, tree, body: all(tree, 'body')[0]! };
};
const p = (content: string, style = 'Standard') => `<text:p text:style-name="${style}">${content}</text:p>`;

describe('an OpenDocument text', () => {
  it('has headings, emphasis by its styles, breaks and spaces', async () => {
    const { tree, body, metadata } = await convert(
      `<text:h text:outline-level="1">Unu</text:h><text:h text:outline-level="2">Doi</text:h>${p('a <text:span text:style-name="T1">înclinat</text:span> <text:span text:style-name="T3">mic</text:span>x<text:span text:style-name="T4">2</text:span><text:line-break/>b<text:s text:c="3"/>c<text:tab/>d')}`,
      {
        'meta.xml':
          '<office:document-meta><office:meta><dc:title>Titlul</dc:title><meta:initial-creator>Ana Pop</meta:initial-creator></office:meta></office:document-meta>',
      },
    );
    assert.deepEqual(outlineOf(tree), ['Unu', '  Doi']);
    assert.deepEqual(
      all(body, 'hi').map((node) => [node.attributes.rend, textOf(node)]),
      [
        ['italic', 'înclinat'],
        ['smallcaps', 'mic'],
        ['superscript', '2'],
      ],
    );
    assert.equal(textOf(all(body, 'p')[0]!), 'a înclinat micx2b c d');
    assert.deepEqual([metadata.title, metadata.authors, metadata.language], ['Titlul', ['Ana Pop'], 'ro-RO']);
  });

  it('has lists in lists, tables with head and spans, quotations, verse, text boxes and images', async () => {
    const png = await sharp({ create: { width: 2, height: 2, channels: 3, background: 'red' } })
      .png()
      .toBuffer();
    const { body, images, words } = await convert(
      `<text:list text:style-name="L1"><text:list-item>${p('unu')}<text:list><text:list-item>${p('în el')}</text:list-item></text:list></text:list-item></text:list>` +
        `<table:table><table:table-header-rows><table:table-row><table:table-cell table:number-columns-spanned="2">${p('cap')}</table:table-cell><table:covered-table-cell/></table:table-row></table:table-header-rows><table:table-row><table:table-cell>${p('1')}</table:table-cell><table:table-cell>${p('2')}</table:table-cell></table:table-row></table:table>` +
        p('citat', 'P1') +
        p('un vers<text:line-break/>alt vers', 'My_20_verse') +
        p(`ancora<draw:frame><draw:text-box>${p('caseta')}</draw:text-box></draw:frame> aici`) +
        p('<draw:frame><draw:image xlink:href="Pictures/a.png"/><svg:desc>O pată</svg:desc></draw:frame>'),
      { 'Pictures/a.png': png },
    );
    assert.deepEqual(
      all(body, 'list').map(({ attributes }) => attributes.type),
      ['ordered', 'bulleted'],
    );
    assert.deepEqual(
      all(body, 'cell').map((node) => [textOf(node), node.attributes.role, node.attributes.cols]),
      [
        ['cap', 'label', '2'],
        ['1', undefined, undefined],
        ['2', undefined, undefined],
      ],
    );
    assert.deepEqual(all(body, 'quote').map(textOf), ['citat']);
    assert.deepEqual(all(body, 'l').map(textOf), ['un vers', 'alt vers']);
    assert.ok(textOf(body).includes('caseta'));
    assert.deepEqual(
      images.map(({ id }) => id),
      [all(body, 'graphic')[0]?.attributes.url],
    );
    assert.equal(words.sameSequence, true);
  });

  it('has notes at their anchors, and leaves deletions, comments and heads out', async () => {
    const { body, words, notices } = await convert(
      `<text:tracked-changes><text:changed-region><text:deletion>${p('a fost șters')}</text:deletion></text:changed-region></text:tracked-changes>` +
        p(
          `Text<text:note text:note-class="endnote"><text:note-citation>i</text:note-citation><text:note-body>${p('Una')}${p('Alta')}</text:note-body></text:note> rămas<office:annotation>${p('părerea mea')}</office:annotation>.`,
        ),
    );
    const [note] = all(body, 'note');
    assert.deepEqual(note && [note.attributes.place, note.attributes.n, all(note, 'p').map(textOf)], [
      'end',
      'i',
      ['Una', 'Alta'],
    ]);
    assert.equal(textOf(body), 'Text rămas.');
    assert.deepEqual(Object.fromEntries(notices.map(({ reason, words }) => [reason, words])), {
      'tracked-deletion': 3,
      comment: 2,
      'running-head': 3,
      'note-marker': 1,
    });
    assert.deepEqual(words, { file: 13, leftOut: 9, sameSequence: true });
  });

  it('is refused where it has a password or is damaged', async () => {
    const manifest =
      '<manifest:manifest><manifest:file-entry><manifest:encryption-data/></manifest:file-entry></manifest:manifest>';
    await assert.rejects(convert(p('a'), { 'META-INF/manifest.xml': manifest }), /password/);
    await assert.rejects(convert('<text:p>'), /damaged/);
  });
});
