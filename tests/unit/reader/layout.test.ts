import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type BlockLayout, estimateTops, offsetNear, spanBetween } from '@/app/reader/text/layout';
import type { TextBlock } from '@/app/reader/text/text-position';

/** Blocks of 100 characters, 200 pixels high, with 50 between. */
function groundOf(count: number): BlockLayout {
  const starts = Array.from({ length: count }, (_, i) => i * 101);
  const tops = starts.map((_, i) => 1000 + i * 250);
  return {
    blocks: starts.map((start, i) => ({ id: `p${i}`, start, end: start + 100 }) as TextBlock),
    tops,
    bottoms: tops.map((top) => top + 200),
  };
}

const spans = (...starts: number[]) => starts.map((start) => ({ start, end: start + 5 }));

test('the tops of passages are reckoned from the blocks that they begin in, in whatever order they come', () => {
  assert.deepEqual(estimateTops(groundOf(3), spans(0, 50, 101, 227, 0)), [1000, 1100, 1250, 1550, 1000]);
  assert.deepEqual(estimateTops(groundOf(0), spans(3)), [0]);
});

test('what stands between two heights is reckoned by whole blocks', () => {
  assert.deepEqual(spanBetween(groundOf(4), 1300, 1501), { start: 101, end: 302 });
  assert.deepEqual(spanBetween(groundOf(4), 1200, 1250), { start: 101, end: 101 });
  assert.deepEqual(spanBetween(groundOf(4), 0, 900), { start: 0, end: 0 });
});

test('the offset at a height is that of the line there, else of the nearest', () => {
  const ground = groundOf(3);
  assert.deepEqual(
    [0, 1100, 1220, 1250, 9000].map((height) => offsetNear(ground, height)),
    [0, 50, 101, 101, 302],
  );
  assert.equal(offsetNear(groundOf(0), 10), 0);
});
