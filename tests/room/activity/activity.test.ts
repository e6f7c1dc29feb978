import assert from 'node:assert/strict';
import { before, describe, it } from 'node:test';
import { readSince, recordActivity } from '@/lib/activity';
import { db, transaction } from '@/lib/db';
import { anonymous, operator, type Viewer, viewerOf } from '@/lib/identity';
import type { AppError } from '@/lib/kernel/errors';
import { freshDatabase } from '../../support/fresh-database';
import {
  call,
  createSeminar,
  createUserWithToken,
  postGloss,
  publishSampleEdition,
  type TestUser,
} from '../../support/seminar';

describe('the activity of a group', () => {
  let student: TestUser;
  let outsider: TestUser;
  let slug = '';
  let groupId = '';
  let member: Viewer;

  before(async () => {
    await freshDatabase();
    await publishSampleEdition();
    student = await createUserWithToken('student');
    outsider = await createUserWithToken('outsider');
    slug = await createSeminar({ student: { somebody: student, role: 'student' } }, 'open');
    groupId = (await db.group.findUniqueOrThrow({ where: { slug } })).id;
    member = (await viewerOf(student.id)) as Viewer;
  });

  it('is read in order, from after an event, with what each kind carries', async () => {
    const { id } = await postGloss(student, slug);
    await call(student, `/api/v1/annotations/${id}`, {
      method: 'PATCH',
      body: { body: 'Noise, rather.' },
      headers: { 'if-match': '*' },
    });
    const events = await readSince(member, groupId, 0n);
    assert.deepEqual(
      events.map(({ kind }) => kind),
      ['group.created', 'annotation.created', 'annotation.changed'],
    );
    const [founded, created, changed] = events;
    assert.ok(founded && created && changed);
    assert.ok(founded.seq < created.seq && created.seq < changed.seq);
    assert.equal(created.kind, 'annotation.created');
    if (created.kind === 'annotation.created')
      assert.deepEqual([created.annotationId, created.actorId], [id, student.id]);
    assert.deepEqual(await readSince(member, groupId, created.seq), [changed]);
    assert.deepEqual(await readSince(member, groupId, 0n, 1), [founded]);
    assert.deepEqual(await readSince(member, groupId, changed.seq), []);
  });

  it('is not another group’s, and not for who is no member', async () => {
    const other = await createSeminar({ outsider: { somebody: outsider, role: 'owner' } });
    const { id: otherId } = await db.group.findUniqueOrThrow({ where: { slug: other } });
    const seen = await readSince((await viewerOf(outsider.id)) as Viewer, otherId, 0n);
    assert.deepEqual(
      seen.map(({ kind, groupId }) => [kind, groupId]),
      [['group.created', otherId]],
    );
    const refused = (error: AppError) => error.code === 'not_found';
    for (const viewer of [(await viewerOf(outsider.id)) as Viewer, anonymous, operator])
      await assert.rejects(readSince(viewer, groupId, 0n), refused);
  });

  it('has nothing of a transaction that failed', async () => {
    const before = await readSince(member, groupId, 0n);
    const failing = transaction(async (tx) => {
      await recordActivity(tx, { groupId, kind: 'group.updated', actorId: student.id });
      throw new Error('undone');
    });
    await assert.rejects(failing, /undone/);
    assert.deepEqual(await readSince(member, groupId, 0n), before);
  });
});
