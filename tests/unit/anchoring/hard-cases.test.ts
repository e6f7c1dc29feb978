import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { diffTexts, reanchor } from '@/lib/anchoring';
import { reanchorCases } from '@/lib/anchoring/dry-run';
import { HARD_KINDS, hardAnchorCase } from '../../support/hard-anchor-cases';
import { MANY_LANGUAGES } from '../../support/many-languages';
import { fc } from '../../support/seeded-fast-check';

type Outcome = 'right' | 'wrong' | 'missed';

/** What became of a case: on its own words, on others, or orphaned in vain. */
function outcomeOf(id: number): { kind: string; outcome: Outcome } {
  const { before, after, start, end, truth, kind } = hardAnchorCase(id, 3);
  const found = reanchor(diffTexts(before, after), start, end);
  if (found.state === 'orphaned') return { kind, outcome: truth ? 'missed' : 'right' };
  const isRight = truth?.start === found.start && truth.end === found.end;
  return { kind, outcome: isRight ? 'right' : 'wrong' };
}

const CASES = 2_000;
const outcomes = Array.from({ length: CASES }, (_, id) => outcomeOf(id));
const share = (of: { outcome: Outcome }[], which: Outcome) =>
  of.filter(({ outcome }) => outcome === which).length / of.length;

describe('passages of texts in many languages, under edits that are hard to follow', () => {
  it('are right in 99 of 100, and on other words in 3 of 1,000 at most', () => {
    assert.ok(share(outcomes, 'right') >= 0.99, String(share(outcomes, 'right')));
    assert.ok(share(outcomes, 'wrong') <= 0.003, String(share(outcomes, 'wrong')));
  });

  for (const kind of Object.keys(HARD_KINDS)) {
    it(`are right in 95 of 100 after: ${kind}`, () => {
      const of = outcomes.filter((one) => one.kind === kind);
      assert.ok(share(of, 'right') >= 0.95, JSON.stringify([share(of, 'right'), share(of, 'wrong')]));
    });
  }

  it('keep a gloss with its own of two paragraphs that have a formula in common and change places', () => {
    const one = 'Item, I give unto my son John the great feather bed, to have and to hold for ever.';
    const other = 'Item, I give unto my daughter Alice the silver cup, to have and to hold for ever.';
    const [before, after] = [`${one}\n${other}`, `${other}\n${one}`];
    const exact = 'to have and to hold';
    const start = before.indexOf(exact);
    const [found] = reanchorCases([
      { id: 1, before, after, exact, prefix: '', suffix: '', start, end: start + exact.length },
    ]);
    assert.deepEqual(found, {
      id: 1,
      state: 'moved',
      start: after.lastIndexOf(exact),
      end: after.lastIndexOf(exact) + exact.length,
    });
  });

  it('are fuzzy, and not exact, where only the points differ', () => {
    const [pointed] = MANY_LANGUAGES as [string];
    const bare = pointed.replace(/\p{M}/gu, '');
    const found = reanchor(diffTexts(pointed, bare), 0, 20);
    assert.equal(found.state, 'fuzzy');
  });
});

describe('a point between two characters', () => {
  it('stays between them, whatever is put before and behind', () => {
    const text = fc
      .constantFrom(...MANY_LANGUAGES)
      .map((whole) => [...whole].slice(0, 300).join('').normalize('NFC'));
    fc.assert(
      fc.property(text, fc.nat(299), fc.string({ maxLength: 20 }), (before, at, words) => {
        const point = Math.min(at, [...before].length);
        const after = `${words.replace(/\p{M}/gu, '')}\n${before}`;
        const found = reanchor(diffTexts(before, after), point, point);
        assert.notEqual(found.state, 'orphaned');
        if (found.state !== 'orphaned') assert.equal(found.start, found.end);
      }),
      { numRuns: 50 },
    );
    const found = reanchor(diffTexts('one two three', 'so one two three'), 7, 7);
    assert.deepEqual(found, { state: 'moved', start: 10, end: 10 });
  });

  it('is in doubt where something was put between them, and lost with both sides', () => {
    const found = reanchor(diffTexts('one two three', 'one two and a half three'), 7, 7);
    assert.equal(found.state, 'exact');
    assert.equal(reanchor(diffTexts('one two three', 'something else altogether'), 7, 7).state, 'orphaned');
  });
});
