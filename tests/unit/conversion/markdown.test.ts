import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { convertToTei } from '@/lib/conversion';
import { all, outlineOf, readTei, textOf } from './tei-reader';

const convert = async (text: string) => {
  const conversion = await convertToTei(Buffer.from(text), 'markdown');
  return { ...conversion, tree: readTei(conversion.tei), body: all(readTei(conversion.tei), 'body')[0]! };
};

describe('Markdown', () => {
  it('has divisions by the levels of its headings', async () => {
    const { tree } = await convert(
      '# One\n\na\n\n### Deep\n\nb\n\n## Two {#second}\n\nc\n\n# Last\n\n[go](#second)',
    );
    assert.deepEqual(outlineOf(tree), ['One', '  Deep', '  Two', 'Last']);
    assert.equal(all(tree, 'div').find((div) => div.attributes['xml:id'] === 'second')?.name, 'div');
    assert.equal(all(tree, 'ref')[0]?.attributes.target, '#second');
  });

  it('says title, authors and language in its front matter', async () => {
    const yaml = await convert(
      '---\ntitle: "A: B"\nauthor: [Ana, Ion]\nlang: ro-md\nlicense: CC BY 4.0\n---\n\nWords.',
    );
    assert.deepEqual(yaml.metadata, {
      title: 'A: B',
      authors: ['Ana', 'Ion'],
      language: 'ro-MD',
      licence: 'CC BY 4.0',
      date: null,
    });
    assert.equal(textOf(yaml.body), 'Words.');
    const pandoc = await convert('% A title\n% Ana; Ion\n\nWords.');
    assert.deepEqual([pandoc.metadata.title, pandoc.metadata.authors], ['A title', ['Ana', 'Ion']]);
    const none = await convert('---\n\nNo front matter.\n\n---\n');
    assert.equal(none.metadata.title, null);
    assert.equal(textOf(none.body), 'No front matter.');
  });

  it('has each note once at its first anchor, with its paragraphs', async () => {
    const { body, words } = await convert(
      'a[^x] b[^x] c\n\n[^x]: First.\n\n    Second.\n\n[^y]: Nobody calls this.',
    );
    const [note] = all(body, 'note');
    assert.deepEqual(note && [note.attributes.n, all(note, 'p').map(textOf)], ['x', ['First.', 'Second.']]);
    assert.equal(all(body, 'note').length, 1);
    assert.equal(all(body, 'ref')[0]?.attributes.target, `#${note?.attributes['xml:id']}`);
    assert.ok(textOf(body).includes('Nobody calls this.'));
    assert.equal(words.sameSequence, true);
  });

  it('has lists in lists, tables, quotations, code, line blocks and breaks', async () => {
    const { body } = await convert(
      '2. two\n   - inner\n3. three\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\n> quoted\n\n`x` and\\\nnext\n\n| A line\n|   of verse\n\n---\n\n- [x] done',
    );
    assert.deepEqual(
      all(body, 'list').map(({ attributes }) => [attributes.type, attributes.n]),
      [
        ['ordered', '2'],
        ['bulleted', undefined],
        ['bulleted', undefined],
      ],
    );
    assert.deepEqual(
      all(body, 'row').map((row) => all(row, 'cell').map(textOf)),
      [
        ['a', 'b'],
        ['1', '2'],
      ],
    );
    assert.deepEqual(all(body, 'quote').map(textOf), ['quoted']);
    assert.deepEqual(all(body, 'l').map(textOf), ['A line', 'of verse']);
    assert.equal(all(body, 'lb').length, 1);
    assert.equal(all(body, 'milestone').length, 1);
  });

  it('has HTML inside as HTML', async () => {
    const { body } = await convert(
      'A <span lang="fr">mot</span>.\n\n<div class="poem">\n<p>One<br>Two</p>\n</div>\n\n<script>alert(1)</script>',
    );
    assert.deepEqual(
      all(body, 'foreign').map((node) => [node.attributes['xml:lang'], textOf(node)]),
      [['fr', 'mot']],
    );
    assert.deepEqual(all(body, 'l').map(textOf), ['One', 'Two']);
    assert.ok(!textOf(body).includes('alert'));
  });
});
