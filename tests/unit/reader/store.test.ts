import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  filterThreads,
  firstLocations,
  INITIAL_STATE,
  locateThreads,
  reduceReader,
  visibleThreads,
} from '@/app/reader/state/store';
import { fingerprint } from '@/lib/kernel/code-points';
import { makeAnnotation, makeReply, makeReplySummary, makeSummary } from './annotation-fixture';

test('a slow answer with an older version does not undo a newer one', () => {
  const old = makeAnnotation({ id: 'x', version: 1 });
  const edited = { ...old, version: 2, body: 'edited', kind: 'question' as const };
  let state = reduceReader(INITIAL_STATE, { type: 'put', note: edited });
  state = reduceReader(state, { type: 'loaded', notes: [makeSummary(old)] });
  state = reduceReader(state, { type: 'read', notes: [old] });
  assert.deepEqual([state.texts.get('x')?.body, state.notes.get('x')?.question], ['edited', true]);
});

test('what is read of a thread brings its notes that were not known before', () => {
  const root = makeAnnotation();
  const reply = makeReply(root);
  let state = reduceReader(INITIAL_STATE, { type: 'loaded', notes: [makeSummary(root)] });
  const { notes } = state;
  state = reduceReader(state, { type: 'read', notes: [root] });
  assert.equal(state.notes, notes);
  state = reduceReader(state, { type: 'read', notes: [root, reply] });
  assert.deepEqual([...state.notes.keys()], [root.id, reply.id]);
});

test('notes that are looked at once more are read once more', () => {
  let state = reduceReader(INITIAL_STATE, { type: 'loaded', notes: [makeSummary()], more: true });
  state = reduceReader(state, { type: 'loaded', notes: [makeSummary()] });
  assert.equal(state.looks, 0);
  state = reduceReader(state, { type: 'loaded', notes: [makeSummary()] });
  assert.equal(state.looks, 1);
});

test('what came along is there to be read, and need not be asked for until the next look', () => {
  const [one, other] = [makeAnnotation(), makeAnnotation()];
  const notes = [one, other].map((note) => makeSummary(note));
  let state = reduceReader(INITIAL_STATE, { type: 'loaded', notes, texts: [one], more: true });
  state = reduceReader(state, { type: 'loaded', notes: [], texts: [other] });
  assert.deepEqual([...state.along], [one.id, other.id]);
  assert.equal(state.texts.get(one.id), one);
  state = reduceReader(state, { type: 'loaded', notes, texts: [other] });
  assert.deepEqual([...state.along], [other.id]);
  assert.deepEqual([...state.texts.keys()], [one.id, other.id]);
});

test('every tag is known once, those of new notes too', () => {
  let state = reduceReader(INITIAL_STATE, { type: 'loaded', notes: [], tags: ['a', 'b'] });
  state = reduceReader(state, { type: 'put', note: makeAnnotation({ tags: ['b', 'c'] }) });
  assert.deepEqual(state.tags, ['a', 'b', 'c']);
});

test('opening a thread closes the editor and what was offered', () => {
  const target = { section: 'doc1', start: 0, end: 1, exact: 'О' };
  let state = reduceReader(INITIAL_STATE, {
    type: 'write',
    purpose: { what: 'gloss', target },
    kind: 'question',
  });
  assert.equal(state.editor?.kind, 'question');
  state = reduceReader(state, { type: 'open', root: 'r', seek: 'a' });
  assert.deepEqual([state.editor, state.active, state.seek], [null, 'r', 'a']);
});

test('a filter never takes away the thread that is open', () => {
  const root = makeSummary();
  const threads = visibleThreads(new Map([[root.id, root]]));
  const kept = { filter: { scope: 'mine', words: '' }, offered: [], texts: new Map() } as const;
  assert.equal(filterThreads(threads, { ...kept, active: null }).length, 0);
  assert.equal(filterThreads(threads, { ...kept, active: root.id }).length, 1);
});

test('a reply without its root is not shown as a thread', () => {
  const reply = makeReplySummary(makeSummary());
  assert.equal(visibleThreads(new Map([[reply.id, reply]])).size, 0);
});

