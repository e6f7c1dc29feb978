import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import sharp from 'sharp';
import { convertToTei } from '@/lib/conversion';
import { fc } from '../../support/seeded-fast-check';
import { callingLine, column, type Placed, pdf } from './pdf';
import { all, outlineOf, readTei, textOf, wordsOf } from './tei-reader';

const convert = async (...arguments_: Parameters<typeof pdf>) => {
  const conversion = await convertToTei(pdf(...arguments_), 'pdf', { name: 'a.pdf' });
  const tree = readTei(conversion.tei);
  return { ...conversion, tree, body: all(tree, 'body')[0]! };
};

const LEFT = [
  ' The first column begins here with a line',
  'that is as wide as the column and is bro-',
  'ken by a hyphen at its end, which is not',
  'part of the word; but a well-known word',
  'has its hyphen in the middle, as a well-',
  'known one must. It ends.',
  ' Another paragraph is set in and goes on',
  'in the next column without any break of',
];
const RIGHT = [
  'its sentence, because the column is full.',
  ' A last paragraph stands in the right one',
  'and has three lines as well, so that the',
  'two columns are seen as what they are.',
];

/** A page of two columns of 190 points under a title over both, with a running head and a number. */
function page(number: number, left: string[], right: string[]): Placed[] {
  return [
    { x: 30, y: 570, text: 'A History of Columns', size: 8, style: 'italic' },
    { x: 380, y: 570, text: String(number), size: 8 },
    ...column(20, 500, left),
    ...column(225, 500, right),
  ];
}

