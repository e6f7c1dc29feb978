import assert from 'node:assert/strict';
import { test } from 'node:test';
import { pencilLines } from '@/app/reader/text/pencil-lines';
import { fc } from '../../support/seeded-fast-check';

const passage = (start: number, end: number, more: { isOwn?: boolean; isQuestion?: boolean } = {}) => ({
  start,
  end,
  isOwn: false,
  isQuestion: false,
  ...more,
});

test('words have the line of their note, or of several; what is mine is mine wherever others wrote too', () => {
  assert.deepEqual(
    pencilLines([passage(0, 10), passage(5, 15, { isQuestion: true }), passage(12, 20, { isOwn: true })]),
    [
      { start: 0, end: 5, line: 'note' },
      { start: 5, end: 10, line: 'several' },
      { start: 10, end: 12, line: 'question' },
      { start: 12, end: 20, line: 'own' },
    ],
  );
});

test('what is lit has no line', () => {
  assert.deepEqual(pencilLines([passage(0, 10)], [{ start: 3, end: 12 }]), [
    { start: 0, end: 3, line: 'note' },
  ]);
});

const passageArb = fc
  .tuple(fc.nat({ max: 40 }), fc.integer({ min: 1, max: 15 }), fc.boolean(), fc.boolean())
  .map(([start, length, isOwn, isQuestion]) => passage(start, start + length, { isOwn, isQuestion }));

test('every character has just the line that the passages on it ask for', () => {
  fc.assert(
    fc.property(
      fc.array(passageArb, { maxLength: 12 }),
      fc.array(passageArb, { maxLength: 2 }),
      (passages, lit) => {
        const lines = pencilLines(passages, lit);
        for (let at = 0; at < 60; at++) {
          const holds = ({ start, end }: { start: number; end: number }) => start <= at && at < end;
          const here = passages.filter(holds);
          const [first] = here;
          const line = here.some(({ isOwn }) => isOwn)
            ? 'own'
            : here.length > 1
              ? 'several'
              : first?.isQuestion
                ? 'question'
                : 'note';
          const wanted = !first || lit.some(holds) ? [] : [line];
          assert.deepEqual(
            lines.filter(holds).map(({ line }) => line),
            wanted,
            String(at),
          );
        }
      },
    ),
  );
});
