import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { diffTexts, type ReanchorResult, reanchor } from '@/lib/anchoring';
import { type AnchorTruth, anchorCase } from '../../support/anchor-cases';
import { getSections } from '../../support/edition-texts';
import { fc } from '../../support/seeded-fast-check';

const CASES = 1_600;

type Verdict = 'right' | 'wrong' | 'missed';

/** Right: just there, or orphaned where it is gone. Wrong: on other words than its own. Missed: orphaned in vain. */
function judge({ truth }: AnchorTruth, place: ReanchorResult): Verdict {
  if (place.state === 'orphaned') return truth ? 'missed' : 'right';
  return truth && place.start === truth.start && place.end === truth.end ? 'right' : 'wrong';
}

const judged = Array.from({ length: CASES }, (_, id) => {
  const made = anchorCase(id);
  const place = reanchor(diffTexts(made.before, made.after), made.start, made.end);
  return { ...made, verdict: judge(made, place) };
});

function shareOf(verdict: Verdict, of: (one: (typeof judged)[number]) => boolean = () => true): number {
  const some = judged.filter(of);
  return some.filter((one) => one.verdict === verdict).length / some.length;
}

describe('passages of 1,600 edited texts', () => {
  it('are right in 99 of 100, and on other words than their own in 3 of 1,000 at most', () => {
    assert.ok(shareOf('right') >= 0.99, `right: ${shareOf('right')}`);
    assert.ok(shareOf('wrong') <= 0.003, `wrong: ${shareOf('wrong')}`);
  });

  for (const kind of new Set(judged.map((one) => one.kind))) {
    it(`are right in 92 of 100 after: ${kind}`, () => {
      assert.ok(shareOf('right', (one) => one.kind === kind) >= 0.92);
    });
  }

  for (const words of new Set(judged.map((one) => one.words))) {
    it(`of ${words} words are on other words in 1 of 100 at most`, () => {
      assert.ok(shareOf('wrong', (one) => one.words === words) <= 0.01);
    });
  }

  it('that are deleted are orphaned in 99 of 100', () => {
    assert.ok(shareOf('right', (one) => one.truth === null) >= 0.99);
  });
});

describe('any passage', () => {
  const { doc1 } = getSections();
  const letters = [...doc1];
  const passage = fc
    .tuple(fc.nat(letters.length - 2), fc.integer({ min: 1, max: 60 }))
    .map(([start, length]) => ({ start, end: Math.min(start + length, letters.length) }));
  const text = fc.string({ unit: fc.constantFrom('а', 'о', ' ', '\n', '😀', 'é', 'q'), maxLength: 40 });

  it('stands where it was in the same text', () => {
    const same = diffTexts(doc1, doc1);
    fc.assert(
      fc.property(passage, ({ start, end }) => {
        assert.deepEqual(reanchor(same, start, end), { state: 'exact', start, end });
      }),
    );
  });

  it('is found exactly after an edit outside it and its context', () => {
    fc.assert(
      fc.property(passage, text, fc.nat(60), fc.boolean(), ({ start, end }, put, cut, inFront) => {
        const room = inFront ? start - 40 : letters.length - end - 40;
        fc.pre(room > cut);
        const at = inFront ? room - cut : end + 40;
        const after = [...letters.slice(0, at), ...put, ...letters.slice(at + cut)].join('');
        const shift = inFront ? [...put].length - cut : 0;
        const place = reanchor(diffTexts(doc1, after), start, end);
        const state = shift === 0 ? 'exact' : 'moved';
        assert.deepEqual(place, { state, start: start + shift, end: end + shift });
      }),
    );
  });

  it('is on text of the new revision, whatever became of it', () => {
    fc.assert(
      fc.property(passage, text, text, ({ start, end }, before, after) => {
        const now = `${before}${doc1.slice(200, 900)}${after}`;
        const place = reanchor(diffTexts(doc1, now), start, end);
        if (place.state === 'orphaned') return;
        assert.ok(place.start >= 0 && place.start < place.end && place.end <= [...now].length);
      }),
    );
  });
});
