import assert from 'node:assert/strict';
import { test } from 'node:test';
import { summarize } from '@/app/reader/data/annotation-summary';
import {
  buildReplyTree,
  countReplies,
  groupThreads,
  hasContent,
  type ReplyTree,
} from '@/app/reader/data/threads';
import { makeAnnotation, makeReply, makeReplySummary, makeSummary } from './annotation-fixture';

const at = (minute: number) => ({ created: `2026-01-01T00:0${minute}:00Z` });
const shape = (tree: ReplyTree): unknown[] => [tree.annotation.id, ...tree.replies.map(shape)];

test('a thread grows as deep as its replies go, oldest first', () => {
  const root = makeAnnotation({ id: 'r' });
  const a = makeReply(root, { id: 'a', ...at(1) });
  const b = makeReply(root, { id: 'b', ...at(2) });
  const deep = makeReply(a, { id: 'a1', ...at(3) });
  const thread = [deep, b, root, a];
  assert.deepEqual(shape(buildReplyTree(thread)!), ['r', ['a', ['a1']], ['b']]);
  assert.deepEqual(shape(buildReplyTree(thread, 'newest')!), ['r', ['b'], ['a', ['a1']]]);
});

test('notes are grouped by their roots, which come first', () => {
  const [one, other] = [makeSummary(), makeSummary()];
  const [first, second] = [makeReplySummary(one), makeReplySummary(one)];
  const threads = groupThreads([first, other, one, second]);
  assert.deepEqual([...threads.values()], [[one, first, second], [other]]);
});

test('a tombstone stays while an answer hangs on it, and goes when none does', () => {
  const root = makeAnnotation({ id: 'r' });
  const gone = makeReply(root, { id: 'gone', body: '', state: 'deleted' });
  const bare = makeReply(root, { id: 'bare', body: '', state: 'hidden' });
  const answer = makeReply(gone, { id: 'answer' });
  assert.deepEqual(shape(buildReplyTree([root, gone, bare, answer])!), ['r', ['gone', ['answer']]]);
  assert.equal(countReplies([root, gone, bare, answer].map(summarize)), 1);
});

test('a reply to something unseen answers the root', () => {
  const root = makeAnnotation({ id: 'r' });
  assert.deepEqual(shape(buildReplyTree([root, makeReply(root, { id: 'x', parent: 'unseen' })])!), [
    'r',
    ['x'],
  ]);
  assert.equal(buildReplyTree([makeReply(root)]), null);
});

test('a deleted root without answers is dead', () => {
  const gone = makeSummary({ body: '', state: 'deleted' });
  assert.equal(hasContent([gone]), false);
  assert.equal(hasContent([gone, makeReplySummary(gone)]), true);
});
