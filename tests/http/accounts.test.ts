import assert from 'node:assert/strict';
import { before, beforeEach, describe, it } from 'node:test';
import { db } from '@/lib/db';
import { checkPassword } from '@/lib/identity/sign-in';
import { freshDatabase } from '../support/fresh-database';
import {
  anonymous,
  atBrowser,
  call,
  createAdmin,
  createSeminar,
  createUserWithToken,
  postGloss,
  publishSampleEdition,
  type TestUser,
} from '../support/seminar';

const NEW = 'quite another password';

describe('accounts', () => {
  let admin: TestUser;
  let other: TestUser;
  let anna: TestUser;
  let teacher: TestUser;
  let slug = '';

  before(async () => {
    await freshDatabase();
    await publishSampleEdition();
    admin = await atBrowser(await createAdmin());
  });

  beforeEach(async () => {
    anna = await createUserWithToken('anna');
    other = await createUserWithToken('other');
    teacher = await atBrowser(await createUserWithToken('teacher'));
    slug = await createSeminar({
      teacher: { somebody: teacher, role: 'instructor' },
      anna: { somebody: anna, role: 'student' },
    });
  });

  const account = (id: string, rest = '') => `/api/v1/accounts/${id}${rest}`;
  const secretOf = (url: string) => url.slice(url.indexOf('#') + 1);
  const linkOf = async (who: TestUser, path: string) => {
    const response = await call(who, path, { method: 'POST' });
    return { status: response.status, ...(await response.json()) };
  };
  const setPassword = (secret: string, more: Record<string, unknown> = {}) =>
    call(anonymous, '/api/v1/passwords', { body: { secret, password: NEW, ...more } });
  const opens = async ({ email }: TestUser, password = NEW) =>
    (await checkPassword({ email, password }, 'test')) !== undefined;
  const member = (id: string) => `/api/v1/groups/${slug}/members/${id}/password-link`;
  const status = async (response: Promise<Response>) => (await response).status;

  describe('whose password is forgotten', () => {
    it('get a new one by a link of the administrator, once', async () => {
      const session = await atBrowser(anna);
      const { status: made, url, mailed } = await linkOf(admin, account(anna.id, '/password-link'));
      assert.deepEqual([made, mailed], [201, false]);
      assert.equal(await status(setPassword(secretOf(url), { password: 'short' })), 422);
      assert.equal(await status(setPassword(secretOf(url))), 204);
      assert.ok(await opens(anna));
      assert.equal(await status(call(session, '/api/v1/me')), 401, 'its sessions end');
      assert.equal(await status(call(anna, '/api/v1/me')), 200, 'its tokens stay unless said');
      assert.equal(await status(setPassword(secretOf(url))), 404, 'it is used up');
    });

    it('keep sessions and lose tokens where they say so', async () => {
      const session = await atBrowser(anna);
      const { url } = await linkOf(admin, account(anna.id, '/password-link'));
      await setPassword(secretOf(url), { endSessions: false, endTokens: true });
      assert.equal(await status(call(session, '/api/v1/me')), 200);
      assert.equal(await status(call(anna, '/api/v1/me')), 401);
    });

    it('are opened by one of several who send the link at the same time', async () => {
      const { url } = await linkOf(admin, account(anna.id, '/password-link'));
      const answers = await Promise.all(
        Array.from({ length: 6 }, (_, i) => setPassword(secretOf(url), { password: `password number ${i}` })),
      );
      assert.equal(answers.filter((answer) => answer.status === 204).length, 1);
    });

    it('are not opened by a link that is old, was followed by another, or is unknown', async () => {
      const first = await linkOf(admin, account(anna.id, '/password-link'));
      const second = await linkOf(admin, account(anna.id, '/password-link'));
      assert.equal(await status(setPassword(secretOf(first.url))), 404);
      await db.passwordLink.updateMany({ data: { expires: new Date(Date.now() - 1) } });
      assert.equal(await status(setPassword(secretOf(second.url))), 404);
      assert.equal(await status(setPassword('unknown')), 404);
      assert.ok(!(await opens(anna)));
    });

    it('have links of which the database holds a hash alone', async () => {
      const { url } = await linkOf(admin, account(anna.id, '/password-link'));
      const rows = JSON.stringify(await db.passwordLink.findMany());
      assert.ok(!rows.includes(secretOf(url)));
    });

    it('get a link of an instructor, if they are a student and nothing else anywhere', async () => {
      const { status: made, url } = await linkOf(teacher, member(anna.id));
      assert.equal(made, 201);
      assert.equal(await status(setPassword(secretOf(url))), 204);
      assert.ok(await opens(anna));
      const { changes } = await (await call(admin, account(anna.id))).json();
      assert.deepEqual(
        changes.map(({ kind, actor }: { kind: string; actor: { id: string } | null }) => [kind, actor?.id]),
        [
          ['password-set', undefined],
          ['link-made', teacher.id],
        ],
      );
    });

    it('get none of staff that could become more than it is by it', async () => {
      const refused = async (who: TestUser, id: string) =>
        assert.equal((await linkOf(who, member(id))).status, 403);
      const assistant = await atBrowser(await createUserWithToken('assistant'));
      await db.member.create({
        data: { groupId: await groupId(slug), userId: assistant.id, role: 'assistant' },
      });
      // Nobody below an instructor, and by no token.
      await refused(assistant, anna.id);
      await refused(await atBrowser(anna), anna.id);
      await refused(anna, anna.id);
      // Not for staff, nor for the viewer.
      await refused(teacher, assistant.id);
      await refused(teacher, teacher.id);
      // Not for an administrator, though a student here.
      await db.user.update({ where: { id: anna.id }, data: { admin: true } });
      await refused(teacher, anna.id);
      await db.user.update({ where: { id: anna.id }, data: { admin: false } });
      // Not for who is, or was, in a group of others: an invitation makes anybody a member of one's own group.
      const elsewhere = await createSeminar({ anna: { somebody: anna, role: 'student' } });
      await refused(teacher, anna.id);
      await db.member.deleteMany({ where: { groupId: await groupId(elsewhere) } });
      await db.formerMember.create({
        data: { groupId: await groupId(elsewhere), userId: anna.id, removed: false },
      });
      await refused(teacher, anna.id);
      assert.equal((await linkOf(teacher, member(other.id))).status, 404);
      const stranger = await atBrowser(other);
      assert.equal((await linkOf(stranger, member(anna.id))).status, 404);
    });

    it('cannot ask for a link where no mail is sent, whether they exist or not', async () => {
      const ask = async (email: string) => {
        const response = await call(anonymous, '/api/v1/password-links', { body: { email } });
        return [response.status, await response.text()];
      };
      assert.deepEqual(await ask(anna.email), await ask('nobody@tests.example'));
      assert.equal((await ask(anna.email))[0], 409);
    });
  });

  const groupId = async (of: string) =>
    (await db.group.findUniqueOrThrow({ where: { slug: of }, select: { id: true } })).id;

  describe('that are deactivated', () => {
    const deactivate = (id: string) => call(admin, account(id), { method: 'PATCH', body: { active: false } });

    it('sign in nowhere, and are in use again when they are activated', async () => {
      const note = await postGloss(anna, slug, { body: 'It stays.' });
      const session = await atBrowser(anna);
      const { url } = await linkOf(admin, account(anna.id, '/password-link'));
      await setPassword(secretOf(url), { endSessions: false });
      const before = await linkOf(admin, account(anna.id, '/password-link'));
      assert.equal(await status(deactivate(anna.id)), 200);
      for (const who of [anna, session]) assert.equal(await status(call(who, '/api/v1/me')), 401);
      assert.ok(!(await opens(anna)));
      assert.equal(await status(setPassword(secretOf(before.url))), 404);
      assert.equal((await linkOf(admin, account(anna.id, '/password-link'))).status, 409);
      const seen = await (await call(teacher, `/api/v1/annotations/${note.id}`)).json();
      assert.equal(seen.author.name, 'anna');
      await call(admin, account(anna.id), { method: 'PATCH', body: { active: true } });
      assert.ok(await opens(anna));
      assert.equal(await status(call(session, '/api/v1/me')), 401, 'what ended stays ended');
    });

    it('get no session, however they come to ask for one', async () => {
      await deactivate(anna.id);
      const late = await atBrowser(anna);
      assert.equal(await status(call(late, '/api/v1/me')), 401);
    });

    it('are never oneself, or the last administrator', async () => {
      assert.equal(await status(deactivate(admin.id)), 409);
      const unmake = { method: 'PATCH', body: { admin: false } };
      assert.equal(await status(call(admin, account(admin.id), unmake)), 409);
      const second = await atBrowser(await createAdmin());
      assert.deepEqual(
        (
          await Promise.all([
            call(admin, account(second.id), unmake),
            call(second, account(admin.id), unmake),
          ])
        )
          .map((response) => response.status)
          .sort()
          .slice(0, 1),
        [200],
      );
      assert.equal(await db.user.count({ where: { admin: true, deactivatedAt: null } }), 1);
      const [left] = await db.user.findMany({ where: { admin: true, deactivatedAt: null } });
      await db.user.update({ where: { id: admin.id }, data: { admin: true } });
      if (left?.id !== admin.id) await db.user.update({ where: { id: left?.id }, data: { admin: false } });
    });
  });

  describe('that are deleted', () => {
    const remove = (id: string, query = '') => call(admin, account(id, query), { method: 'DELETE' });

    it('leave what was written, under their name or without it', async () => {
      for (const [query, name] of [
        ['', 'anna'],
        ['?name=remove', 'Former member'],
      ] as const) {
        const writer = await createUserWithToken('anna');
        await db.member.create({
          data: { groupId: await groupId(slug), userId: writer.id, role: 'student' },
        });
        const note = await postGloss(writer, slug, { body: 'It stays.' });
        assert.equal(await status(remove(writer.id, query)), 204);
        assert.equal(await status(call(writer, '/api/v1/me')), 401);
        const seen = await (await call(teacher, `/api/v1/annotations/${note.id}`)).json();
        assert.deepEqual([seen.body, seen.author.name], ['It stays.', name]);
        const members = await (await call(teacher, `/api/v1/groups/${slug}/members`)).json();
        assert.ok(!members.items.some(({ id }: { id: string }) => id === writer.id));
        const made = await call(admin, '/api/v1/accounts', { body: { email: writer.email, name: 'New' } });
        assert.equal(made.status, 201, 'the address is free');
        assert.equal(
          await status(call(admin, account(writer.id), { method: 'PATCH', body: { active: true } })),
          409,
        );
      }
    });

    it('are not the only owner of a group, nor oneself', async () => {
      const owned = await createSeminar({ anna: { somebody: anna, role: 'owner' } });
      const response = await remove(anna.id);
      assert.equal(response.status, 409);
      assert.match((await response.json()).detail, /only owner of: Seminar/);
      assert.equal(await status(call(anna, `/api/v1/groups/${owned}`)), 200, 'nothing was changed');
      assert.equal(await status(remove(admin.id)), 409);
    });
  });

  it('are managed by administrators at a browser alone', async () => {
    const token = await createAdmin();
    for (const [who, expected] of [
      [token, 403],
      [anna, 403],
      [teacher, 403],
      [anonymous, 401],
    ] as const) {
      const calls = [
        call(who, account(other.id)),
        call(who, account(other.id), { method: 'PATCH', body: { active: false } }),
        call(who, account(other.id), { method: 'DELETE' }),
        call(who, account(other.id, '/password-link'), { method: 'POST' }),
        call(who, account(other.id, '/merge'), { body: { into: anna.id } }),
      ];
      for (const answer of calls) assert.equal(await status(answer), expected);
    }
  });
});
