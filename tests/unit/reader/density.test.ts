import assert from 'node:assert/strict';
import { test } from 'node:test';
import { densityBars, nearestTop } from '@/app/reader/text/density';

test('bars stand where the glosses are, the longest where they are densest', () => {
  const bars = densityBars([0, 100, 5000, 5001, 5002, 5003], 10_000, 400);
  assert.deepEqual(
    bars.map(({ top, weight }) => [top, Math.round(weight * 100) / 100]),
    [
      [0, 0.5],
      [4, 0.5],
      [200, 1],
    ],
  );
});

test('a single gloss beside hundreds still has a bar that is seen', () => {
  const [dense, thin] = densityBars([...new Array(900).fill(10), 9000], 10_000, 400);
  assert.equal(dense?.weight, 1);
  assert.ok((thin?.weight ?? 0) >= 0.25);
});

test('what is laid out past the end of the page stands in the last bar', () => {
  assert.deepEqual(
    densityBars([12_000], 10_000, 400).map(({ top }) => top),
    [396],
  );
  assert.deepEqual(densityBars([], 0, 0), []);
});

test('a click leads to the nearest gloss', () => {
  assert.equal(nearestTop([100, 900, 500], 600), 2);
  assert.equal(nearestTop([], 600), -1);
});
