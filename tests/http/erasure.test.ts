import assert from 'node:assert/strict';
import { mkdtemp, readdir, readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { before, describe, it } from 'node:test';
import { keepHeads, verifyAudit } from '@/lib/audit';
import { db, pool } from '@/lib/db';
import { operator, resetPassword } from '@/lib/identity';
import { runJobsOnce } from '@/lib/job';
import { newId } from '@/lib/kernel/ids';
import { PRIVACY_TASKS } from '@/lib/privacy';
import { freshDatabase } from '../support/fresh-database';
import {
  anonymous,
  atBrowser,
  call,
  createAdmin,
  createSeminar,
  createUserWithToken,
  postGloss,
  postReply,
  publishSampleEdition,
  type TestUser,
} from '../support/seminar';

const PASSWORD = 'a password of the tests';

/** Somebody whose name, address and words stand nowhere else. */
type Marked = TestUser & { name: string; word: string };

describe('an erasure', () => {
  let data = '';
  let staff: TestUser;
  let other: TestUser;
  let slug = '';
  let groupId = '';

  before(async () => {
    data = await mkdtemp(path.join(tmpdir(), 'erasure-'));
    process.env.SCHOLION_DATA = data;
    process.env.SCHOLION_DELETED_WORDS_DAYS = '30';
    await freshDatabase();
    await publishSampleEdition();
    staff = await createUserWithToken('staff');
    other = await createUserWithToken('other');
    slug = await createSeminar({
      staff: { somebody: staff, role: 'owner' },
      other: { somebody: other, role: 'student' },
    });
    groupId = (await db.group.findUniqueOrThrow({ where: { slug } })).id;
  });

  async function join(login: string, role: 'student' | 'assistant' = 'assistant'): Promise<Marked> {
    const name = `Zebulon ${login}mark`;
    const somebody = await createUserWithToken(`zeb-${login}`, 'moderate', name);
    await call(staff, `/api/v1/groups/${slug}/members`, { body: { email: somebody.email, role } });
    await resetPassword(operator, somebody.email, PASSWORD);
    return { ...somebody, name, word: `quux${login}` };
  }

  const erase = async (somebody: TestUser, notes: string, password = PASSWORD) =>
    call(await atBrowser(somebody), '/api/v1/me/erasure', { body: { notes, password } });
  const read = async (who: TestUser, id: string) => (await call(who, `/api/v1/annotations/${id}`)).json();

  /** Everything that is kept of somebody: in the places of the registry, and in words of others. */
  async function leaveTraces(somebody: Marked) {
    const { id: userId, word, name, email } = somebody;
    const shared = await postGloss(somebody, slug, { body: `${word} for all`, tags: [word] });
    const own = await postGloss(somebody, slug, { body: `${word} for myself`, visibility: 'private' });
    const gone = await postGloss(somebody, slug, { body: `${word} that I regret` });
    await call(somebody, `/api/v1/annotations/${shared.id}`, {
      method: 'PATCH',
      headers: { 'if-match': '"1"' },
      body: { body: `${word} for all, better` },
    });
    await call(somebody, `/api/v1/annotations/${gone.id}`, {
      method: 'DELETE',
      headers: { 'if-match': '"1"' },
    });
    const answer = await postReply(other, shared.id, { body: `So says @[${name}](${userId}), or ${email}.` });
    const theirs = await postGloss(other, slug, { body: 'Of the other.' });
    const mine = await postReply(somebody, theirs.id, { body: `${word} in answer` });
    await call(somebody, `/api/v1/annotations/${theirs.id}/flags`, { body: { reason: 'wrong', note: word } });
    await call(somebody, `/api/v1/annotations/${theirs.id}/agree`, { method: 'POST' });
    await call(somebody, `/api/v1/annotations/${theirs.id}/read`, { method: 'PUT' });
    await call(somebody, `/api/v1/annotations/${theirs.id}/watch`, { method: 'POST' });
    await call(somebody, `/api/v1/annotations/${theirs.id}/moderation`, {
      body: { action: 'pin', reason: word, version: 1 },
      headers: { 'idempotency-key': newId() },
    });
    await call(staff, `/api/v1/annotations/${mine.id}/moderation`, {
      body: { action: 'hide', reason: `${word}!`, version: 1 },
    });
    await call(staff, `/api/v1/annotations/${mine.id}/moderation`, {
      body: { action: 'restore', version: 2 },
    });
    const assignmentId = newId();
    const subgroupId = newId();
    await db.assignment.create({
      data: { groupId, id: assignmentId, title: 'One', edition: 'gheorghiu-2009', sections: ['doc1'] },
    });
    await db.participation.create({
      data: { groupId, assignmentId, userId, request: word, grade: word, comment: word },
    });
    await db.watch.create({
      data: { groupId, userId: other.id, subject: `person:${userId}`, watching: true },
    });
    await db.noticeSetting.create({ data: { userId } });
    await db.readTo.create({ data: { groupId, userId, at: new Date() } });
    await db.notice.create({
      data: { groupId, id: newId(), userId, kind: 'report', source: 'event:1', createdAt: new Date() },
    });
    await db.subgroup.create({ data: { groupId, id: subgroupId, name: 'A' } });
    await db.subgroupMember.create({ data: { groupId, subgroupId, userId } });
    await db.invitation.create({
      data: { groupId, id: newId(), code: newId(), role: 'student', createdBy: userId },
    });
    const elsewhere = await createSeminar({ owner: { somebody: staff, role: 'owner' } });
    const elsewhereId = (await db.group.findUniqueOrThrow({ where: { slug: elsewhere } })).id;
    await db.emailInvitation.create({
      data: { groupId: elsewhereId, id: newId(), email, role: 'student', createdBy: staff.id },
    });
    await db.verificationToken.create({ data: { identifier: email, token: newId(), expires: new Date() } });
    await db.import.create({ data: { groupId, id: newId(), actorId: userId, format: 'w3c', total: 0 } });
    await db.account.create({
      data: { issuer: 'https://id.example', subject: `sub-${userId}`, userId, type: 'oauth' },
    });
    await db.passwordLink.create({ data: { hash: newId(), userId, mailed: false, expires: new Date() } });
    await db.user.create({
      data: { id: newId(), name: `${name} the former`, mergedInto: userId, deletedAt: new Date() },
    });
    await pool().query(
      `SELECT graphile_worker.add_job('mail-notices', $1::json, queue_name => $2, job_key => $2)`,
      [JSON.stringify({ user: userId }), `mail:${userId}`],
    );
    return { shared, own, gone, answer, theirs, mine };
  }

  /** Where in the database and in the data folder something of somebody is found. */
  async function walk(marks: string[]): Promise<string[]> {
    const { rows: columns } = await pool().query<{
      schema: string;
      table: string;
      column: string;
      type: string;
    }>(`
      SELECT n.nspname AS schema, c.relname AS "table", a.attname AS "column", y.typname AS type
        FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid JOIN pg_namespace n ON n.oid = c.relnamespace
        JOIN pg_type y ON y.oid = a.atttypid
       WHERE c.relkind IN ('r', 'p', 'm') AND a.attnum > 0 AND NOT a.attisdropped AND n.nspname !~ '^(pg_|information_schema)'`);
    assert.ok(columns.length > 300, `only ${columns.length} columns were walked through`);
    const found: string[] = [];
    for (const { schema, table, column, type } of columns) {
      const holds =
        type === 'bytea'
          ? `EXISTS (SELECT FROM unnest($1::text[]) AS m WHERE position(convert_to(m, 'UTF8') IN x."${column}") > 0)`
          : `EXISTS (SELECT FROM unnest($1::text[]) AS m WHERE position(lower(m) IN lower(x."${column}"::text)) > 0)`;
      const { rows } = await pool().query(
        `SELECT count(*)::int AS n FROM "${schema}"."${table}" x WHERE ${holds}`,
        [marks],
      );
      if (rows[0].n > 0) found.push(`${schema}.${table}.${column}`);
    }
    for (const file of await readdir(data, { recursive: true, withFileTypes: true })) {
      if (!file.isFile()) continue;
      const content = await readFile(path.join(file.parentPath, file.name), 'latin1');
      if (marks.some((mark) => content.includes(mark))) found.push(file.name);
    }
    return found;
  }

  it('with the notes leaves no trace of its person in any table, queue or file, and others’ threads whole', async () => {
    const person = await join('gone');
    const { shared, own, gone, answer, theirs, mine } = await leaveTraces(person);
    await keepHeads();
    const marks = [person.id, person.name, person.email, person.word];
    const before = await walk(marks);
    for (const place of [
      'annotation.body',
      'annotation_version.body',
      'flag.note',
      'decision.reason',
      'event.actor_id',
    ])
      assert.ok(before.includes(`public.${place}`), `the test leaves no trace in ${place}: ${before}`);
    assert.ok(before.includes('graphile_worker._private_jobs.payload'), String(before));

    const response = await erase(person, 'remove');
    assert.equal(response.status, 202, await response.clone().text());
    const { address } = await response.json();
    assert.equal(response.headers.get('location'), address);
    // What others see is gone at once; a token and a session are good no longer.
    assert.equal((await read(other, shared.id)).body, '');
    assert.equal((await call(person, '/api/v1/me')).status, 401);
    const secret = String(address).split('/').pop();
    const state = async () => (await call(anonymous, `/api/v1/erasures/${secret}`)).json();
    assert.equal((await state()).done, null);

    await runJobsOnce(PRIVACY_TASKS);
    assert.deepEqual(await walk([...marks, `sub-${person.id}`]), []);
    const { done, result } = await state();
    assert.ok(done);
    assert.deepEqual([result.removed, result.anonymised, result.named], [4, 0, 0]);
    assert.ok(result.mentions >= 1 && result.rows >= 10);

    // The thread of the others stands, around a tombstone; the log still is the one that was written.
    const left = await read(other, shared.id);
    assert.deepEqual([left.state, left.body, left.tags], ['deleted', '', []]);
    assert.equal((await read(other, answer.id)).body, 'So says @Former member, or .');
    assert.equal((await read(other, theirs.id)).body, 'Of the other.');
    for (const id of [own.id, gone.id, mine.id]) {
      const [row] = await db.annotation.findMany({ where: { id } });
      assert.deepEqual([row?.body, row?.state, row?.authorId === person.id], ['', 'deleted', false]);
    }
    const report = await verifyAudit();
    assert.deepEqual(report.findings, []);
    assert.ok(report.amended > 0);
    const log = await (await call(staff, `/api/v1/groups/${slug}/moderation/log`)).json();
    assert.ok(
      log.items.some(
        ({ actor, action }: { actor: { name: string }; action: string }) =>
          action === 'pin' && actor.name === 'Former member',
      ),
    );
    // Their address is free, for somebody who has nothing to do with them.
    assert.equal(
      (await call(await createAdmin(), '/api/v1/accounts', { body: { email: person.email, name: 'New' } }))
        .status,
      201,
    );
  });

  it('without the notes leaves what others read, under nobody’s name, and takes the rest', async () => {
    const person = await join('kept');
    const { shared, own, gone } = await leaveTraces(person);
    const response = await erase(person, 'anonymise');
    assert.equal(response.status, 202);
    await runJobsOnce(PRIVACY_TASKS);
    const left = await read(other, shared.id);
    assert.deepEqual(
      [left.body, left.author.name, left.state],
      ['quuxkept for all, better', 'Former member', 'published'],
    );
    assert.notEqual(left.author.id, person.id);
    assert.deepEqual(await walk([person.id, person.name, person.email]), []);
    for (const id of [own.id, gone.id])
      assert.equal((await db.annotation.findFirstOrThrow({ where: { id } })).body, '');
    assert.deepEqual(await db.annotationVersion.count({ where: { annotationId: shared.id } }), 0);
    assert.deepEqual((await verifyAudit()).findings, []);
  });

  it('of what was deleted comes after the days that the operator has set, and takes nothing else', async () => {
    const old = await postGloss(other, slug, { body: 'deleted long ago' });
    const fresh = await postGloss(other, slug, { body: 'deleted now' });
    const stays = await postGloss(other, slug, { body: 'not deleted' });
    for (const { id } of [old, fresh]) {
      const change = { method: 'PATCH', headers: { 'if-match': '"1"' }, body: { body: 'deleted, better' } };
      await call(other, `/api/v1/annotations/${id}`, change);
      await call(other, `/api/v1/annotations/${id}`, { method: 'DELETE', headers: { 'if-match': '"2"' } });
    }
    await db.$executeRaw`UPDATE annotation SET created_at = now() - interval '31 days' WHERE id IN (${old.id}::uuid, ${fresh.id}::uuid)`;
    await db.$executeRaw`UPDATE earlier_sight SET at = now() - interval '31 days' WHERE annotation_id = ${old.id}::uuid`;
    await PRIVACY_TASKS['erase-deleted-words']?.({});
    const bodies = async () =>
      Promise.all(
        [old, fresh, stays].map(
          async ({ id }) => (await db.annotation.findFirstOrThrow({ where: { id } })).body,
        ),
      );
    assert.deepEqual(await bodies(), ['', 'deleted, better', 'not deleted']);
    const versions = await db.annotationVersion.findMany({
      where: { annotationId: { in: [old.id, fresh.id] } },
    });
    assert.deepEqual(
      versions.map(({ annotationId }) => annotationId),
      [fresh.id],
    );
  });

  it('wants a session, the password, and a choice; and says what stands in its way', async () => {
    const person = await join('careful', 'student');
    const by = (who: TestUser, body: object) => call(who, '/api/v1/me/erasure', { body });
    const good = { notes: 'remove', password: PASSWORD };
    assert.equal((await by(anonymous, good)).status, 401);
    assert.equal((await by(person, good)).status, 403, 'a token is not enough');
    assert.equal((await erase(person, 'remove', 'wrong')).status, 422);
    assert.equal((await erase(person, 'burn')).status, 422);
    assert.equal((await call(person, '/api/v1/me')).status, 200);
    assert.equal((await call(anonymous, '/api/v1/erasures/nothing')).status, 404);

    await createSeminar({ owner: { somebody: person, role: 'owner' } });
    const owner = await erase(person, 'remove');
    assert.equal(owner.status, 409);
    assert.match((await owner.json()).detail, /only owner of: Seminar \d+\. Make another its owner first/);
    await db.user.updateMany({ where: { admin: true }, data: { admin: false } });
    const admin = await createAdmin();
    await resetPassword(operator, admin.email, PASSWORD);
    const last = await erase(admin, 'remove');
    assert.equal(last.status, 409);
    assert.match((await last.json()).detail, /make somebody else one first/);
    assert.equal((await call(admin, '/api/v1/me')).status, 200);
  });
});
