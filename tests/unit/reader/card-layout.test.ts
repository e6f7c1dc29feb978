import assert from 'node:assert/strict';
import { test } from 'node:test';
import { layoutCards } from '@/app/reader/margin/card-layout';
import { fc } from '../../support/seeded-fast-check';

const boxesArb = fc
  .array(fc.record({ desiredTop: fc.nat({ max: 900 }), height: fc.integer({ min: 10, max: 200 }) }), {
    minLength: 1,
    maxLength: 20,
  })
  .map((boxes) => boxes.sort((a, b) => a.desiredTop - b.desiredTop));

test('cards never overlap and never rise above the floor', () => {
  fc.assert(
    fc.property(boxesArb, fc.nat({ max: 19 }), (boxes, pinned) => {
      const tops = layoutCards(boxes, pinned);
      for (const [i, box] of boxes.entries()) {
        assert.ok(tops[i]! >= 0);
        if (i > 0)
          assert.ok(tops[i]! >= tops[i - 1]! + boxes[i - 1]!.height + 8, `${i}: ${tops}, ${box.desiredTop}`);
      }
    }),
  );
});

test('the active card stands at its passage and pushes the others away', () => {
  const boxes = [
    { desiredTop: 200, height: 100 },
    { desiredTop: 210, height: 100 },
    { desiredTop: 220, height: 100 },
  ];
  assert.deepEqual(layoutCards(boxes, 1), [102, 210, 318]);
});

test('cards far apart keep their wishes', () => {
  const boxes = [
    { desiredTop: 0, height: 50 },
    { desiredTop: 400, height: 50 },
  ];
  assert.deepEqual(layoutCards(boxes), [0, 400]);
});
