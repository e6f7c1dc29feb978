import assert from 'node:assert/strict';
import { before, describe, it } from 'node:test';
import { pool } from '@/lib/db';
import { freshDatabase } from '../support/fresh-database';
import {
  call,
  createSeminar,
  createUserWithToken,
  postGloss,
  postReply,
  publishSampleEdition,
  type TestUser,
} from '../support/seminar';

describe('moderating', () => {
  const people = {} as Record<'instructor' | 'author' | 'student', TestUser>;
  let group = '';

  before(async () => {
    await freshDatabase();
    await publishSampleEdition();
    for (const name of ['instructor', 'author', 'student'] as const)
      people[name] = await createUserWithToken(name);
    group = await createSeminar({
      instructor: { somebody: people.instructor, role: 'instructor' },
      author: { somebody: people.author, role: 'student' },
      student: { somebody: people.student, role: 'student' },
    });
  });

  const decide = (who: TestUser, id: string, body: object) =>
    call(who, `/api/v1/annotations/${id}/moderation`, { body });
  const read = async (who: TestUser, id: string) => (await call(who, `/api/v1/annotations/${id}`)).json();

  it('hides a reply with a reason that its author sees, and restores it', async () => {
    const root = await postGloss(people.student, group);
    const reply = await postReply(people.author, root.id, { body: 'rude words' });
    const hidden = await decide(people.instructor, reply.id, {
      action: 'hide',
      reason: 'Be civil.',
      version: 1,
    });
    assert.equal(hidden.status, 200);

    const mine = await read(people.author, reply.id);
    assert.deepEqual([mine.state, mine.reason, mine.body], ['hidden', 'Be civil.', 'rude words']);
    const theirs = await read(people.student, reply.id);
    assert.deepEqual([theirs.state, theirs.reason, theirs.body, theirs.html], ['hidden', null, '', '']);

    await decide(people.instructor, reply.id, { action: 'restore', reason: 'He apologised.', version: 2 });
    assert.equal((await read(people.student, reply.id)).body, 'rude words');
    const { items } = await (await call(people.instructor, `/api/v1/groups/${group}/moderation/log`)).json();
    assert.deepEqual(
      items.slice(0, 2).map(({ action, reason }: Record<string, string>) => [action, reason]),
      [
        ['restore', 'He apologised.'],
        ['hide', 'Be civil.'],
      ],
    );
  });

  it('wants a reason, staff, and the version that was decided on', async () => {
    const { id } = await postGloss(people.author, group);
    assert.equal((await decide(people.instructor, id, { action: 'hide', version: 1 })).status, 422);
    assert.equal((await decide(people.student, id, { action: 'hide', reason: 'x', version: 1 })).status, 403);
    assert.equal(
      (await decide(people.instructor, id, { action: 'hide', reason: 'x', version: 9 })).status,
      409,
    );
    assert.equal((await decide(people.instructor, id, { action: 'vanish', version: 1 })).status, 422);
    assert.equal((await read(people.student, id)).state, 'published');
  });

  it('queues what readers flag, with its passage and thread, until staff has dealt with it', async () => {
    const root = await postGloss(people.student, group, { body: 'the root' });
    const reply = await postReply(people.author, root.id);
    const flag = (who: TestUser, reason: string) =>
      call(who, `/api/v1/annotations/${reply.id}/flags`, { body: { reason, note: 'see here' } });
    assert.equal((await flag(people.author, 'wrong')).status, 403);
    assert.equal((await flag(people.student, 'silly')).status, 422);
    assert.equal((await flag(people.student, 'wrong')).status, 201);
    assert.equal((await flag(people.student, 'offensive')).status, 201);

    const queue = async () =>
      (await (await call(people.instructor, `/api/v1/groups/${group}/moderation/queue`)).json()).items;
    const [item] = await queue();
    assert.equal(item.annotation.id, reply.id);
    assert.equal(item.root.exact, 'нездоровой шумихи');
    assert.deepEqual(
      item.flags.map(({ reason, note }: Record<string, string>) => [reason, note]),
      [['offensive', 'see here']],
    );
    assert.equal((await call(people.student, `/api/v1/groups/${group}/moderation/queue`)).status, 403);
    await decide(people.instructor, reply.id, { action: 'approve', version: 1 });
    assert.deepEqual(await queue(), []);
  });

  it('locks a thread against all but staff', async () => {
    const root = await postGloss(people.author, group);
    await decide(people.instructor, root.id, { action: 'lock', version: 1 });
    const path = `/api/v1/annotations/${root.id}/replies`;
    assert.equal((await call(people.student, path, { body: { body: 'x' } })).status, 423);
    assert.equal((await call(people.instructor, path, { body: { body: 'x' } })).status, 201);
  });

  it('does not let its author bring back by deleting what staff has hidden', async () => {
    const { id } = await postGloss(people.author, group);
    await decide(people.instructor, id, { action: 'hide', reason: 'x', version: 1 });
    await call(people.author, `/api/v1/annotations/${id}`, {
      method: 'DELETE',
      headers: { 'if-match': '"2"' },
    });
    await decide(people.author, id, { action: 'restore', version: 3 });
    assert.equal((await read(people.author, id)).state, 'hidden');
    assert.equal((await read(people.author, id)).reason, 'x');
  });

  it('remembers what staff has hidden when it unlocks the thread after its author has deleted it', async () => {
    const { id } = await postGloss(people.author, group);
    await decide(people.instructor, id, { action: 'lock', version: 1 });
    await decide(people.instructor, id, { action: 'hide', reason: 'x', version: 2 });
    await call(people.author, `/api/v1/annotations/${id}`, {
      method: 'DELETE',
      headers: { 'if-match': '"3"' },
    });
    assert.equal((await decide(people.instructor, id, { action: 'unlock', version: 4 })).status, 200);
    assert.equal((await decide(people.author, id, { action: 'restore', version: 5 })).status, 200);
    assert.equal((await read(people.author, id)).state, 'hidden');
  });

  it('leaves a private note to its author', async () => {
    const { id } = await postGloss(people.author, group, { visibility: 'private' });
    assert.equal((await decide(people.instructor, id, { action: 'hide', reason: 'x' })).status, 404);
  });

  it('has a log that nobody can rewrite', async () => {
    await assert.rejects(pool().query(`UPDATE decision SET reason = 'nothing'`), /never changed or removed/);
    await assert.rejects(pool().query('DELETE FROM decision'), /never changed or removed/);
  });
});
