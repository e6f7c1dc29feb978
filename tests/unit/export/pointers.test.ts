import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { parseTei } from '@/lib/edition/parse-tei';
import type { Section } from '@/lib/edition/schema';
import { createPointers } from '@/lib/export/formats/tei/pointers';

/** Pointers to the first place of `words` in the first section of a TEI body. */
function pointersTo(body: string, words: string): string[] | null {
  const source = `<TEI xmlns="http://www.tei-c.org/ns/1.0"><teiHeader><fileDesc><titleStmt><title>T</title></titleStmt>
    <publicationStmt><p/></publicationStmt><sourceDesc><p/></sourceDesc></fileDesc></teiHeader>
    <text><body>${body}</body></text></TEI>`;
  const [section] = parseTei(source).sections as unknown as Section[];
  assert.ok(section);
  const start = [...section.text.slice(0, section.text.indexOf(words))].length;
  return createPointers(source).toPassage(section, start, start + [...words].length);
}

describe('pointers into a TEI file', () => {
  it('count in the element with the id of the file, wherever it stands', () => {
    assert.deepEqual(pointersTo('<div><head>H</head><p xml:id="x">one two</p></div>', 'two'), [
      '#string-range(x,4,3)',
    ]);
  });

  it('know that a line break parts words without a character, and that a reading stands beside the text', () => {
    assert.deepEqual(pointersTo('<div><p xml:id="x">one<lb/>two three</p></div>', 'one two'), [
      '#string-range(x,0,6)',
    ]);
    assert.deepEqual(
      pointersTo('<div><p xml:id="x">a <app><lem>b</lem><rdg>c</rdg></app> d</p></div>', 'b d'),
      ['#string-range(x,2,1,4,2)'],
    );
    assert.deepEqual(pointersTo('<div><p xml:id="x">a <supplied>b</supplied> c</p></div>', 'b c'), [
      '#string-range(x,2,3)',
    ]);
  });

  it('are none where a paragraph of the passage has no id in the file', () => {
    assert.equal(pointersTo('<div><p>one</p></div>', 'one'), null);
    assert.equal(pointersTo('<div><p xml:id="x">one</p><p>two</p></div>', 'one\ntwo'), null);
  });
});
