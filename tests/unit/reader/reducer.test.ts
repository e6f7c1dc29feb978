import assert from 'node:assert/strict';
import { test } from 'node:test';
import { NO_FILTER } from '@/app/reader/data/thread-filter';
import { INITIAL_STATE, reduceReader } from '@/app/reader/state/reducer';
import {
  filterThreads,
  firstLocations,
  locateThreads,
  visibleThreads,
} from '@/app/reader/state/thread-locations';
import { fingerprint } from '@/lib/kernel/code-points';
import { makeAnnotation, makeReply, makeReplySummary, makeSummary } from './annotation-fixture';

test('a slow answer with an older version does not undo a newer one', () => {
  const old = makeAnnotation({ id: 'x', version: 1 });
  const edited = { ...old, version: 2, body: 'edited', kind: 'question' as const };
  let state = reduceReader(INITIAL_STATE, { type: 'upsert', annotation: edited });
  state = reduceReader(state, { type: 'loaded', summaries: [makeSummary(old)] });
  state = reduceReader(state, { type: 'annotationsLoaded', annotations: [old] });
  assert.deepEqual(
    [state.annotations.get('x')?.body, state.summaries.get('x')?.kind],
    ['edited', 'question'],
  );
});

test('what is read of a thread brings its notes that were not known before', () => {
  const root = makeAnnotation();
  const reply = makeReply(root);
  let state = reduceReader(INITIAL_STATE, { type: 'loaded', summaries: [makeSummary(root)] });
  const { summaries } = state;
  state = reduceReader(state, { type: 'annotationsLoaded', annotations: [root] });
  assert.equal(state.summaries, summaries);
  state = reduceReader(state, { type: 'annotationsLoaded', annotations: [root, reply] });
  assert.deepEqual([...state.summaries.keys()], [root.id, reply.id]);
});

test('notes that are looked at once more are read once more', () => {
  let state = reduceReader(INITIAL_STATE, { type: 'loaded', summaries: [makeSummary()], more: true });
  state = reduceReader(state, { type: 'loaded', summaries: [makeSummary()] });
  assert.equal(state.refreshCount, 0);
  state = reduceReader(state, { type: 'loaded', summaries: [makeSummary()] });
  assert.equal(state.refreshCount, 1);
});

test('what came along is there to be read, and need not be asked for until the next look', () => {
  const [one, other] = [makeAnnotation(), makeAnnotation()];
  const summaries = [one, other].map((annotation) => makeSummary(annotation));
  let state = reduceReader(INITIAL_STATE, { type: 'loaded', summaries, annotations: [one], more: true });
  state = reduceReader(state, { type: 'loaded', summaries: [], annotations: [other] });
  assert.deepEqual([...state.preloaded], [one.id, other.id]);
  assert.equal(state.annotations.get(one.id), one);
  state = reduceReader(state, { type: 'loaded', summaries, annotations: [other] });
  assert.deepEqual([...state.preloaded], [other.id]);
  assert.deepEqual([...state.annotations.keys()], [one.id, other.id]);
});

test('every tag is known once, those of new notes too', () => {
  let state = reduceReader(INITIAL_STATE, { type: 'loaded', summaries: [], tags: ['a', 'b'] });
  state = reduceReader(state, { type: 'upsert', annotation: makeAnnotation({ tags: ['b', 'c'] }) });
  assert.deepEqual(state.tags, ['a', 'b', 'c']);
});

test('opening a thread closes the editor and what was offered', () => {
  const target = { section: 'doc1', start: 0, end: 1, exact: 'О' };
  let state = reduceReader(INITIAL_STATE, {
    type: 'openEditor',
    purpose: { what: 'gloss', target },
    kind: 'question',
  });
  assert.equal(state.editor?.kind, 'question');
  state = reduceReader(state, { type: 'open', root: 'r', focus: 'a' });
  assert.deepEqual([state.editor, state.active, state.focusRequest], [null, 'r', 'a']);
});

test('a filter never takes away the thread that is open', () => {
  const root = makeSummary();
  const threads = visibleThreads(new Map([[root.id, root]]));
  const filter = { ...NO_FILTER, mine: true };
  const kept = { filter, overlapChoices: [], annotations: new Map() };
  assert.equal(filterThreads(threads, { ...kept, active: null }).length, 0);
  assert.equal(filterThreads(threads, { ...kept, active: root.id }).length, 1);
});

test('a reply without its root is not shown as a thread', () => {
  const reply = makeReplySummary(makeSummary());
  assert.equal(visibleThreads(new Map([[reply.id, reply]])).size, 0);
});

