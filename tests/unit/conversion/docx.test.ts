import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import sharp from 'sharp';
import { convertToTei } from '@/lib/conversion';
import { docx, footnote, paragraph, run, styled } from './docx';
import { all, outlineOf, readTei, textOf } from './tei-reader';
import { zip } from './zip';

const convert = async (...arguments_: Parameters<typeof docx>) => {
  const conversion = await convertToTei(await docx(...arguments_), 'docx', { name: 'a.docx' });
  const tree = readTei(conversion.tei);
  return { ...conversion, tree, body: all(tree, 'body')[0]! };
};
const reasons = (notices: { reason: string; words: number }[]) =>
  Object.fromEntries(notices.map(({ reason, words }) => [reason, words]));

const box = (text: string) => `<w:txbxContent>${paragraph(run(text))}</w:txbxContent>`;

describe('a Word document', () => {
  it('has divisions by its styles, whatever the program calls them', async () => {
    const { tree } = await convert(
      styled('Title', 'Cartea') +
        styled('Titlu1', 'Partea') +
        paragraph(run('a')) +
        styled('My', 'Capitol') +
        paragraph(run('b')) +
        paragraph(run('Rang'), '<w:outlineLvl w:val="0"/>') +
        paragraph(run('c')),
    );
    assert.deepEqual(outlineOf(tree), ['Cartea', '  Partea', '    Capitol', '  Rang']);
  });

  it('has headings by guess where nobody used styles, and says so', async () => {
    const { tree, notices } = await convert(
      paragraph(run('Capitolul 1')) +
        paragraph(run('Un text.')) +
        paragraph(run('Un titlu gros', '<w:b/>')) +
        paragraph(run('Alt text.')),
    );
    assert.deepEqual(outlineOf(tree), ['Capitolul 1', 'Un titlu gros']);
    const guess = notices.find(({ reason }) => reason === 'heading-guessed');
    assert.deepEqual([guess?.count, guess?.places], [2, ['Capitolul 1', 'Un titlu gros']]);
  });

  it('has notes at their anchors, numbered in order', async () => {
    const { body, words } = await convert(paragraph(run('Unu') + footnote(2) + run(' doi') + footnote(1)), {
      notes: ['prima notă', 'a doua'],
    });
    assert.deepEqual(
      all(body, 'note').map((note) => [note.attributes.place, note.attributes.n, all(note, 'p').map(textOf)]),
      [
        ['bottom', '1', ['a doua']],
        ['bottom', '2', ['prima notă']],
      ],
    );
    assert.equal(textOf(body), 'Unu doi');
    assert.deepEqual(words, { file: 6, leftOut: 0, sameSequence: true });
  });

  it('leaves deletions, comments and running heads out, keeps insertions, and says all of it', async () => {
    const { body, notices, words } = await convert(
      paragraph(
        `${run('Rămas ')}<w:del w:id="1"><w:r><w:delText>șters de tot</w:delText></w:r></w:del><w:ins w:id="2">${run('adăugat')}</w:ins>`,
      ) +
        '<w:p><w:pPr><w:rPr><w:del w:id="3"/></w:rPr></w:pPr><w:r><w:t>Unit </w:t></w:r></w:p>' +
        paragraph(run('cu următorul')),
      {
        parts: {
          'word/comments.xml': `<w:comments><w:comment w:id="0">${paragraph(run('o părere'))}</w:comment></w:comments>`,
          'word/header1.xml': `<w:hdr>${paragraph(run('Cap de pagină'))}</w:hdr>`,
        },
      },
    );
    assert.deepEqual(all(body, 'p').map(textOf), ['Rămas adăugat', 'Unit cu următorul']);
    assert.deepEqual(reasons(notices), {
      comment: 2,
      'running-head': 3,
      'tracked-deletion': 3,
      'tracked-insertion': 1,
    });
    assert.deepEqual(words, { file: 13, leftOut: 8, sameSequence: true });
  });

  it('keeps the words of text boxes, fields, formulas, pronunciations and directions', async () => {
    const { body, words, notices } = await convert(
      paragraph(
        run('Ancora') +
          `<w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wp:inline><a:graphic><a:graphicData><wps:wsp><wps:txbx>${box('Caseta')}</wps:txbx></wps:wsp></a:graphicData></a:graphic></wp:inline></w:drawing></mc:Choice><mc:Fallback><w:pict><v:shape><v:textbox>${box('Caseta')}</v:textbox></v:shape></w:pict></mc:Fallback></mc:AlternateContent></w:r>` +
          run(' aici'),
      ) +
        paragraph(
          `<w:fldSimple w:instr="PAGE">${run('camp')}</w:fldSimple><w:bdo w:val="rtl">${run(' sens')}</w:bdo>`,
        ) +
        paragraph(`${run('unde ')}<m:oMath><m:r><m:t>E=mc</m:t></m:r></m:oMath>`) +
        paragraph(
          `<w:r><w:ruby><w:rt>${run('kan')}</w:rt><w:rubyBase>${run('漢')}</w:rubyBase></w:ruby></w:r>`,
        ),
    );
    assert.deepEqual(all(body, 'p').map(textOf), [
      'Ancora aici',
      'Caseta',
      'camp sens',
      'unde E=mc',
      '漢 kan',
    ]);
    assert.equal(words.sameSequence, true);
    assert.equal(reasons(notices).formula, 0);
  });

  it('has lists in lists, tables with spans, links, images and emphasis', async () => {
    const png = await sharp({ create: { width: 2, height: 2, channels: 3, background: 'red' } })
      .png()
      .toBuffer();
    const item = (level: number, text: string) =>
      paragraph(run(text), `<w:numPr><w:ilvl w:val="${level}"/><w:numId w:val="1"/></w:numPr>`);
    const cell = (text: string, properties = '') =>
      `<w:tc><w:tcPr>${properties}</w:tcPr>${paragraph(run(text))}</w:tc>`;
    const { body, images, metadata } = await convert(
      item(0, 'unu') +
        item(1, 'în el') +
        item(0, 'doi') +
        `<w:tbl><w:tr>${cell('lat', '<w:gridSpan w:val="2"/>')}</w:tr><w:tr>${cell('înalt', '<w:vMerge w:val="restart"/>')}${cell('b')}</w:tr><w:tr>${cell('ascuns', '<w:vMerge/>')}${cell('d')}</w:tr></w:tbl>` +
        paragraph(
          `<w:hyperlink r:id="l">${run('legătură')}</w:hyperlink>${run(' stil', '<w:rStyle w:val="Accent"/>')}${run(' mic', '<w:smallCaps/>')}${run('sus', '<w:vertAlign w:val="superscript"/>')}`,
        ) +
        paragraph(
          '<w:r><w:drawing><wp:inline><wp:docPr id="1" descr="O pată"/><a:graphic><a:graphicData><pic:pic><pic:blipFill><a:blip r:embed="i"/></pic:blipFill></pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r>',
        ),
      {
        parts: {
          'word/media/image1.png': png,
          'docProps/core.xml':
            '<cp:coreProperties xmlns:cp="c" xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>Titlul</dc:title><dc:creator>Ana; Ion</dc:creator></cp:coreProperties>',
        },
      },
    );
    assert.equal(textOf(all(all(body, 'list')[0]!, 'list')[0]!), 'în el');
    assert.deepEqual(
      all(body, 'cell').map((node) => [textOf(node), node.attributes.cols, node.attributes.rows]),
      [
        ['lat', '2', undefined],
        ['înalt', undefined, undefined],
        ['b', undefined, undefined],
        ['ascuns', undefined, undefined],
        ['d', undefined, undefined],
      ],
    );
    assert.equal(all(body, 'ref')[0]?.attributes.target, 'https://example.org/a');
    assert.deepEqual(
      all(body, 'hi').map(({ attributes }) => attributes.rend),
      ['italic', 'smallcaps', 'superscript'],
    );
    assert.deepEqual(
      images.map(({ id, mediaType }) => [id, mediaType]),
      [['image-001.png', 'image/png']],
    );
    assert.equal(all(body, 'graphic')[0]?.attributes.url, 'image-001.png');
    assert.equal(textOf(all(body, 'figDesc')[0]!), 'O pată');
    assert.deepEqual(
      [metadata.title, metadata.authors, metadata.language],
      ['Titlul', ['Ana', 'Ion'], 'ro-RO'],
    );
  });

  it('is read where a program lists its folders as well', async () => {
    const { body } = await convert(paragraph(run('text')), {
      parts: { 'word/_rels/': '', 'word/media/': '' },
    });
    assert.equal(textOf(body), 'text');
  });

  it('is refused where it is damaged', async () => {
    const broken = await zip({ 'word/document.xml': '<w:document>' });
    await assert.rejects(convertToTei(broken, 'docx'), /damaged/);
  });
});
