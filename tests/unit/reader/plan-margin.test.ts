import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isDrawn, listedRoots } from '@/app/reader/state/drawn-passages';
import { MOST_CARDS, planMargin } from '@/app/reader/state/plan-margin';
import type { PlacedThread } from '@/app/reader/state/thread-locations';
import type { BlockLayout } from '@/app/reader/text/layout';
import type { TextBlock } from '@/app/reader/text/text-position';
import type { Annotation } from '@/lib/annotation/schema';
import { makeReplySummary, makeSummary } from './annotation-fixture';

/** Paragraphs of 100 characters, `height` pixels apart. */
function layoutOf(count: number, height = 2_000): ReadonlyMap<string, BlockLayout> {
  const starts = Array.from({ length: count }, (_, i) => i * 101);
  const tops = starts.map((_, i) => i * height);
  const blocks = starts.map((start, i) => ({ id: `p${i}`, start, end: start + 100 }) as TextBlock);
  return new Map([['doc1', { blocks, tops, bottoms: tops.map((top) => top + height - 20) }]]);
}

function placeAt(start: number, overrides: Partial<Annotation> = {}): PlacedThread {
  const root = makeSummary(overrides);
  return { root, thread: [root], section: 'doc1', start, end: start + 5 };
}

const plan = (places: PlacedThread[], layout = layoutOf(3)) =>
  planMargin(new Map([['doc1', places]]), layout);
const many = (count: number, from = 0) => Array.from({ length: count }, (_, i) => placeAt(from + i));

test('a paragraph of six notes has six cards, and one of seven is a line', () => {
  const { paragraphs } = plan([...many(MOST_CARDS), ...many(MOST_CARDS + 1, 101)]);
  assert.deepEqual(
    paragraphs.map(({ id, places, isFolded }) => [id, places.length, isFolded]),
    [
      ['p0', 6, false],
      ['p1', 7, true],
    ],
  );
});

test('where the cards of one paragraph leave no room for those of the next, those are folded too', () => {
  const low = layoutOf(4, 60);
  const places = [0, 101, 202, 303].flatMap((start) => many(5, start));
  const folded = plan(places, low).paragraphs.map(({ isFolded }) => isFolded);
  assert.deepEqual(folded, [false, false, true, true]);
  // A single card takes no more room than the line would.
  assert.equal(plan([...many(5), ...many(5, 101), placeAt(202)], low).paragraphs[2]!.isFolded, false);
});

test('under a folded paragraph stands the note that was endorsed, else its newest question', () => {
  const older = placeAt(50, { kind: 'question', created: '2026-01-02T00:00:00Z' });
  const newer = placeAt(51, { kind: 'question', created: '2026-01-03T00:00:00Z' });
  const endorsed = placeAt(52, { endorsed: true });
  const leads = [many(8), [...many(8), newer, older], [...many(8), newer, endorsed]].map(
    (places) => plan(places).paragraphs[0]!.lead,
  );
  assert.deepEqual(leads, [null, newer, endorsed]);
});

test('of a folded paragraph mine, questions without an answer and the lead keep their lines', () => {
  const [own, open, lead] = [
    placeAt(50, { mine: true }),
    placeAt(51, { kind: 'question' }),
    placeAt(52, { endorsed: true }),
  ];
  const answered = placeAt(53, { kind: 'question' });
  answered.thread.push(makeReplySummary(answered.root));
  const others = many(8);
  const made = plan([...others, own, open, lead, answered]);
  const none = new Set<string>();
  const drawn = (choice: 'all' | 'mine' | 'none', listed: ReadonlySet<string> = none) =>
    [own, open, lead, answered, others[0]!].map((place) => isDrawn(place, choice, made, listed));
  assert.deepEqual(drawn('all'), [true, true, true, false, false]);
  assert.deepEqual(drawn('mine'), [true, false, false, false, false]);
  assert.deepEqual(drawn('none'), [false, false, false, false, false]);
  const listed = listedRoots(made, { paragraph: 'p0', limit: 1 });
  assert.deepEqual(drawn('all', listed), [true, true, true, false, true]);
});
