import assert from 'node:assert/strict';
import { test } from 'node:test';
import { writtenRevision, writtenRevisionUrl } from '@/app/reader/thread/written-revision';
import { makeAnnotation } from './annotation-fixture';

const written = { revision: 1, start: 4, end: 9 };

test('where an annotation was written is told only where that is another text than the one shown', () => {
  const annotation = makeAnnotation({ written, anchorRevision: 3 });
  assert.deepEqual(writtenRevision(annotation, 3), written);
  assert.equal(writtenRevision(annotation, 1), null);
  assert.equal(writtenRevision(makeAnnotation(), 3), null);
});

test('the way to the text of then names the words, so that the browser shows them', () => {
  const annotation = makeAnnotation({ edition: 'e', section: 'doc1', exact: 'нездоровой шумихи' });
  assert.equal(
    writtenRevisionUrl(annotation, written),
    `/editions/e/doc1?revision=1#:~:text=${encodeURIComponent('нездоровой шумихи')}`,
  );
});

test('what means something in such an address is escaped, and a long quotation goes by its ends', () => {
  assert.match(
    writtenRevisionUrl(makeAnnotation({ exact: 'Romanian-Soviet, 1968' }), written),
    /text=Romanian%2DSoviet%2C%201968$/,
  );
  const long = Array.from({ length: 60 }, (_, i) => `word${i}`).join(' ');
  const [from, to] = writtenRevisionUrl(makeAnnotation({ exact: long }), written)
    .split('text=')[1]!
    .split(',');
  assert.deepEqual([from!.split('%20').length, to!.split('%20').length], [5, 5]);
});

test('an annotation without words leads to the whole text of then', () => {
  assert.doesNotMatch(writtenRevisionUrl(makeAnnotation({ exact: null }), written), /#/);
});
