import assert from 'node:assert/strict';
import { test } from 'node:test';
import { citationOf, findCitedSpan } from '@/app/reader/text/citation-link';

const blocks = [
  { id: 'doc1.p1', start: 0, end: 10 },
  { id: 'doc1.p2', start: 11, end: 30 },
];

test('a passage is cited by its block and the offsets in it', () => {
  assert.equal(citationOf(blocks, { start: 13, end: 20 }), 'doc1.p2@2-9');
  assert.equal(citationOf(blocks, { start: 4, end: 20 }), 'doc1.p1@4-doc1.p2@9');
});

test('a citation leads back to its passage', () => {
  assert.deepEqual(findCitedSpan(blocks, 'doc1.p2@2-9'), { start: 13, end: 20 });
  assert.deepEqual(findCitedSpan(blocks, 'doc1.p1@4-doc1.p2@9'), { start: 4, end: 20 });
});

test('a citation of something else leads nowhere', () => {
  for (const text of ['', 'doc1.p9@1-2', 'doc1.p1@5-5', 'doc1.p1@5-90', 'doc1.p1@99-100', 'x'])
    assert.equal(findCitedSpan(blocks, text), null);
});
