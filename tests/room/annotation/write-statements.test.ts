import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Annotation } from '@/lib/annotation/schema';
import { rememberViewers } from '@/lib/identity';
import { freshDatabase } from '../../support/fresh-database';
import {
  call,
  createSeminar,
  createUserWithToken,
  postGloss,
  postReply,
  publishSampleEdition,
  type TestUser,
} from '../../support/seminar';
import { sentStatements } from '../../support/sent-statements';

const PASSAGE = { edition: 'gheorghiu-2009', section: 'doc1', start: 948, end: 965 };
const HOUR = 3_600_000;
const VERSION_HEADERS = (version: number) => ({ 'if-match': `"${version}"` });

describe('a write of an annotation', () => {
  const people = {} as Record<'teacher' | 'anna' | 'boris', TestUser>;
  let slug = '';
  let forget: () => Promise<void>;

  before(async () => {
    await freshDatabase();
    await publishSampleEdition();
    for (const name of ['teacher', 'anna', 'boris'] as const) people[name] = await createUserWithToken(name);
    slug = await createSeminar({
      teacher: { somebody: people.teacher, role: 'instructor' },
      anna: { somebody: people.anna, role: 'student' },
      boris: { somebody: people.boris, role: 'student' },
    });
    forget = await rememberViewers();
    // The texts are known from here on.
    for (const section of ['doc1', 'doc2']) await postGloss(people.anna, slug, { section });
  });
  after(() => forget());

  type Sent = { path: string; method?: string; body?: unknown; headers?: Record<string, string> };

  /** Sends a write: what it answers, in how many statements. The answer is the one that a read gives now. */
  async function write(person: TestUser, { path, ...request }: Sent): Promise<[Annotation, number]> {
    let answer: Annotation | undefined;
    // Who asks is known, as it is in a server.
    await call(person, '/api/v1/me');
    const statements = await sentStatements(async () => {
      const response = await call(person, `/api/v1${path}`, request);
      assert.ok(response.ok, await response.clone().text());
      answer = await response.json();
    });
    assert.ok(answer);
    assert.deepEqual(answer, await (await call(person, `/api/v1/annotations/${answer.id}`)).json());
    return [answer, statements.length];
  }

  const gloss = (more: object) => ({
    path: `/groups/${slug}/annotations`,
    body: { body: 'Noise.', ...more },
  });
  const decide = (id: string, action: string) => ({
    path: `/annotations/${id}/moderation`,
    body: { action, reason: 'Because.' },
  });

  it('asks for the edition once and writes once, for a gloss on one passage or on many', async () => {
    const { edition, ...passage } = PASSAGE;
    const many = [passage, { section: 'doc2', start: 3, end: 9 }, { section: 'doc1', start: 0, end: 5 }];
    assert.equal((await write(people.anna, gloss(PASSAGE)))[1], 2);
    assert.equal((await write(people.anna, gloss({ edition, section: 'doc1' })))[1], 2);
    assert.equal((await write(people.anna, gloss({ edition, section: 'doc1', passages: many })))[1], 2);
  });

  it('asks for the assignment that a gloss names, besides', async () => {
    const { edition } = PASSAGE;
    const due = new Date(Date.now() - HOUR).toISOString();
    const task = { title: 'Document I', edition, sections: ['doc1'], due };
    const made = await call(people.teacher, `/api/v1/groups/${slug}/assignments`, { body: task });
    const { id: assignment } = await made.json();
    const [late, count] = await write(people.anna, gloss({ ...PASSAGE, assignment }));
    assert.deepEqual([late.late, count], [true, 3]);
  });

  it('reads what is answered and writes once, for a reply; below a private word it asks what stands above', async () => {
    const { id } = await postGloss(people.anna, slug);
    const reply = (parent: string, more = {}) => ({
      path: `/annotations/${parent}/replies`,
      body: { body: 'Quite so.', ...more },
    });
    const [answer, count] = await write(people.boris, reply(id));
    assert.equal(count, 2);
    const [word, ofWord] = await write(people.teacher, reply(answer.id, { visibility: 'staff' }));
    assert.equal(ofWord, 2);
    assert.equal((await write(people.teacher, reply(word.id)))[1], 3);
  });

  it('reads the note and writes once, for an edit, a deletion and a decision', async () => {
    const { id } = await postGloss(people.anna, slug);
    const path = `/annotations/${id}`;
    const patch = (version: number, body: object) => ({
      path,
      method: 'PATCH',
      headers: VERSION_HEADERS(version),
      body,
    });
    await postReply(people.boris, id);
    assert.equal((await write(people.anna, patch(1, { body: 'Clamour.', tags: ['x'] })))[1], 2);
    for (const action of ['hide', 'restore', 'lock', 'unlock', 'pin', 'endorse', 'resolve'])
      assert.equal((await write(people.teacher, decide(id, action)))[1], 2, action);
    const [gone, count] = await write(people.anna, {
      path,
      method: 'DELETE',
      headers: VERSION_HEADERS(9),
    });
    assert.deepEqual([gone.state, gone.version, count], ['deleted', 10, 2]);
    assert.equal((await write(people.anna, decide(id, 'restore')))[1], 2);
    const { items } = await (await call(people.anna, `/api/v1${path}/history`)).json();
    assert.deepEqual(
      items.map(({ body, version }: { body: string; version: number }) => [version, body]),
      [
        [1, 'Hullabaloo, rather.'],
        [11, 'Clamour.'],
      ],
    );
  });

  it('locks the thread first where a change would hide the answers', async () => {
    const { id } = await postGloss(people.anna, slug);
    const path = `/annotations/${id}`;
    const headers = VERSION_HEADERS(1);
    const [narrowed, count] = await write(people.anna, {
      path,
      method: 'PATCH',
      headers,
      body: { visibility: 'staff' },
    });
    assert.equal(narrowed.visibility, 'staff');
    assert.equal(count, 6, 'facts, BEGIN, lock, answers, write, COMMIT');
  });

  it('is made on what is there, however many write at once', async () => {
    const { id } = await postGloss(people.anna, slug);
    const edits = Array.from({ length: 12 }, (_, i) =>
      call(people.anna, `/api/v1/annotations/${id}`, {
        method: 'PATCH',
        headers: { 'if-match': '*' },
        body: { body: `Text ${i}` },
      }),
    );
    const locks = ['lock', 'unlock', 'lock'].map((action) =>
      call(people.teacher, `/api/v1/annotations/${id}/moderation`, { body: { action, reason: '' } }),
    );
    const replies = Array.from({ length: 8 }, () =>
      call(people.boris, `/api/v1/annotations/${id}/replies`, { body: { body: 'Yes.' } }),
    );
    const statuses = (await Promise.all([...edits, ...locks, ...replies])).map(({ status }) => status);
    assert.deepEqual(
      statuses.filter((status) => ![200, 201, 403, 409, 423].includes(status)),
      [],
    );
    const { version, replies: answered } = await (
      await call(people.anna, `/api/v1/annotations/${id}`)
    ).json();
    assert.equal(version, 1 + statuses.slice(0, 15).filter((status) => status === 200).length);
    assert.equal(answered, statuses.slice(15).filter((status) => status === 201).length);
    const { items } = await (await call(people.anna, `/api/v1/annotations/${id}/history`)).json();
    assert.equal(items.length, 1 + statuses.slice(0, 12).filter((status) => status === 200).length);
  });

  it('never leaves an answer below a note that was narrowed meanwhile', async () => {
    for (let round = 0; round < 12; round++) {
      const { id } = await postGloss(people.anna, slug);
      const narrow = call(people.anna, `/api/v1/annotations/${id}`, {
        method: 'PATCH',
        headers: { 'if-match': '*' },
        body: { visibility: 'private' },
      });
      const replies = Array.from({ length: 3 }, () =>
        call(people.boris, `/api/v1/annotations/${id}/replies`, { body: { body: 'Yes.' } }),
      );
      const [narrowed, ...answered] = (await Promise.all([narrow, ...replies])).map(({ status }) => status);
      if (narrowed === 200) assert.deepEqual(answered, [404, 404, 404]);
      else assert.deepEqual([narrowed, ...answered.toSorted()].slice(0, 2), [409, 201]);
    }
  });
});
