import assert from 'node:assert/strict';
import { test } from 'node:test';
import { mergeSpans, sortSpans, spansAt, spansWithin } from '@/app/reader/text/intervals';
import { fc } from '../../support/seeded-fast-check';

const spanArb = fc
  .tuple(fc.nat({ max: 60 }), fc.integer({ min: 1, max: 20 }))
  .map(([start, length]) => ({ start, end: start + length }));
const spansArb = fc.array(spanArb, { maxLength: 30 });

test('sorted spans stand by their starts, then by their ends, then as they stood before', () => {
  fc.assert(
    fc.property(spansArb, (spans) => {
      const sorted = sortSpans(spans);
      assert.deepEqual(new Set(sorted), new Set(spans));
      for (const [i, span] of sorted.entries()) {
        const before = sorted[i - 1];
        if (!before) continue;
        const order = [
          before.start - span.start,
          before.end - span.end,
          spans.indexOf(before) - spans.indexOf(span),
        ];
        assert.ok(order.find((difference) => difference !== 0)! < 0);
      }
    }),
  );
});

test('united spans cover the same characters and never touch', () => {
  fc.assert(
    fc.property(spansArb, (spans) => {
      const united = mergeSpans(sortSpans(spans));
      for (let at = 0; at < 82; at++) {
        const holds = (span: { start: number; end: number }) => span.start <= at && at < span.end;
        assert.equal(united.filter(holds).length, spans.some(holds) ? 1 : 0);
      }
      for (const [i, span] of united.entries()) if (i > 0) assert.ok(span.start > united[i - 1]!.end);
    }),
  );
});

test('looking an offset up finds exactly the spans that hold it, the shortest first', () => {
  fc.assert(
    fc.property(spansArb, fc.nat({ max: 81 }), (spans, at) => {
      const found = spansAt(sortSpans(spans), at);
      assert.equal(found.length, spans.filter((span) => span.start <= at && at < span.end).length);
      for (const [i, span] of found.entries()) {
        assert.ok(span.start <= at && at < span.end);
        if (i > 0) assert.ok(span.end - span.start >= found[i - 1]!.end - found[i - 1]!.start);
      }
    }),
  );
});

test('what is within a window is just what touches it', () => {
  fc.assert(
    fc.property(spansArb, spanArb, (spans, window) => {
      const sorted = sortSpans(spans);
      const expected = sorted.filter(({ start, end }) => end > window.start && start < window.end);
      assert.deepEqual(spansWithin(sorted, window), expected);
    }),
  );
});
