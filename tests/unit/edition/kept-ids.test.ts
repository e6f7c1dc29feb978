import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { describe, it } from 'node:test';
import { parseTei } from '@/lib/edition/parse-tei';

const WORDS = 'word '.repeat(300);

const tei = (
  body: string,
) => `<TEI xmlns="http://www.tei-c.org/ns/1.0"><teiHeader><fileDesc><titleStmt><title>T</title>
  </titleStmt><publicationStmt><p/></publicationStmt><sourceDesc><p/></sourceDesc></fileDesc></teiHeader>
  <text><body>${body}</body></text></TEI>`;

const chapter = (head: string, paragraphs: string[], more = '') =>
  `<div type="chapter"><head>${head}</head>${paragraphs.map((p) => `<p>${p}</p>`).join('')}${more}</div>`;

/** The sections of a text that follows another one. */
function revised(before: string, after: string) {
  const earlier = parseTei(tei(before)).sections.map(({ id, text, paragraphs }) => {
    const points = [...text];
    const md5 = (words: string) => createHash('md5').update(words, 'utf8').digest('hex');
    return {
      id,
      paragraphs: paragraphs.map((p) => ({ id: p.id, md5: md5(points.slice(p.start, p.end).join('')) })),
    };
  });
  return parseTei(tei(after), { earlier }).sections.map(({ id, title }) => `${id}: ${title}`);
}

describe('the sections of a revision', () => {
  const table = `<table><row><cell>${WORDS}</cell></row><row><cell>2.5</cell><cell>x</cell></row></table>`;
  const one = (words: string) => chapter('1.1', [words, words], table);
  const two = (words: string) => chapter('2.5', [words, words]);

  it('begin with no cell that has the words of a heading', () => {
    assert.deepEqual(revised(one(WORDS) + two(WORDS), one(WORDS) + two(WORDS)), [
      'chapter-1: 1.1',
      'chapter-2: 2.5',
    ]);
  });

  it('keep their ids where every paragraph was revised', () => {
    const changed = WORDS.replaceAll('word', 'verb');
    assert.deepEqual(
      revised(one(WORDS) + two(WORDS), one(changed).replace('1.1', 'I') + two(changed).replace('2.5', 'II')),
      ['chapter-1: I', 'chapter-2: II'],
    );
  });
});

describe('the divisions of a text', () => {
  it('have an id each, though they begin with the same paragraph', () => {
    const act = (scenes: string) => `<div type="act">${scenes}</div>`;
    const scene = `<div type="scene"><p>${WORDS}</p></div>`;
    const divisions = parseTei(tei(act(scene + scene))).sections.flatMap((section) => section.divisions);
    const [outer, first, second] = divisions;
    assert.equal(new Set(divisions.map(({ id }) => id)).size, 3);
    assert.deepEqual([outer?.parent, first?.parent, second?.parent], [null, outer?.id, outer?.id]);
  });
});
