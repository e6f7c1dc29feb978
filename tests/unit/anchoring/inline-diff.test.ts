import assert from 'node:assert/strict';
import { test } from 'node:test';
import { diffInline } from '@/lib/anchoring/inline-diff';
import { fc } from '../../support/seeded-fast-check';

test('changed words are told apart from those that stayed', () => {
  assert.deepEqual(diffInline('an unhealthy noise', 'an unhealthy clamour'), [
    { kind: 'same', text: 'an unhealthy ' },
    { kind: 'removed', text: 'noise' },
    { kind: 'added', text: 'clamour' },
  ]);
});

test('both texts can be read out of the difference', () => {
  const text = fc
    .array(fc.constantFrom('a', 'b', 'шум', '𝔸'), { maxLength: 12 })
    .map((words) => words.join(' '));
  fc.assert(
    fc.property(text, text, (before, after) => {
      const changes = diffInline(before, after);
      const without = (kind: string) =>
        changes.filter((change) => change.kind !== kind).map(({ text }) => text);
      assert.equal(without('added').join(''), before);
      assert.equal(without('removed').join(''), after);
    }),
  );
});
