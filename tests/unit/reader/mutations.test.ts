import assert from 'node:assert/strict';
import { afterEach, mock, test } from 'node:test';
import { Problem } from '@/app/_ui/api-client';
import { createReply, moderate, resolveAnchor, updateAnnotation } from '@/app/reader/data/mutations';
import { createThreadLoader } from '@/app/reader/data/thread-loader';
import type { Annotation } from '@/lib/annotation/schema';
import { makeAnnotation } from './annotation-fixture';

/** Answers calls by `METHOD path`, each with its status and its JSON; remembers what was called. */
function answer(routes: Record<string, [number, unknown]>): string[] {
  const calls: string[] = [];
  mock.method(globalThis, 'fetch', async (url: string, { method }: RequestInit) => {
    const name = `${method} ${url.replace('/api/v1', '').replace(/\?.*/, '')}`;
    calls.push(name);
    const [status, json] = routes[name] ?? [500, { title: `No answer for ${name}` }];
    return Response.json(json, { status });
  });
  return calls;
}
afterEach(() => mock.restoreAll());

const isProblem = (status: number) => (error: unknown) => error instanceof Problem && error.status === status;

const [old, current] = [makeAnnotation({ id: 'a' }), makeAnnotation({ id: 'a', version: 2 })];

for (const [name, status, route, call] of [
  [
    'an update',
    412,
    'PATCH /annotations/a',
    (changed: (annotation: Annotation) => void) => updateAnnotation(old, { body: 'New' }, changed),
  ],
  [
    'a decision',
    409,
    'POST /annotations/a/moderation',
    (changed: (annotation: Annotation) => void) => moderate(old, 'pin', '', changed),
  ],
  [
    'an anchor',
    409,
    'POST /annotations/a/anchor',
    (changed: (annotation: Annotation) => void) =>
      resolveAnchor(old, { action: 'confirm', passage: 0 }, changed),
  ],
] as const) {
  test(`${name} that meets another change reads the annotation again, and is refused`, async () => {
    const changed: Annotation[] = [];
    const calls = answer({ [route]: [status, {}], 'GET /annotations/a': [200, current] });
    await assert.rejects(() => call((annotation) => changed.push(annotation)), isProblem(status));
    assert.deepEqual(calls, [route, 'GET /annotations/a']);
    assert.deepEqual(
      changed.map(({ version }) => version),
      [2],
    );
  });
}

test('an ended session, which looks like an absent group, is told as such', async () => {
  const calls = answer({ 'POST /annotations/a/replies': [404, {}], 'GET /me': [401, {}] });
  const fields = { body: 'Why?', kind: 'gloss', tags: [], visibility: 'group' } as const;
  await assert.rejects(() => createReply('a', { ...fields, tags: [] }, () => {}), isProblem(401));
  assert.deepEqual(calls, ['POST /annotations/a/replies', 'GET /me']);
});

test('what was changed comes into the state', async () => {
  answer({ 'PATCH /annotations/a': [200, current] });
  const changed: Annotation[] = [];
  await updateAnnotation(old, { body: 'New' }, (annotation) => changed.push(annotation));
  assert.equal(changed[0]?.version, 2);
});

test('threads that are requested in one moment are loaded by one call, and none twice', async () => {
  const calls = answer({ 'GET /groups/g/annotations': [200, { items: [old], next: null }] });
  const loaded: string[] = [];
  const loader = createThreadLoader(
    'g',
    (root) => root === 'preloaded',
    (annotations) => loaded.push(...annotations.map(({ id }) => id)),
    () => assert.fail('it was answered'),
  );
  loader.request(['a', 'b', 'preloaded']);
  loader.request(['b', 'c']);
  await new Promise((resolve) => setTimeout(resolve));
  loader.request(['a', 'c']);
  await new Promise((resolve) => setTimeout(resolve));
  assert.deepEqual([calls.length, loaded], [1, ['a']]);
  loader.reset();
  loader.request(['a']);
  await new Promise((resolve) => setTimeout(resolve));
  assert.equal(calls.length, 2);
});

test('threads that could not be loaded are requested again', async () => {
  const calls = answer({ 'GET /groups/g/annotations': [503, {}] });
  let failures = 0;
  const loader = createThreadLoader(
    'g',
    () => false,
    () => assert.fail('it was refused'),
    () => failures++,
  );
  for (let i = 0; i < 2; i++) {
    loader.request(['a']);
    await new Promise((resolve) => setTimeout(resolve));
  }
  assert.deepEqual([calls.length, failures], [2, 2]);
});