test('a thread in which nothing has changed is the very list that it was, so that its card is left alone', () => {
  const [one, other] = [makeSummary(), makeSummary()];
  const before = visibleThreads(new Map([one, other].map((annotation) => [annotation.id, annotation])));
  const reply = makeReplySummary(other);
  const after = visibleThreads(
    new Map([one, other, reply].map((annotation) => [annotation.id, annotation])),
    before,
  );
  assert.equal(after.get(one.id), before.get(one.id));
  assert.deepEqual(after.get(other.id), [other, reply]);
});

test('notes stand on words, on the whole section, or nowhere', () => {
  const on = makeSummary();
  const whole = makeSummary({ start: null, end: null, exact: null, anchor: null });
  const orphan = makeSummary({ start: null, end: null, anchor: 'orphaned' });
  const elsewhere = makeSummary({ exact: 'other words' });
  const found = locateThreads(
    [on, whole, orphan, elsewhere].map((annotation) => [annotation]),
    ({ fingerprint: quoted }) => quoted === fingerprint('слова'),
  );
  assert.deepEqual(
    found.passages.map(({ root }) => root.id),
    [on.id],
  );
  assert.deepEqual(found.onSection, [[whole]]);
  assert.deepEqual(found.orphaned, [[orphan], [elsewhere]]);
});

test('an annotation on a page image alone is neither on the section nor lost; beside words it stands on them', () => {
  const alone = makeSummary({
    start: null,
    end: null,
    exact: null,
    anchor: 'exact',
    canvas: 'p125',
    passages: [],
  });
  const both = makeSummary({ canvas: 'p125' });
  const found = locateThreads([[alone], [both]], () => true);
  assert.deepEqual(found.onImageOnly, [[alone]]);
  assert.deepEqual(
    found.passages.map(({ root }) => root.id),
    [both.id],
  );
  assert.deepEqual([found.onSection, found.orphaned], [[], []]);
  // Where its words are gone too, there is still the image.
  assert.deepEqual(locateThreads([[both]], () => false).onImageOnly, [[both]]);
});

test('an annotation on several passages stands wherever the page has one of them, and is one thread', () => {
  const one = makeAnnotation();
  const other = makeAnnotation({ section: 'article', exact: 'words' }).passages[0]!;
  const annotation = makeSummary({
    passages: [...one.passages, other, { ...one.passages[0]!, start: 10, end: 15 }],
  });
  const here = locateThreads([[annotation]], ({ section }) => section === 'doc1');
  assert.deepEqual(
    here.passages.map(({ start }) => start),
    [0, 10],
  );
  assert.deepEqual(firstLocations(here.passages), here.passages.slice(0, 1));
  const there = locateThreads([[annotation]], ({ section }) => section === 'article');
  assert.deepEqual([there.passages.length, there.orphaned.length], [1, 0]);
  assert.equal(locateThreads([[annotation]], () => false).orphaned.length, 1);
});

test('the first portion of a list is shown while the rest is waited for', () => {
  let state = reduceReader(INITIAL_STATE, { type: 'loaded', summaries: [makeSummary()], more: true });
  assert.deepEqual([state.status, state.summaries.size], ['loading', 1]);
  state = reduceReader(state, { type: 'loaded', summaries: [makeSummary()], more: false });
  assert.deepEqual([state.status, state.summaries.size], ['ready', 2]);
  // Looked at once more, what is there stays ready.
  state = reduceReader(state, { type: 'loaded', summaries: [makeSummary()], more: true });
  assert.equal(state.status, 'ready');
});

test('an annotation of a newer text than the page shows has not lost its place', () => {
  const annotation = makeSummary({ exact: 'newer words', anchorRevision: 3 });
  const place = (revision: number) => locateThreads([[annotation]], () => false, revision);
  assert.deepEqual([place(2).newerRevision.length, place(2).orphaned.length], [1, 0]);
  assert.deepEqual([place(3).newerRevision.length, place(3).orphaned.length], [0, 1]);
});

test('while a place is chosen for an annotation its thread is open; writing, or closing it, gives that up', () => {
  const annotation = makeAnnotation();
  const moving = reduceReader(INITIAL_STATE, { type: 'startMove', move: { annotation, position: 0 } });
  assert.deepEqual([moving.move?.annotation, moving.active], [annotation, annotation.root]);
  assert.equal(reduceReader(moving, { type: 'close' }).move, null);
  const target = { section: 'doc1', start: 0, end: 1, exact: 'О' };
  const writing = reduceReader(moving, { type: 'openEditor', purpose: { what: 'gloss', target } });
  assert.equal(writing.move, null);
});