describe('a PDF', () => {
  it('is read column by column, with broken words whole and compounds kept', async () => {
    const { body, words, notices } = await convert([
      [
        { x: 90, y: 540, text: 'A Title over Both Columns', size: 18 },
        ...column(20, 500, LEFT),
        ...column(225, 500, RIGHT),
      ],
    ]);
    assert.deepEqual(all(body, 'p').map(textOf), [
      'The first column begins here with a line that is as wide as the column and is broken by a hyphen at its end, which is not part of the word; but a well-known word has its hyphen in the middle, as a well-known one must. It ends.',
      'Another paragraph is set in and goes on in the next column without any break of its sentence, because the column is full.',
      'A last paragraph stands in the right one and has three lines as well, so that the two columns are seen as what they are.',
    ]);
    assert.deepEqual(outlineOf(body), ['A Title over Both Columns']);
    assert.equal(words.sameSequence, true);
    assert.deepEqual(
      notices.map(({ reason, count }) => [reason, count]),
      [
        ['heading-guessed', 1],
        ['line-end-hyphen', 1],
      ],
    );
  });

  it('has its pages with their images, under the numbers that are printed on them', async () => {
    const { tree, body, images, notices, words } = await convert(
      [17, 18, 19, 20].map((number) => page(number, LEFT, RIGHT)),
    );
    const pages = all(body, 'pb');
    assert.deepEqual(
      pages.map(({ attributes }) => attributes.n),
      ['17', '18', '19', '20'],
    );
    assert.deepEqual(
      images.map((image) => [image.page, image.mediaType]),
      pages.map(({ attributes }) => [attributes.n, 'image/jpeg']),
    );
    const surfaces = all(tree, 'surface');
    assert.deepEqual(
      surfaces.map(({ attributes }) => `#${attributes['xml:id']}`),
      pages.map(({ attributes }) => attributes.facs),
    );
    const { width, height } = await sharp(images[0]?.bytes).metadata();
    assert.deepEqual(
      [surfaces[0]?.attributes.lrx, surfaces[0]?.attributes.lry],
      [String(width), String(height)],
    );
    assert.equal(height, 1600);
    assert.deepEqual(
      notices
        .filter(({ kind }) => kind === 'left-out')
        .map(({ reason, count, words }) => [reason, count, words]),
      [
        ['running-head', 4, 16],
        ['page-number', 4, 4],
      ],
    );
    assert.ok(!textOf(body).includes('History of Columns'));
    assert.equal(words.leftOut, 20);
    assert.equal(words.sameSequence, true);
  });

  it('calls its pages as its own labels do', async () => {
    const { body, metadata } = await convert(
      [[{ x: 20, y: 500, text: 'One page.' }], [{ x: 20, y: 500, text: 'Another.' }]],
      {
        firstLabel: 211,
        title: 'On Labels',
      },
    );
    assert.deepEqual(
      all(body, 'pb').map(({ attributes }) => attributes.n),
      ['211', '212'],
    );
    assert.equal(metadata.title, 'On Labels');
  });

  it('has the headings of its outline, where it has one', async () => {
    const { tree, notices } = await convert(
      [
        [
          { x: 20, y: 500, text: 'Of the Same Size' },
          ...column(20, 470, ['A paragraph of words that are no heading.']),
          { x: 20, y: 430, text: 'BOLD CAPITALS', style: 'bold' },
        ],
      ],
      { bookmarks: [{ title: 'Of the same size', page: 1 }] },
    );
    assert.deepEqual(outlineOf(tree), ['Of the Same Size']);
    assert.deepEqual(notices, []);
  });

  it('goes on over pages, with lists and emphasis', async () => {
    const { body } = await convert([
      [
        ...column(20, 500, ['This paragraph fills its lines to the edge and']),
        { x: 20, y: 488, text: 'its last line of the page is as full as can be', style: 'italic' },
      ],
      [
        ...column(20, 500, ['so that it goes on at the head of the next one.']),
        ...column(20, 460, ['• an item', ' of two lines', '• another']),
      ],
    ]);
    assert.equal(all(body, 'p').length, 1);
    assert.equal(all(all(body, 'p')[0]!, 'pb').length, 1);
    assert.deepEqual(
      all(body, 'hi').map((node) => [node.attributes.rend, textOf(node)]),
      [['italic', 'its last line of the page is as full as can be']],
    );
    assert.deepEqual(all(body, 'item').map(textOf), ['an item of two lines', 'another']);
  });

  /** A page of text whose numbers in braces call notes, with small lines at its foot. */
  const annotated = (text: string[], foot: string[]): Placed[] => [
    ...text.flatMap((line, i) => callingLine(20, 500 - i * 12, line)),
    ...column(20, 100, foot, 8),
  ];
  const FULL = 'and the line goes on as far as the page is wide, which is what lines of';

  it('has its footnotes where they are called, over the end of a page too', async () => {
    const { body, words, tree } = await convert([
      annotated(
        [FULL, 'a text do{1}, as one knows; then another word{2} is called', FULL],
        ['1 A source, and its page.', '2. A longer note, which is not yet over at the end of'],
      ),
      annotated(['of the page. A third{3} note is here.', FULL], ['the page. It ends.', '3 See note 1.']),
    ]);
    assert.deepEqual(
      all(body, 'note').map((note) => [note.attributes.n, note.attributes.place, textOf(note)]),
      [
        ['1', 'bottom', 'A source, and its page.'],
        ['2', 'bottom', 'A longer note, which is not yet over at the end of the page. It ends.'],
        ['3', 'bottom', 'See note 1.'],
      ],
    );
    const [flow] = [wordsOf(tree).flow.join(' ')];
    assert.match(flow, /a text do as one knows then another word is called/);
    // The paragraph goes on over the page, past the notes.
    assert.equal(all(body, 'p').filter((p) => textOf(p).includes('of the page. A third')).length, 1);
    assert.equal(words.sameSequence, true);
    assert.match(textOf(tree), /Notes from the foot of pages/);
  });

  it('leaves small lines where they are that nothing calls, or two things', async () => {
    const pages = [
      annotated([FULL, 'no number here', FULL], ['1 A caption of a table, say.']),
      annotated([FULL, 'a power of ten{2} and one more{2}', FULL], ['2 What could it be?']),
      annotated([FULL, 'one call{3} for two', FULL], ['3 The one.', '4 The other.']),
    ];
    const { body, words, tree } = await convert(pages);
    assert.equal(all(body, 'note').length, 0);
    for (const line of ['A caption of a table', 'What could it be', 'The one', 'The other'])
      assert.ok(wordsOf(tree).flow.join(' ').includes(line), line);
    assert.equal(words.sameSequence, true);
  });

  it('is refused in a sentence where it has no text, a password, or is damaged', async () => {
    await assert.rejects(convert([[], []]), /pictures of pages but no text/);
    await assert.rejects(convert([[{ x: 20, y: 500, text: 'secret' }]], { password: 'x' }), /password/);
    await assert.rejects(convertToTei(Buffer.from('%PDF-1.7\nnothing'), 'pdf'), /damaged/);
  });

  it('loses no word of its lines', async () => {
    const word = fc.stringMatching(/^[a-z]{1,9}-?$/);
    const lines = fc.array(fc.array(word, { minLength: 1, maxLength: 6 }), { minLength: 1, maxLength: 12 });
    await fc.assert(
      fc.asyncProperty(fc.array(lines, { minLength: 1, maxLength: 3 }), async (pages) => {
        const placed = pages.map((page) =>
          column(
            20,
            500,
            page.map((line) => line.join(' ')),
          ),
        );
        const { tei, words } = await convertToTei(pdf(placed), 'pdf');
        assert.equal(words.sameSequence, true);
        const letters = (text: string[]) => text.join('').replace(/[^a-z]/g, '');
        assert.equal(letters(wordsOf(readTei(tei)).flow), letters(pages.flat(2)));
      }),
      { numRuns: 40 },
    );
  });
});
