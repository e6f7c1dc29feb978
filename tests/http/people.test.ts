import assert from 'node:assert/strict';
import { before, beforeEach, describe, it } from 'node:test';
import { db } from '@/lib/db';
import { createAccount, createTokenFor, operator } from '@/lib/identity';
import { freshDatabase } from '../support/fresh-database';
import {
  anonymous,
  call,
  createAdmin,
  createSeminar,
  createUserWithToken,
  postGloss,
  postReply,
  publishSampleEdition,
  type TestUser,
} from '../support/seminar';

describe('the people of a group', () => {
  const people = {} as Record<'owner' | 'instructor' | 'anna' | 'boris' | 'outsider', TestUser>;
  let slug = '';
  let made = 0;

  before(async () => {
    await freshDatabase();
    await publishSampleEdition();
    for (const name of ['owner', 'instructor', 'anna', 'boris', 'outsider'] as const)
      people[name] = await createUserWithToken(name);
  });

  beforeEach(async () => {
    slug = await createSeminar({
      owner: { somebody: people.owner, role: 'owner' },
      instructor: { somebody: people.instructor, role: 'instructor' },
      anna: { somebody: people.anna, role: 'student' },
      boris: { somebody: people.boris, role: 'student' },
    });
  });

  const path = (rest = '') => `/api/v1/groups/${slug}${rest}`;
  const codeOf = async (fields: Record<string, unknown> = {}) =>
    (await (await call(people.owner, path('/invitations'), { body: fields })).json()) as {
      id: string;
      code: string;
    };
  const person = (fields: Record<string, unknown> = {}) => ({
    name: 'New Person',
    email: `new${++made}@tests.example`,
    password: 'a long enough one',
    ...fields,
  });

  describe('make their own account by an invitation', () => {
    it('and are in, without an account before', async () => {
      const { code } = await codeOf();
      const body = person({ code, email: 'First.New@Tests.example' });
      const response = await call(anonymous, '/api/v1/accounts', { body });
      assert.equal(response.status, 201, await response.clone().text());
      const account = await response.json();
      assert.deepEqual(account.group, { slug, name: account.group.name, role: 'student' });
      assert.equal(account.email, 'first.new@tests.example');
      assert.equal(account.needsMail, false);
      const token = (await createTokenFor(operator, account.email, { scope: 'write' })).token;
      const me = await (await call({ ...anonymous, token }, '/api/v1/me')).json();
      assert.deepEqual(
        me.groups.map((group: { slug: string }) => group.slug),
        [slug],
      );
    });

    it('not by a code that is unknown, revoked or expired', async () => {
      const revoked = await codeOf();
      await call(people.owner, path(`/invitations/${revoked.id}`), { method: 'DELETE' });
      const expired = await codeOf({ expires: new Date(Date.now() - 1000).toISOString() });
      for (const code of ['abcdefghjkmn', revoked.code, expired.code]) {
        const response = await call(anonymous, '/api/v1/accounts', { body: person({ code }) });
        assert.equal(response.status, 404);
      }
    });

    it('not with fields that are wrong, which are named', async () => {
      const { code } = await codeOf();
      const wrong = async (fields: Record<string, unknown>) => {
        const response = await call(anonymous, '/api/v1/accounts', { body: person({ code, ...fields }) });
        const { errors } = await response.json();
        return [response.status, errors?.[0]?.pointer];
      };
      assert.deepEqual(await wrong({ email: 'nobody' }), [422, '/email']);
      assert.deepEqual(await wrong({ name: 'A\r\nBcc: b' }), [422, '/name']);
      assert.deepEqual(await wrong({ password: 'short' }), [422, '/password']);
      assert.deepEqual(await wrong({ password: undefined }), [422, '/password']);
      assert.deepEqual(await wrong({ admin: true }), [422, '/admin']);
      assert.deepEqual(await wrong({ email: people.anna.email }), [409, '/email']);
      assert.equal((await call(people.anna, '/api/v1/accounts', { body: person({ code }) })).status, 403);
      assert.equal((await call(anonymous, '/api/v1/accounts', { body: person() })).status, 401);
    });

    it('and do not take over what an address that they claim is invited to', async () => {
      const email = `victim${++made}@tests.example`;
      const other = await createSeminar({ owner: { somebody: people.owner, role: 'owner' } });
      await call(people.owner, `/api/v1/groups/${other}/members`, { body: { email, role: 'instructor' } });
      const { code } = await codeOf();
      await call(anonymous, '/api/v1/accounts', { body: person({ code, email }) });
      const token = (await createTokenFor(operator, email, { scope: 'write' })).token;
      const { groups } = await (await call({ ...anonymous, token }, '/api/v1/me')).json();
      assert.deepEqual(
        groups.map((group: { slug: string }) => group.slug),
        [slug],
      );
    });
  });

  describe('come in by a class list', () => {
    const send = (user: TestUser, text: string, query = '') =>
      call(user, path(`/roster${query}`), { body: text, headers: { 'content-type': 'text/csv' } });

    it('which is shown first, and read with any separator', async () => {
      const known = await createAccount(operator, { email: `known${++made}@tests.example`, name: 'Known' });
      for (const separator of [',', ';', '\t']) {
        const list = [
          ['email', 'name', 'role'],
          [`a${++made}@tests.example`, '"Ann ""A"""', 'student'],
          [known.email ?? '', 'Known', ''],
          [people.anna.email, 'Anna', 'student'],
          ['nobody', 'X', 'student'],
          [`b${made}@tests.example`, 'B', 'king'],
          [`A${made}@tests.example`, 'Twice', ''],
          [`c${made}@tests.example`, 'C', 'owner'],
        ];
        const text = `\uFEFF${list.map((line) => line.join(separator)).join('\r\n')}\r\n`;
        const dry = await (await send(people.instructor, text, '?dryRun=1')).json();
        assert.deepEqual([dry.added, dry.there], [0, 1]);
        assert.equal(dry.invited, 2);
        assert.deepEqual(
          dry.wrong.map(({ line }: { line: number }) => line),
          [5, 6, 7, 8],
        );
      }
      const before = await db.emailInvitation.count();
      const text = `name;email\nA;d${++made}@tests.example\n`;
      assert.deepEqual(await (await send(people.owner, text)).json(), {
        added: 0,
        invited: 1,
        there: 0,
        wrong: [],
      });
      assert.equal(await db.emailInvitation.count(), before + 1);
      assert.equal((await (await send(people.owner, text)).json()).there, 1);
    });

    it('and administrators, who may see all accounts, add those at once who have one', async () => {
      const admin = await createAdmin();
      await call(people.owner, path('/members'), { body: { email: admin.email, role: 'instructor' } });
      await call(admin, '/api/v1/me');
      const newcomer = await createUserWithToken('newcomer');
      const text = `email\n${newcomer.email}\n`;
      assert.equal((await (await send(admin, text)).json()).added, 1);
      assert.equal((await call(newcomer, path())).status, 200);
    });

    it('which only those send who may add members, and which has to be one', async () => {
      assert.equal((await send(people.anna, 'email\na@b.example')).status, 403);
      assert.equal((await send(people.outsider, 'email\na@b.example')).status, 404);
      assert.equal((await send(people.owner, 'Ann, a@b.example')).status, 422);
      assert.equal((await send(people.owner, 'email,name\n"a@b.example,A')).status, 422);
      assert.equal((await send(people.owner, 'email\na\u0000@b.example')).status, 422);
      const json = await call(people.owner, path('/roster'), { body: { email: 'a@b.example' } });
      assert.equal(json.status, 415);
      const long = `email\n${'a@b.example\n'.repeat(3_000)}`;
      assert.equal((await send(people.owner, long)).status, 413);
    });
  });

  describe('who leave or are removed', () => {
    const gone = {
      left: (user: TestUser) => call(user, path(`/members/${user.id}`), { method: 'DELETE' }),
      removed: (user: TestUser) => call(people.owner, path(`/members/${user.id}`), { method: 'DELETE' }),
    };
    for (const [how, end] of Object.entries(gone)) {
      it(`keep what they wrote readable, exportable and deletable (${how})`, async () => {
        const own = await postGloss(people.anna, slug);
        const secret = await postGloss(people.anna, slug, { visibility: 'private', body: 'secret-anna' });
        const reply = await postReply(people.boris, own.id, { body: 'words-of-boris' });
        assert.equal((await end(people.anna)).status, 204);
        for (const rest of ['', '/annotations', '/members', '/assignments', '/reading-list'])
          assert.equal((await call(people.anna, path(rest))).status, 404, rest);
        assert.equal((await call(people.anna, `/api/v1/annotations/${own.id}`)).status, 200);
        assert.equal((await call(people.anna, `/api/v1/annotations/${reply.id}`)).status, 404);
        for (const format of ['jsonld', 'md', 'zip']) {
          const file = await call(people.anna, path(`/export?format=${format}`));
          assert.equal(file.status, 200, format);
          const text = Buffer.from(await file.arrayBuffer()).toString('latin1');
          assert.ok(!text.includes('words-of-boris'));
          if (format !== 'zip') assert.ok(text.includes('secret-anna'));
        }
        const write = { method: 'PATCH', body: { body: 'x' }, headers: { 'If-Match': `"${own.version}"` } };
        assert.equal((await call(people.anna, `/api/v1/annotations/${own.id}`, write)).status, 403);
        assert.equal(
          (await call(people.anna, `/api/v1/annotations/${own.id}/replies`, { body: { body: 'x' } })).status,
          403,
        );
        for (const { id, version } of [own, secret]) {
          const headers = { 'If-Match': `"${version}"` };
          const deleted = await call(people.anna, `/api/v1/annotations/${id}`, { method: 'DELETE', headers });
          assert.ok(deleted.ok, await deleted.text());
        }
      });
    }

    it('come back by a link when they left, and by staff alone when they were removed', async () => {
      const { code } = await codeOf();
      await gone.left(people.anna);
      assert.equal((await call(people.anna, `/api/v1/join/${code}`, { method: 'POST' })).status, 200);
      await gone.removed(people.boris);
      assert.equal((await call(people.boris, `/api/v1/join/${code}`, { method: 'POST' })).status, 403);
      await call(people.owner, path('/members'), { body: { email: people.boris.email } });
      assert.equal((await call(people.boris, path())).status, 200);
      assert.equal((await call(people.boris, `/api/v1/join/${code}`, { method: 'POST' })).status, 200);
    });

    it('do not come back into an open group either', async () => {
      slug = await createSeminar({ owner: { somebody: people.owner, role: 'owner' } }, 'open');
      await call(people.boris, path('/join'), { method: 'POST' });
      await gone.removed(people.boris);
      assert.equal((await call(people.boris, path('/join'), { method: 'POST' })).status, 403);
    });
  });

  it('work on in a copy of the group for the next term, without notes and members', async () => {
    const list = [{ edition: 'gheorghiu-2009', sections: ['doc1'] }];
    await call(people.owner, path('/reading-list'), { method: 'PUT', body: list });
    const due = '2026-10-01T10:00:00.000Z';
    const assignment = { title: 'Letters', edition: 'gheorghiu-2009', mode: 'post-first', due, closed: true };
    await call(people.owner, path('/assignments'), { body: assignment });
    await postGloss(people.anna, slug);
    const copy = async (user: TestUser, body: Record<string, unknown>) => call(user, path('/copy'), { body });
    assert.equal((await copy(people.anna, { name: 'Mine' })).status, 403);
    assert.equal((await copy(people.outsider, { name: 'Mine' })).status, 404);
    assert.equal((await copy(people.owner, { name: 'Same', slug })).status, 409);
    const next = `${slug}-next`;
    const response = await copy(people.instructor, { slug: next, name: 'Spring', shift: 182 });
    assert.equal(response.status, 201);
    assert.equal((await response.json()).role, 'owner');
    const of = async (rest: string) =>
      (await call(people.instructor, `/api/v1/groups/${next}${rest}`)).json();
    assert.deepEqual(await of('/reading-list'), list);
    const [copied] = (await of('/assignments')).items;
    assert.deepEqual(
      [copied.title, copied.mode, copied.due, copied.closed],
      ['Letters', 'post-first', '2027-04-01T10:00:00.000Z', false],
    );
    assert.deepEqual((await of('/annotations')).items, []);
    assert.equal((await of('/members')).items.length, 1);
  });

  describe('in subgroups', () => {
    const seen = async (user: TestUser) => {
      const { items } = await (await call(user, path('/annotations?limit=500'))).json();
      return items.map(({ id }: { id: string }) => id).sort();
    };
    const apart = () => call(people.owner, path(), { method: 'PATCH', body: { subgroupsApart: true } });

    it('see what their own subgroup and the staff wrote, once these are apart', async () => {
      const carla = await createUserWithToken('carla');
      await call(people.owner, path('/members'), { body: { email: carla.email } });
      await call(carla, '/api/v1/me');
      const make = (name: string, members: TestUser[]) =>
        call(people.owner, path('/subgroups'), { body: { name, members: members.map(({ id }) => id) } });
      assert.equal((await make('A', [people.anna, carla])).status, 201);
      assert.equal((await make('B', [people.boris])).status, 201);
      assert.equal((await make('C', [people.outsider])).status, 422);
      const ofAnna = await postGloss(people.anna, slug);
      const ofBoris = await postGloss(people.boris, slug);
      const ofStaff = await postGloss(people.owner, slug);
      const staffToAnna = await postReply(people.owner, ofAnna.id);
      const all = [ofAnna.id, ofBoris.id, ofStaff.id, staffToAnna.id].sort();
      for (const user of [people.anna, people.boris, carla]) assert.deepEqual(await seen(user), all);
      assert.equal((await (await apart()).json()).subgroupsApart, true);
      assert.deepEqual(await seen(people.instructor), all);
      for (const user of [people.anna, carla])
        assert.deepEqual(await seen(user), [ofAnna.id, ofStaff.id, staffToAnna.id].sort());
      assert.deepEqual(await seen(people.boris), [ofBoris.id, ofStaff.id].sort());
      const { items } = await (await call(people.boris, path('/subgroups'))).json();
      assert.deepEqual(
        items.map(({ name }: { name: string }) => name),
        ['B'],
      );
      assert.equal((await call(people.anna, path('/subgroups'), { body: { name: 'D' } })).status, 403);
    });

    it('are shuffled for an assignment, which does not touch the others', async () => {
      const more = await Promise.all(
        Array.from({ length: 5 }, async (_, i) => {
          const user = await createUserWithToken(`shuffled${i}`);
          await call(people.owner, path('/members'), { body: { email: user.email } });
          await call(user, '/api/v1/me');
          return user;
        }),
      );
      const fields = { title: 'T', edition: 'gheorghiu-2009', sections: ['doc1'] };
      const { id } = await (await call(people.owner, path('/assignments'), { body: fields })).json();
      await apart();
      const body = { size: 3, assignment: id };
      const response = await call(people.owner, path('/subgroups/shuffle'), { body });
      const { items } = (await response.json()) as { items: { members: { id: string }[] }[] };
      assert.deepEqual(items.map(({ members }) => members.length).sort(), [3, 4]);
      const everybody = [people.anna, people.boris, ...more];
      const glosses = await Promise.all(everybody.map((user) => postGloss(user, slug, { assignment: id })));
      const outside = await Promise.all(everybody.map((user) => postGloss(user, slug)));
      for (const [i, user] of everybody.entries()) {
        const own = items.find(({ members }) => members.some((member) => member.id === user.id));
        const theirs = glosses.filter((_, j) =>
          own?.members.some((member) => member.id === everybody[j]?.id),
        );
        assert.deepEqual(await seen(user), [...theirs, ...outside].map((note) => note.id).sort(), `${i}`);
      }
    });
  });
});