test('a thread in which nothing has changed is the very list that it was, so that its card is left alone', () => {
  const [one, other] = [makeSummary(), makeSummary()];
  const before = visibleThreads(new Map([one, other].map((note) => [note.id, note])));
  const reply = makeReplySummary(other);
  const after = visibleThreads(new Map([one, other, reply].map((note) => [note.id, note])), before);
  assert.equal(after.get(one.id), before.get(one.id));
  assert.deepEqual(after.get(other.id), [other, reply]);
});

test('notes stand on words, on the whole section, or nowhere', () => {
  const on = makeSummary();
  const whole = makeSummary({ start: null, end: null, exact: null, anchor: null });
  const orphan = makeSummary({ start: null, end: null, anchor: 'orphaned' });
  const elsewhere = makeSummary({ exact: 'other words' });
  const found = locateThreads(
    [on, whole, orphan, elsewhere].map((note) => [note]),
    ({ words }) => words === fingerprint('слова'),
  );
  assert.deepEqual(
    found.places.map(({ root }) => root.id),
    [on.id],
  );
  assert.deepEqual(found.whole, [[whole]]);
  assert.deepEqual(found.lost, [[orphan], [elsewhere]]);
});

test('a note on a page image alone is neither on the section nor lost; beside words it stands on them', () => {
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
  assert.deepEqual(found.imaged, [[alone]]);
  assert.deepEqual(
    found.places.map(({ root }) => root.id),
    [both.id],
  );
  assert.deepEqual([found.whole, found.lost], [[], []]);
  // Where its words are gone too, there is still the image.
  assert.deepEqual(locateThreads([[both]], () => false).imaged, [[both]]);
});

test('a note on several passages stands wherever the page has one of them, and is one thread', () => {
  const one = makeAnnotation();
  const other = makeAnnotation({ section: 'article', exact: 'words' }).passages[0]!;
  const note = makeSummary({
    passages: [...one.passages, other, { ...one.passages[0]!, start: 10, end: 15 }],
  });
  const here = locateThreads([[note]], ({ section }) => section === 'doc1');
  assert.deepEqual(
    here.places.map(({ start }) => start),
    [0, 10],
  );
  assert.deepEqual(firstLocations(here.places), here.places.slice(0, 1));
  const there = locateThreads([[note]], ({ section }) => section === 'article');
  assert.deepEqual([there.places.length, there.lost.length], [1, 0]);
  assert.equal(locateThreads([[note]], () => false).lost.length, 1);
});

test('the first portion of a list is shown while the rest is waited for', () => {
  let state = reduceReader(INITIAL_STATE, { type: 'loaded', notes: [makeSummary()], more: true });
  assert.deepEqual([state.status, state.notes.size], ['loading', 1]);
  state = reduceReader(state, { type: 'loaded', notes: [makeSummary()], more: false });
  assert.deepEqual([state.status, state.notes.size], ['ready', 2]);
  // Looked at once more, what is there stays ready.
  state = reduceReader(state, { type: 'loaded', notes: [makeSummary()], more: true });
  assert.equal(state.status, 'ready');
});

test('a note of a newer text than the page shows has not lost its place', () => {
  const note = makeSummary({ exact: 'newer words', anchorRevision: 3 });
  const place = (revision: number) => locateThreads([[note]], () => false, revision);
  assert.deepEqual([place(2).ahead.length, place(2).lost.length], [1, 0]);
  assert.deepEqual([place(3).ahead.length, place(3).lost.length], [0, 1]);
});

test('while a place is chosen for a note its thread is open; writing, or closing it, gives that up', () => {
  const note = makeAnnotation();
  const moving = reduceReader(INITIAL_STATE, { type: 'move', moved: { note, passage: 0 } });
  assert.deepEqual([moving.moving?.note, moving.active], [note, note.root]);
  assert.equal(reduceReader(moving, { type: 'close' }).moving, null);
  const target = { section: 'doc1', start: 0, end: 1, exact: 'О' };
  const writing = reduceReader(moving, { type: 'write', purpose: { what: 'gloss', target } });
  assert.equal(writing.moving, null);
});
