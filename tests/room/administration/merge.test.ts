import assert from 'node:assert/strict';
import { before, beforeEach, describe, it } from 'node:test';
import { mergeAccounts } from '@/lib/administration';
import { db } from '@/lib/db';
import { operator } from '@/lib/identity';
import { newId } from '@/lib/kernel/ids';
import { columnsOfPeople } from '@/lib/privacy/registry';
import { freshDatabase } from '../../support/fresh-database';
import {
  atBrowser,
  call,
  createAdmin,
  createSeminar,
  createUserWithToken,
  postGloss,
  publishSampleEdition,
  type TestUser,
} from '../../support/seminar';

/** Every column that names a person, and what a merge does with it (the registry of personal data). */
const COLUMNS = columnsOfPeople();

describe('two accounts of one person', () => {
  let admin: TestUser;
  let from: TestUser;
  let into: TestUser;
  let owner: TestUser;
  let slug = '';
  let groupId = '';

  before(async () => {
    await freshDatabase();
    await publishSampleEdition();
    admin = await atBrowser(await createAdmin());
    owner = await createUserWithToken('owner');
  });

  beforeEach(async () => {
    from = await createUserWithToken('from');
    into = await createUserWithToken('into');
    slug = await createSeminar({
      owner: { somebody: owner, role: 'owner' },
      from: { somebody: from, role: 'assistant' },
    });
    groupId = (await db.group.findUniqueOrThrow({ where: { slug } })).id;
  });

  const merge = (who = admin) => call(who, `/api/v1/accounts/${from.id}/merge`, { body: { into: into.id } });

  /** The columns of the database that hold this id, with how often. */
  async function columnsWith(id: string): Promise<string[]> {
    const found: string[] = [];
    for (const name of Object.keys(COLUMNS)) {
      const [table, column] = name.split('.');
      const rows = await db.$queryRawUnsafe<{ n: number }[]>(
        `SELECT count(*)::int AS n FROM "${table}" WHERE "${column}" = $1::uuid`,
        id,
      );
      if ((rows[0]?.n ?? 0) > 0) found.push(name);
    }
    return found;
  }

  it('are known in these columns alone', async () => {
    const rows = await db.$queryRaw<{ name: string }[]>`
      SELECT c.relname || '.' || a.attname AS name FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid
       WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p') AND a.atttypid = 'uuid'::regtype
         AND (a.attname ~ '^(user|author|actor|subject|person|member|other|recipient)_id$' OR a.attname ~ '_by$'
           OR EXISTS (SELECT FROM pg_constraint k WHERE k.contype = 'f' AND k.conrelid = c.oid
                AND k.confrelid = '"user"'::regclass AND a.attnum = ANY(k.conkey)))
       ORDER BY 1`;
    assert.deepEqual(
      rows.map(({ name }) => name),
      Object.keys(COLUMNS).sort(),
    );
  });

  it('are one afterwards, with every row of both', async () => {
    const note = await postGloss(from, slug, { body: 'mine', visibility: 'private' });
    const others = await postGloss(owner, slug, { body: 'theirs' });
    await call(from, `/api/v1/annotations/${others.id}/flags`, { body: { reason: 'wrong', note: '' } });
    await call(from, `/api/v1/annotations/${others.id}/moderation`, {
      body: { action: 'pin', reason: '', version: others.version },
    });
    const hidden = await postGloss(from, slug, { body: 'hidden' });
    await call(owner, `/api/v1/annotations/${hidden.id}/moderation`, {
      body: { action: 'hide', reason: 'x' },
    });
    await call(from, `/api/v1/annotations/${hidden.id}/appeal`, { body: { words: 'No.' } });
    await call(from, `/api/v1/annotations/${others.id}/agree`, { method: 'POST' });
    await call(from, `/api/v1/annotations/${others.id}/read`, { method: 'PUT' });
    await fillRows();
    const before = await columnsWith(from.id);
    assert.deepEqual(
      Object.keys(COLUMNS).filter((name) => !before.includes(name) && COLUMNS[name] !== 'stays'),
      [],
      'the test fills every column that a merge empties',
    );
    const response = await merge();
    assert.equal(response.status, 200, await response.clone().text());
    assert.deepEqual(
      (await columnsWith(from.id)).filter((name) => COLUMNS[name] !== 'stays'),
      [],
    );
    const after = await columnsWith(into.id);
    for (const name of before) if (COLUMNS[name] === 'moves') assert.ok(after.includes(name), name);
    const seen = await (await call(into, `/api/v1/annotations/${note.id}`)).json();
    assert.deepEqual([seen.body, seen.author.id, seen.version], ['mine', into.id, note.version + 1]);
    assert.equal((await call(from, '/api/v1/me')).status, 401);
    const { changes } = await response.json();
    assert.deepEqual(
      [changes[0].kind, changes[0].actor.id, changes[0].other.id],
      ['merged', admin.id, from.id],
    );
  });

  /** A row for `from` in every table that a merge empties, beside those that calls have made. */
  async function fillRows(): Promise<void> {
    const userId = from.id;
    const assignmentId = newId();
    const subgroupId = newId();
    const other = await createSeminar({ owner: { somebody: owner, role: 'owner' } });
    const otherId = (await db.group.findUniqueOrThrow({ where: { slug: other } })).id;
    await db.assignment.create({
      data: { groupId, id: assignmentId, title: 'One', edition: 'gheorghiu-2009', sections: ['doc1'] },
    });
    await db.participation.create({ data: { groupId, assignmentId, userId } });
    await db.watch.create({ data: { groupId, userId, subject: 'section:a/b', watching: true } });
    await db.noticeSetting.create({ data: { userId } });
    const words = { groupId, userId, actorId: owner.id, words: 'of staff' };
    await db.warning.create({ data: { id: newId(), ...words } });
    await db.memberNote.create({ data: { id: newId(), ...words } });
    await db.readTo.create({ data: { groupId, userId, at: new Date() } });
    await db.queueLook.create({ data: { groupId, userId, annotationId: newId() } });
    await db.notice.create({
      data: { groupId, id: newId(), userId, kind: 'report', source: 'event:1', createdAt: new Date() },
    });
    await db.subgroup.create({ data: { groupId, id: subgroupId, name: 'A' } });
    await db.subgroupMember.create({ data: { groupId, subgroupId, userId } });
    await db.formerMember.create({ data: { groupId: otherId, userId, removed: true } });
    await db.invitation.create({
      data: { groupId, id: newId(), code: newId(), role: 'student', createdBy: userId },
    });
    await db.emailInvitation.create({
      data: { groupId, id: newId(), email: `${newId()}@tests.example`, role: 'student', createdBy: userId },
    });
    await db.import.create({ data: { groupId, id: newId(), actorId: userId, format: 'w3c', total: 0 } });
    await db.account.create({
      data: { issuer: 'https://id.example', subject: userId, userId, type: 'oauth' },
    });
    await db.passwordLink.create({ data: { hash: newId(), userId, mailed: false, expires: new Date() } });
    await db.session.create({ data: { sessionToken: newId(), userId, expires: new Date() } });
    await db.user.create({
      data: { id: newId(), mergedInto: userId, deletedAt: new Date(), deactivatedAt: new Date() },
    });
  }

  it('keep the higher role, and the membership of either', async () => {
    const here = async () =>
      db.member.findMany({ where: { groupId, userId: into.id }, select: { role: true } });
    await db.member.create({ data: { groupId, userId: into.id, role: 'student' } });
    await db.formerMember.create({ data: { groupId, userId: from.id, removed: true } });
    await merge();
    assert.deepEqual(await here(), [{ role: 'assistant' }]);
    assert.equal(await db.formerMember.count({ where: { groupId, userId: into.id } }), 0);
  });

  it('stay removed from a group where either was removed and neither is a member', async () => {
    await db.member.deleteMany({ where: { groupId, userId: from.id } });
    await db.formerMember.create({ data: { groupId, userId: from.id, removed: true } });
    await db.formerMember.create({ data: { groupId, userId: into.id, removed: false } });
    await merge();
    const former = await db.formerMember.findMany({ where: { groupId, userId: into.id } });
    assert.deepEqual(
      former.map(({ removed }) => removed),
      [true],
    );
  });

  it('keep the later dates and both grades of one assignment, and one flag', async () => {
    const key = { groupId, assignmentId: newId() };
    const days = (n: number) => new Date(Date.UTC(2030, 0, n));
    await db.assignment.create({
      data: { groupId, id: key.assignmentId, title: 'One', edition: 'gheorghiu-2009', sections: ['doc1'] },
    });
    await db.participation.create({
      data: { ...key, userId: from.id, due: days(9), grade: 'B', comment: 'old', unlockedAt: days(1) },
    });
    await db.participation.create({
      data: { ...key, userId: into.id, due: days(3), grade: 'A', comment: 'new' },
    });
    const { id: annotationId } = await postGloss(owner, slug, { body: 'theirs' });
    for (const userId of [from.id, into.id])
      await db.flag.create({ data: { groupId, annotationId, userId, reason: 'wrong' } });
    await merge();
    const [left, ...rest] = await db.participation.findMany({ where: key });
    assert.equal(rest.length, 0);
    assert.deepEqual(
      [left?.userId, left?.due, left?.grade, left?.comment, left?.unlockedAt],
      [into.id, days(9), 'A', 'new\n(B)\nold', days(1)],
    );
    assert.deepEqual(
      (await db.flag.findMany({ where: { annotationId } })).map(({ userId }) => userId),
      [into.id],
    );
  });

  it('are not the administrator’s own, nor an administrator’s, nor one already', async () => {
    const status = async (who: TestUser, a: string, b: string) =>
      (await call(who, `/api/v1/accounts/${a}/merge`, { body: { into: b } })).status;
    assert.equal(await status(admin, from.id, admin.id), 403);
    assert.equal(await status(admin, admin.id, into.id), 403);
    assert.equal(await status(admin, from.id, from.id), 409);
    assert.equal(await status(admin, (await createAdmin()).id, into.id), 409);
    assert.equal(await status(admin, newId(), into.id), 404);
    await mergeAccounts(operator, from.id, into.id);
    assert.equal(await status(admin, from.id, into.id), 409, 'it was merged before');
  });
});
