import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { after, before, describe, it } from 'node:test';
import { db } from '@/lib/db';
import { createTokenFor, operator, rememberViewers } from '@/lib/identity';
import { freshDatabase } from '../../support/fresh-database';
import { call, createSeminar, createUserWithToken, type TestUser } from '../../support/seminar';
import { until } from '../../support/until';

/** Seconds in which a change is known to the other process. It takes some five milliseconds. */
const SOON = 1;

describe('who asks, remembered by two processes', () => {
  let other: ChildProcess;
  let url = '';
  let owner: TestUser;
  let student: TestUser;
  let group = '';
  let forget: () => Promise<void>;

  before(async () => {
    await freshDatabase();
    owner = await createUserWithToken('owner');
    student = await createUserWithToken('student');
    group = await createSeminar({
      owner: { somebody: owner, role: 'owner' },
      student: { somebody: student, role: 'student' },
    });
    forget = await rememberViewers();
    const args = ['--conditions=react-server', '--import', 'tsx', 'tests/support/serve-api.ts'];
    other = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
    const [port] = await once(other.stdout as NonNullable<typeof other.stdout>, 'data');
    url = `http://127.0.0.1:${String(port).trim()}`;
  });
  after(async () => {
    other.kill();
    await forget();
  });

  /** Asks here, and the other process. */
  const here = async (who: TestUser, path: string) => (await call(who, path)).status;
  const there = async (who: TestUser, path: string, method = 'GET') =>
    (await fetch(url + path, { method, headers: { authorization: `Bearer ${who.token}` } })).status;
  const members = () => `/api/v1/groups/${group}/members`;

  it('is not asked of the database again', async () => {
    assert.equal(await here(student, '/api/v1/me'), 200);
    const { id } = await db.token.findFirstOrThrow({ where: { userId: student.id } });
    // What no trigger tells of stays as it was until the minute is over: `last_used_at` is not who somebody is.
    await db.token.update({ where: { id }, data: { lastUsedAt: null } });
    assert.equal(await here(student, '/api/v1/me'), 200);
    assert.equal((await db.token.findUniqueOrThrow({ where: { id } })).lastUsedAt, null);
  });

  it('ends at once here, and soon there, where a member is removed, and the other way round', async () => {
    for (const [remove, isGone] of [
      [() => call(owner, `${members()}/${student.id}`, { method: 'DELETE' }), there],
      [() => there(owner, `${members()}/${student.id}`, 'DELETE'), here],
    ] as const) {
      await call(owner, members(), { body: { email: student.email, role: 'student' } });
      await until(async () => (await there(student, members())) === 200, SOON);
      await until(async () => (await here(student, members())) === 200, SOON);
      await remove();
      const isNear = isGone === there ? here : there;
      assert.equal(await isNear(student, members()), 404, 'the process that removed them');
      await until(async () => (await isGone(student, members())) === 404, SOON);
    }
  });

  it('ends with the token, with a role, and with a session', async () => {
    const spare = { ...student, token: (await createTokenFor(operator, student.email, {})).token };
    assert.deepEqual([await here(spare, '/api/v1/me'), await there(spare, '/api/v1/me')], [200, 200]);
    await db.token.deleteMany({ where: { userId: student.id, name: 'command line', scope: 'read' } });
    for (const ask of [here, there]) await until(async () => (await ask(spare, '/api/v1/me')) === 401, SOON);
    assert.equal(await there(owner, `/api/v1/groups/${group}/invitations`), 200);
    await db.member.updateMany({ where: { userId: owner.id }, data: { role: 'student' } });
    await until(async () => (await there(owner, `/api/v1/groups/${group}/invitations`)) === 403, SOON);
  });
});
