import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { convertToTei } from '@/lib/conversion';
import { all, outlineOf, readTei, textOf } from './tei-reader';

const convert = async (text: string) => {
  const conversion = await convertToTei(Buffer.from(text), 'text');
  return { ...conversion, tree: readTei(conversion.tei) };
};

const WRAPPED = `It was the best of times, it was the worst of times, it was the age of
wisdom, it was the age of foolishness, it was the epoch of belief, it was
the epoch of incredulity.`;

describe('a plain text', () => {
  it('has a paragraph for each group of wrapped lines', async () => {
    const { tree } = await convert(`${WRAPPED}\n\n${WRAPPED}\n`);
    assert.deepEqual(all(tree, 'p').slice(-2).map(textOf), [
      WRAPPED.replaceAll('\n', ' '),
      WRAPPED.replaceAll('\n', ' '),
    ]);
  });

  it('has a paragraph for each line where lines are long', async () => {
    const line = WRAPPED.replaceAll('\n', ' ');
    const { tree } = await convert(`${line}\n${line}\n${line}`);
    assert.equal(all(all(tree, 'body')[0]!, 'p').length, 3);
  });

  it('has a paragraph for each line where hundreds of lines have no empty one', async () => {
    const prose = Array.from({ length: 900 }, (_, i) => `${WRAPPED.replaceAll('\n', ' ').slice(0, 90)} ${i}`);
    const { tree, words } = await convert(
      prose.map((line, i) => (i % 3 === 1 ? `~~${line}` : line)).join('\n'),
    );
    assert.equal(words.sameSequence, true);
    assert.equal(all(all(tree, 'body')[0]!, 'p').length, 600);
  });

  it('has divisions by the words of its headings, in several languages', async () => {
    const { tree } = await convert(
      `PART ONE\n\nCHAPTER I\n\nLOOMINGS\n\n${WRAPPED}\n\nГлава 2. Дорога\n\n${WRAPPED}\n\nPartea a doua\n\n${WRAPPED}\n\nPARTEA II\n\nCapitolul 3\n\n${WRAPPED}\n\nVII.\n\n${WRAPPED}`,
    );
    assert.deepEqual(outlineOf(tree), [
      'PART ONE',
      '  CHAPTER I',
      '  LOOMINGS',
      '  Глава 2. Дорога',
      'PARTEA II',
      '  Capitolul 3',
      '  VII.',
    ]);
    assert.equal(all(tree, 'head').find((head) => textOf(head) === 'LOOMINGS')?.attributes.type, 'sub');
  });

  it('keeps the lines of verse, with their indentation', async () => {
    const verse = 'Whose woods these are\n  I think I know\nHis house is in\n  the village though';
    const { tree } = await convert(`${WRAPPED}\n\n${verse}\n\n${WRAPPED}`);
    assert.deepEqual(
      all(tree, 'l').map(textOf),
      verse.split('\n').map((line) => line.trim()),
    );
    assert.deepEqual(
      all(tree, 'l').map(({ attributes }) => attributes.rend),
      [undefined, 'indent1', undefined, 'indent1'],
    );
  });

  it('sets head and licence of Project Gutenberg apart, and says so', async () => {
    const head =
      'The Project Gutenberg eBook of A Book\n\nTitle: A Book:\n       of Two Lines\n\nAuthor: Ana Pop\n\nLanguage: Romanian\n\n';
    const start = '*** START OF THE PROJECT GUTENBERG EBOOK A BOOK ***\n\n';
    const end = '\n\n*** END OF THE PROJECT GUTENBERG EBOOK A BOOK ***\n\nA long licence.';
    const { tree, metadata, notices, words } = await convert(head + start + WRAPPED + end);
    assert.equal(textOf(all(tree, 'body')[0]!), WRAPPED.replaceAll('\n', ' '));
    assert.deepEqual(
      [metadata.title, metadata.authors, metadata.language],
      ['A Book: of Two Lines', ['Ana Pop'], 'ro'],
    );
    const [notice] = notices;
    assert.deepEqual([notice?.reason, notice?.kind, notice?.count], ['gutenberg-licence', 'left-out', 2]);
    assert.equal(words.leftOut, notice?.words);
    assert.equal(words.file - words.leftOut, WRAPPED.match(/\p{L}+/gu)?.length);
    assert.equal(words.sameSequence, true);
  });

  it('has emphasis, pages and notes as Gutenberg marks them', async () => {
    const { tree, words } = await convert(
      'A _stressed word_ here.[1] And [Pg 12] on, snake_case_name as it is.\n\n[Footnote 1: The _note_ itself.]\n\n* * *\n\nAn end.',
    );
    assert.deepEqual(all(tree, 'hi').map(textOf), ['stressed word', 'note']);
    assert.deepEqual(
      all(tree, 'pb').map(({ attributes }) => attributes.n),
      ['12'],
    );
    assert.deepEqual(
      all(tree, 'note')
        .filter(({ attributes }) => attributes.place)
        .map((note) => [note.attributes.n, textOf(note)]),
      [['1', 'The note itself.']],
    );
    assert.ok(textOf(all(tree, 'body')[0]!).includes('snake_case_name'));
    assert.equal(all(tree, 'milestone').length, 1);
    assert.equal(words.sameSequence, true);
  });

  it('is refused where it has no words', async () => {
    await assert.rejects(convert('* * *\n\n—'), /no words/);
  });
});
