import assert from 'node:assert/strict';
import { test } from 'node:test';
import { EMPTY, keptThreads, liveThreads, placeThreads, reduceGloss } from '@/app/editions/_glossing/store';
import { makeNote, makeReply } from './notes';

test('a slow answer with an older version does not undo a newer one', () => {
  const old = makeNote({ id: 'x', version: 1 });
  const edited = { ...old, version: 2, body: 'edited' };
  let state = reduceGloss(EMPTY, { type: 'put', note: edited });
  state = reduceGloss(state, { type: 'loaded', notes: [old] });
  assert.equal(state.notes.get('x')?.body, 'edited');
});

test('opening a thread closes the editor and what was offered', () => {
  const target = { section: 'doc1', start: 0, end: 1, exact: 'О' };
  let state = reduceGloss(EMPTY, { type: 'write', purpose: { what: 'gloss', target }, kind: 'question' });
  assert.equal(state.editor?.kind, 'question');
  state = reduceGloss(state, { type: 'open', root: 'r', seek: 'a' });
  assert.deepEqual([state.editor, state.active, state.seek], [null, 'r', 'a']);
});

test('a filter never takes away the thread that is open', () => {
  const root = makeNote();
  const threads = liveThreads(new Map([[root.id, root]]));
  const filter = { scope: 'mine', words: '' } as const;
  assert.equal(keptThreads(threads, { filter, active: null, offered: [] }).length, 0);
  assert.equal(keptThreads(threads, { filter, active: root.id, offered: [] }).length, 1);
});

test('a reply without its root is not shown as a thread', () => {
  const reply = makeReply(makeNote());
  assert.equal(liveThreads(new Map([[reply.id, reply]])).size, 0);
});

test('notes stand on words, on the whole section, or nowhere', () => {
  const on = makeNote();
  const whole = makeNote({ start: null, end: null, exact: null, anchor: null });
  const orphan = makeNote({ start: null, end: null, anchor: 'orphaned' });
  const elsewhere = makeNote({ exact: 'other words' });
  const found = placeThreads(
    [on, whole, orphan, elsewhere].map((note) => [note]),
    (root) => root.exact === 'слова',
  );
  assert.deepEqual(
    found.placed.map(({ root }) => root.id),
    [on.id],
  );
  assert.deepEqual(found.whole, [[whole]]);
  assert.deepEqual(found.lost, [[orphan], [elsewhere]]);
});
