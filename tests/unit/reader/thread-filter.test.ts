import assert from 'node:assert/strict';
import { test } from 'node:test';
import { summarize } from '@/app/reader/data/annotation-summary';
import { readFilter, writeFilter } from '@/app/reader/data/filter-address';
import { countThreadsBy, matchesFilter, sinceSeconds } from '@/app/reader/data/filter-threads';
import { countConditions, isFiltering, NO_FILTER, type ThreadFilter } from '@/app/reader/data/thread-filter';
import { KINDS } from '@/lib/annotation/constants';
import { fc } from '../../support/seeded-fast-check';
import { makeAnnotation, makeReplySummary, makeSummary } from './annotation-fixture';

const NOW = new Date('2026-03-05T15:00:00');
const keeps = (thread: ReturnType<typeof makeSummary>[], filter: Partial<ThreadFilter>) =>
  matchesFilter(thread, { ...NO_FILTER, ...filter }, new Map(), NOW);

test('mine are the threads in which one wrote, and unanswered the questions without a reply', () => {
  const question = makeSummary({ kind: 'question' });
  const answered = [question, makeReplySummary(question, { mine: true })];
  assert.equal(keeps(answered, { kind: 'question' }), true);
  assert.equal(keeps(answered, { mine: true }), true);
  assert.equal(keeps([question], { mine: true }), false);
  assert.equal(keeps(answered, { unanswered: true }), false);
  assert.equal(keeps([question], { unanswered: true }), true);
  assert.equal(keeps([{ ...question, resolved: true }], { unanswered: true }), false);
  assert.equal(keeps([makeSummary()], { unanswered: true }), false);
  assert.equal(keeps(answered, { unresolved: true }), true);
  assert.equal(keeps([{ ...question, resolved: true }], { unresolved: true }), false);
});

test('a deleted reply is no answer', () => {
  const question = makeSummary({ kind: 'question' });
  const gone = makeReplySummary(question, { body: '', state: 'deleted' });
  assert.equal(keeps([question, gone], { unanswered: true }), true);
});

test('every condition that is set must hold, and all the tags', () => {
  const root = makeSummary({ kind: 'question', tags: ['a'], author: { id: 'ana', name: 'Ana' } });
  const reply = makeReplySummary(root, { tags: ['b'], author: { id: 'ion', name: 'Ion' } });
  assert.ok(keeps([root, reply], { kind: 'question', tags: ['a', 'b'], author: 'ion' }));
  assert.ok(!keeps([root, reply], { kind: 'question', tags: ['a', 'c'] }));
  assert.ok(!keeps([root], { tags: ['a'], author: 'ion' }));
});

test('time is counted from the beginning of the day, the week, or the day that was chosen', () => {
  const at = (time: string) => [makeSummary({ created: new Date(time).toISOString() })];
  assert.ok(keeps(at('2026-03-05T00:00:00'), { since: 'today' }));
  assert.ok(!keeps(at('2026-03-04T23:59:00'), { since: 'today' }));
  // That Thursday's week began on Monday the 2nd.
  assert.ok(keeps(at('2026-03-02T00:00:00'), { since: 'week' }));
  assert.ok(!keeps(at('2026-03-01T23:59:00'), { since: 'week' }));
  assert.ok(keeps(at('2026-02-10T00:00:00'), { since: '2026-02-10' }));
  assert.ok(!keeps(at('2026-02-09T23:59:00'), { since: '2026-02-10' }));
  assert.equal(sinceSeconds('some day', NOW), 0);
});

test('words are found without case and accents, but й is not и', () => {
  const annotation = makeAnnotation({ body: 'Шумихи Ещё нездоровой', tags: ['Ștefan'] });
  const texts = new Map([[annotation.id, annotation]]);
  const finds = (words: string) => matchesFilter([summarize(annotation)], { ...NO_FILTER, words }, texts);
  assert.ok(finds('шуМИХИ'));
  assert.ok(finds('еще'));
  assert.ok(finds('stefan'));
  assert.ok(finds('нездоровой'));
  assert.ok(!finds('нездоровои'));
  // What was not read is not found.
  assert.ok(!matchesFilter([makeSummary()], { ...NO_FILTER, words: 'note' }, texts));
});

const peopleArb = fc.constantFrom('ana', 'ion', 'zoe').map((id) => ({ id, name: id }));
const noteArb = fc.record({
  kind: fc.constantFrom(...KINDS),
  mine: fc.boolean(),
  resolved: fc.boolean(),
  tags: fc.uniqueArray(fc.constantFrom('a', 'b', 'c'), { maxLength: 3 }),
  author: peopleArb,
});
const threadsArb = fc.array(fc.tuple(noteArb, fc.array(noteArb, { maxLength: 3 })), { maxLength: 12 });
const filterArb: fc.Arbitrary<ThreadFilter> = fc.record({
  words: fc.constant(''),
  mine: fc.boolean(),
  unanswered: fc.boolean(),
  unresolved: fc.boolean(),
  kind: fc.option(fc.constantFrom(...KINDS)),
  author: fc.option(fc.constantFrom('ana', 'ion')),
  tags: fc.uniqueArray(fc.constantFrom('a', 'b'), { maxLength: 2 }),
  since: fc.option(fc.constantFrom('today', 'week', '2026-01-31')),
});

test('each count is the number of threads that are kept once that condition is set besides the others', () => {
  fc.assert(
    fc.property(threadsArb, filterArb, (made, filter) => {
      const threads = made.map(([note, replies]) => {
        const root = makeSummary(note);
        return [root, ...replies.map((reply) => makeReplySummary(root, reply))];
      });
      const counts = countThreadsBy(threads, filter, new Map(), NOW);
      const kept = (change: Partial<ThreadFilter>) =>
        threads.filter((thread) => matchesFilter(thread, { ...filter, ...change }, new Map(), NOW)).length;
      assert.equal(counts.all, threads.length);
      assert.equal(counts.kept, kept({}));
      for (const name of ['mine', 'unanswered', 'unresolved'] as const)
        assert.equal(counts[name], kept({ [name]: true }));
      for (const kind of KINDS) assert.equal(counts.kinds.get(kind) ?? 0, kept({ kind }));
      for (const author of ['ana', 'ion', 'zoe'])
        assert.equal(counts.authors.get(author)?.count ?? 0, kept({ author }));
      for (const tag of ['a', 'b', 'c'])
        assert.equal(counts.tags.get(tag) ?? 0, kept({ tags: [...new Set([...filter.tags, tag])] }));
    }),
  );
});

test('an address carries the whole filter, and what is no condition there is left out', () => {
  fc.assert(
    fc.property(filterArb, fc.constantFrom('', 'шумиха & co'), (made, words) => {
      const filter = { ...made, words };
      const search = new URLSearchParams('group=g&tag=old&mine=1&q=x');
      writeFilter(search, filter);
      assert.deepEqual(readFilter(new URLSearchParams(search.toString())), filter);
      assert.equal(search.get('group'), 'g');
      assert.equal(isFiltering(filter), countConditions(filter) > 0);
    }),
  );
  assert.deepEqual(readFilter(new URLSearchParams('kind=poem&since=yesterday&tag=&author=')), NO_FILTER);
});
