import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { convertToTei } from '@/lib/conversion';
import { fc } from '../../support/seeded-fast-check';
import { storyAsDocx } from './docx';
import { storyAsEpub } from './epub';
import { storyAsOdt } from './odt';
import { expectedWords, type Story, story, storyAsHtml, storyAsMarkdown } from './story';
import { readTei, wordsOf } from './tei-reader';

type Format = Parameters<typeof convertToTei>[1];

/** The TEI of a story in a format has all words of the story in their order, and each note with its words. */
async function keepsWords(blocks: Story, format: Format, bytes: Uint8Array): Promise<void> {
  const { tei, words, notices } = await convertToTei(bytes, format);
  const { flow, notes } = wordsOf(readTei(tei));
  const expected = expectedWords(blocks);
  assert.deepEqual(flow, expected.flow);
  assert.deepEqual(notes, expected.notes);
  const count = expected.flow.length + expected.notes.join(' ').split(' ').filter(Boolean).length;
  assert.equal(words.sameSequence, true);
  assert.equal(words.file - words.leftOut, count);
  const declared = notices
    .filter(({ kind }) => kind === 'left-out')
    .reduce((sum, notice) => sum + notice.words, 0);
  assert.equal(words.leftOut, declared, 'what is left out is declared');
}

describe('no word is lost or moved', () => {
  const cases: [Format, (blocks: Story) => Promise<Uint8Array> | Uint8Array, runs: number][] = [
    ['markdown', (blocks) => Buffer.from(storyAsMarkdown(blocks)), 300],
    ['html', (blocks) => Buffer.from(`<!DOCTYPE html><body>${storyAsHtml(blocks)}</body>`), 300],
    ['docx', storyAsDocx, 100],
    ['epub', storyAsEpub, 100],
    ['odt', storyAsOdt, 100],
  ];
  for (const [format, write, numRuns] of cases) {
    it(`in ${format}`, async () => {
      await fc.assert(
        fc.asyncProperty(story, async (blocks) => keepsWords(blocks, format, await write(blocks))),
        { numRuns },
      );
    });
  }

  it('in plain text, however its lines are broken', async () => {
    const line = fc.array(fc.constantFrom('word', 'Слово', 'țară', 'CHAPTER', 'I', '_em_', '—', '12', 'a.'), {
      maxLength: 14,
    });
    const text = fc
      .array(line, { minLength: 1, maxLength: 30 })
      .map((lines) => lines.map((words) => words.join(' ')).join('\n'));
    await fc.assert(
      fc.asyncProperty(text, async (source) => {
        const expected = source.match(/[\p{L}\p{N}]+/gu) ?? [];
        if (expected.length === 0) return;
        const { tei, words } = await convertToTei(Buffer.from(source), 'text');
        assert.deepEqual(wordsOf(readTei(tei)).flow, expected);
        assert.equal(words.file, expected.length);
        assert.equal(words.sameSequence, true);
      }),
      { numRuns: 300 },
    );
  });

  it('in any tree of HTML elements', async () => {
    const names =
      'p div span b i section h2 ul li table tr td blockquote pre a sup br hr figure figcaption dl dt dd aside x-odd ruby rt select option'.split(
        ' ',
      );
    const { tree } = fc.letrec((tie) => ({
      tree: fc.oneof(
        { depthSize: 'small', withCrossShrink: true },
        fc.constantFrom('one ', 'two', ' three', 'четыре'),
        fc
          .tuple(fc.constantFrom(...names), fc.array(tie('tree'), { maxLength: 4 }))
          .map(([name, children]) => `<${name}>${(children as string[]).join('')}</${name}>`),
      ),
    }));
    await fc.assert(
      fc.asyncProperty(fc.array(tree, { minLength: 1, maxLength: 6 }), async (parts) => {
        const { words, tei } = await convertToTei(Buffer.from(`<body>word ${parts.join('')}</body>`), 'html');
        readTei(tei);
        assert.equal(words.sameSequence, true);
      }),
      { numRuns: 1_000 },
    );
  });
});
