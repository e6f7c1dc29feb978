import assert from 'node:assert/strict';
import { before, describe, it } from 'node:test';
import { createTokenFor, operator } from '@/lib/identity';
import { freshDatabase } from '../support/fresh-database';
import {
  call,
  createSeminar,
  createUserWithToken,
  postGloss,
  publishSampleEdition,
  type TestUser,
} from '../support/seminar';

describe('adding somebody by e-mail', () => {
  let owner: TestUser;
  let assistant: TestUser;
  let student: TestUser;
  let slug = '';
  const members = () => `/api/v1/groups/${slug}/members`;
  const invite = (email: string, role = 'student', who = owner) =>
    call(who, members(), { body: { email, role } });

  before(async () => {
    await freshDatabase();
    await publishSampleEdition();
    owner = await createUserWithToken('owner');
    assistant = await createUserWithToken('assistant');
    student = await createUserWithToken('student');
    slug = await createSeminar({
      owner: { somebody: owner, role: 'owner' },
      assistant: { somebody: assistant, role: 'assistant' },
      student: { somebody: student, role: 'student' },
    });
  });

  /** An answer without what differs by itself: ids, times, and the address that was sent. */
  async function shapeOf(response: Response, email: string): Promise<string> {
    const headers = [...response.headers].filter(([name]) => !/^(ratelimit|date)/.test(name));
    const text = (await response.text())
      .replaceAll(email, 'EMAIL')
      .replaceAll(/[0-9a-f-]{36}/g, 'ID')
      .replaceAll(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, 'TIME');
    return JSON.stringify([response.status, text, headers]);
  }

  for (const role of ['owner', 'instructor', 'assistant', 'student', 'reader']) {
    it(`answers the same with and without an account, as ${role}`, async () => {
      const known = (await createUserWithToken(`known-${role}`, 'moderate', 'A name that is a secret')).email;
      const unknown = `unknown-${role}@tests.example`;
      const answers: string[] = [];
      for (const email of [known, unknown]) {
        const made = await invite(email, role);
        assert.equal(made.status, 201);
        const { id } = await made.clone().json();
        answers.push(
          [
            await shapeOf(made, email),
            await shapeOf(await invite(email, role), email),
            await shapeOf(await invite(email.toUpperCase(), role), email),
            await shapeOf(await invite(email, role, student), email),
            await shapeOf(await invite(email, role, assistant), email),
            await shapeOf(await call(student, `${members()}/${id}`, { method: 'DELETE' }), email),
            await shapeOf(
              await call(owner, `${members()}/${id}`, { method: 'PATCH', body: { role: 'reader' } }),
              email,
            ),
            await shapeOf(await call(owner, `${members()}/${id}`, { method: 'DELETE' }), email),
            await shapeOf(await call(owner, `${members()}/${id}`, { method: 'DELETE' }), email),
          ].join('\n'),
        );
      }
      assert.equal(answers[0], answers[1]);
      assert.ok(!answers[0]?.includes('secret'));
    });
  }

  it('shows staff those who wait, without a name, and students nothing of them', async () => {
    const known = (await createUserWithToken('waiting', 'moderate', 'A name that is a secret')).email;
    for (const email of [known, 'nobody-has@tests.example']) await invite(email);
    const { items } = await (await call(assistant, members())).json();
    const waiting = items.filter(({ state }: { state: string }) => state === 'invited');
    assert.deepEqual(
      waiting.map(({ email, role }: { email: string; role: string }) => [email, role]),
      [
        [known, 'student'],
        ['nobody-has@tests.example', 'student'],
      ],
    );
    assert.ok(!JSON.stringify(waiting).includes('secret'));
    const seen = await (await call(student, members())).text();
    assert.ok(!seen.includes('invited') && !seen.includes('@'));
  });

  it('refuses what is no address, and an address of a member', async () => {
    assert.equal((await invite('no address')).status, 422);
    const there = await invite(student.email);
    assert.equal(there.status, 409);
    assert.equal((await there.json()).errors[0].pointer, '/email');
  });

  // Whatever the person opens first: each is a new person's first call.
  const FIRST: [string, (group: string, note: string) => string][] = [
    ['who they are', () => '/api/v1/me'],
    ['the groups', () => '/api/v1/groups'],
    ['the group', (group) => `/api/v1/groups/${group}`],
    ['its notes', (group) => `/api/v1/groups/${group}/annotations`],
    ['an export', (group) => `/api/v1/groups/${group}/export?format=jsonl`],
    ['its container', (group) => `/groups/${group}/annotations/`],
    ['a note by itself', (_, note) => `/api/v1/annotations/${note}`],
  ];
  for (const [what, pathOf] of FIRST) {
    it(`makes the person a member when they first ask for ${what}`, async () => {
      const note = await postGloss(student, slug);
      const invited = await createUserWithToken('invited');
      assert.equal((await call(invited, `/api/v1/groups/${slug}`)).status, 404);
      await invite(invited.email, 'assistant');
      assert.equal((await call(invited, pathOf(slug, note.id))).status, 200);
      const { items } = await (await call(student, members())).json();
      assert.equal(items.find(({ id }: { id: string }) => id === invited.id)?.role, 'assistant');
      assert.equal((await call(invited, `/api/v1/groups/${slug}/moderation/queue`)).status, 200);
    });
  }

  it('joins nobody by a token that is for another group', async () => {
    const person = await createUserWithToken('bound');
    const home = await createSeminar({ owner: { somebody: person, role: 'owner' } });
    await invite(person.email);
    const bound = await createTokenFor(operator, person.email, { scope: 'moderate', group: home });
    const { groups } = await (await call({ ...person, token: bound.token }, '/api/v1/me')).json();
    assert.deepEqual(
      groups.map(({ slug }: { slug: string }) => slug),
      [home],
    );
    const { items } = await (await call(student, members())).json();
    assert.ok(!items.some(({ id }: { id: string }) => id === person.id));
  });
});
