import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { nameReplacer } from '@/lib/privacy/research/replace-names';
import { fc } from '../../support/seeded-fast-check';

const ANNA = '0190a000-0000-7000-8000-000000000001';
const BORIS = '0190a000-0000-7000-8000-000000000002';
const replace = nameReplacer(
  [
    { id: ANNA, name: 'Анна Петрова' },
    { id: BORIS, name: 'Boris Șerban' },
  ],
  new Map([[ANNA, 'P1']]),
);

describe('names in a copy for research', () => {
  it('are replaced in any case, without their accents too, and by [name] where nobody agreed', () => {
    assert.equal(replace('Петровой и Анна Петрова'), 'P1 и P1');
    assert.equal(replace('Boris Serban, ȘERBAN'), '[name], [name]');
  });

  it('go with mentions, addresses and ids', () => {
    assert.equal(replace(`@[Анна Петрова](${ANNA}), @[Boris](${BORIS})`), '@P1, @[name]');
    assert.equal(replace('an.petrova+x@mail.example.org wrote'), '[e-mail] wrote');
    assert.equal(replace(`/annotations/${BORIS}`), '/annotations/[id]');
  });

  it('are all that is replaced', () => {
    const words = fc.array(fc.stringMatching(/^[a-z]{1,12}$/), { maxLength: 30 });
    fc.assert(
      fc.property(words, (text) => {
        const kept = text.filter((word) => !/^(boris|serban)/.test(word)).join(' ');
        assert.equal(replace(kept), kept);
      }),
    );
  });
});
