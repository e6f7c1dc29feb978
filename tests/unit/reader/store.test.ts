import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createReaderStore, type ReaderStore, watch } from '@/app/reader/state/store';
import { makeAnnotation, makeSummary } from './annotation-fixture';

function makeStore(): ReaderStore {
  return createReaderStore({
    edition: 'e',
    section: 'doc1',
    revision: 1,
    locale: 'en',
    illustrated: null,
  });
}

const active = ({ active }: { active: string | null }) => active;

test('what is watched is seen now, and again only when it changes, and cleaned up before', () => {
  const store = makeStore();
  const seen: (string | null)[] = [];
  const cleaned: (string | null)[] = [];
  const stop = watch(store, active, (value) => {
    seen.push(value);
    return () => void cleaned.push(value);
  });
  store.set({ hover: { count: 1, x: 0, y: 0 } });
  store.dispatch({ type: 'open', root: 'a' });
  store.dispatch({ type: 'open', root: 'a' });
  stop();
  store.dispatch({ type: 'open', root: 'b' });
  assert.deepEqual(
    [seen, cleaned],
    [
      [null, 'a'],
      [null, 'a'],
    ],
  );
});

test('a change that another watcher makes is not undone by the older state', () => {
  const store = makeStore();
  const seen: (string | null)[] = [];
  watch(store, active, (value) => {
    if (value === 'a') store.dispatch({ type: 'open', root: 'b' });
    return undefined;
  });
  watch(store, active, (value) => {
    seen.push(value);
    return undefined;
  });
  store.dispatch({ type: 'open', root: 'a' });
  assert.deepEqual(seen, [null, 'b']);
});

test('a batch is applied in a later task, to what the state is by then', async () => {
  const store = makeStore();
  const { signal } = new AbortController();
  const [one, other] = [makeSummary(), makeAnnotation()];
  const applied = store.dispatchInSteps({ type: 'loaded', summaries: [one] }, signal);
  assert.equal(store.getState().summaries.size, 0);
  store.dispatch({ type: 'upsert', annotation: other });
  await applied;
  assert.deepEqual([...store.getState().summaries.keys()].sort(), [one.id, other.id].sort());
});

test('a batch is not computed again for a change that it does not depend on, which stays', async () => {
  const store = makeStore();
  const { signal } = new AbortController();
  const computed: unknown[] = [];
  store.selectThreads = ({ summaries }) => {
    if (summaries.size > 0 && computed.at(-1) !== summaries) computed.push(summaries);
    return store.getInitialState().threads;
  };
  const applied = store.dispatchInSteps({ type: 'loaded', summaries: [makeSummary()] }, signal);
  const hover = { count: 2, x: 1, y: 1 };
  store.set({ hover });
  await applied;
  assert.equal(computed.length, 1);
  assert.equal(store.getState().summaries, computed[0]);
  assert.equal(store.getState().hover, hover);
  assert.equal(store.getState().status, 'ready');
});

test('a batch of a group that was left meanwhile is not applied', async () => {
  const store = makeStore();
  const abort = new AbortController();
  const applied = store.dispatchInSteps({ type: 'loaded', summaries: [makeSummary()] }, abort.signal);
  abort.abort();
  await applied;
  assert.equal(store.getState().summaries.size, 0);
});

test('threads are computed with the change that concerns them, before anybody sees it', () => {
  const store = makeStore();
  store.selectThreads = ({ summaries }) => ({
    ...store.getInitialState().threads,
    onSection: [...summaries.values()].map((summary) => [summary]),
  });
  const counts: number[] = [];
  watch(
    store,
    ({ threads }) => threads.onSection.length,
    (count) => {
      counts.push(count);
      return undefined;
    },
  );
  store.dispatch({ type: 'loaded', summaries: [makeSummary(), makeSummary()] });
  assert.deepEqual(counts, [0, 2]);
});
