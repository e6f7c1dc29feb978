import assert from 'node:assert/strict';
import { before, describe, it } from 'node:test';
import { freshDatabase } from '../support/fresh-database';
import { anonymous, call, createSeminar, createUserWithToken, type TestUser } from '../support/seminar';

// biome-ignore lint/suspicious/noExplicitAny: what an answer holds is what these tests are to find out
async function said(response: Response): Promise<any> {
  const text = await response.text();
  assert.ok(response.ok, `${response.status} ${text}`);
  return JSON.parse(text);
}

const at = (path: string) => `/api/v1/${path}`;

describe('groups through the API', () => {
  let owner: TestUser;
  let student: TestUser;
  let stranger: TestUser;
  let readOnly: TestUser;
  let slug = '';

  before(async () => {
    await freshDatabase();
    owner = await createUserWithToken('owner');
    student = await createUserWithToken('student');
    stranger = await createUserWithToken('stranger');
    readOnly = await createUserWithToken('script', 'read');
    slug = await createSeminar({
      owner: { somebody: owner, role: 'owner' },
      student: { somebody: student, role: 'student' },
    });
  });

  it('says who the caller is, and 401 to nobody', async () => {
    const me = await said(await call(student, at('me')));
    assert.deepEqual(Object.keys(me), ['id', 'name', 'email', 'groups']);
    assert.deepEqual([me.email, me.groups[0].slug, me.groups[0].role], [student.email, slug, 'student']);
    assert.equal((await call(anonymous, at('me'))).status, 401);
    assert.equal(
      (await call({ ...anonymous, token: 'bad' }, at('me'))).headers.get('www-authenticate'),
      'Bearer',
    );
  });

  it('makes a group whose maker is its owner', async () => {
    const response = await call(stranger, at('groups'), { method: 'POST', body: { name: 'Весна 1968' } });
    assert.equal(response.status, 201);
    const made = await said(response);
    assert.deepEqual([made.slug, made.role, made.access], ['vesna-1968', 'owner', 'private']);
    assert.equal(response.headers.get('location'), at('groups/vesna-1968'));
    const listed = await said(await call(stranger, at('groups')));
    assert.ok(listed.items.some((group: { slug: string }) => group.slug === 'vesna-1968'));
  });

  it('names every bad field', async () => {
    const body = { name: '', slug: 'Not A Slug', access: 'secret', colour: 'red' };
    const response = await call(owner, at('groups'), { method: 'POST', body });
    assert.equal(response.status, 422);
    assert.match(response.headers.get('content-type') ?? '', /^application\/problem\+json/);
    const pointers = (await response.json()).errors.map(({ pointer }: { pointer: string }) => pointer);
    for (const field of ['/name', '/slug', '/access', '/colour']) assert.ok(pointers.includes(field), field);
  });

  it('refuses a taken slug on its field', async () => {
    const response = await call(owner, at('groups'), { method: 'POST', body: { name: 'x', slug } });
    assert.equal(response.status, 409);
    assert.equal((await response.json()).errors[0].pointer, '/slug');
  });

  it('shows a private group to nobody else, in the very words for what is absent', async () => {
    const texts = await Promise.all(
      [at(`groups/${slug}`), at('groups/absent')].map(async (path) => (await call(stranger, path)).text()),
    );
    assert.equal(texts[0], texts[1]);
    for (const path of ['members', 'invitations', 'annotations'])
      assert.equal((await call(stranger, at(`groups/${slug}/${path}`))).status, 404, path);
  });

  it('changes what may change, never the slug', async () => {
    const path = at(`groups/${slug}`);
    const change = { method: 'PATCH', body: { name: 'Другое имя' } };
    assert.equal((await call(student, path, change)).status, 403);
    assert.equal((await said(await call(owner, path, change))).name, 'Другое имя');
    const slugChange = { method: 'PATCH', body: { slug: 'other' } };
    assert.equal((await call(owner, path, slugChange)).status, 422);
  });

  it('adds, changes and removes members', async () => {
    const members = at(`groups/${slug}/members`);
    const added = await call(owner, members, {
      method: 'POST',
      body: { email: readOnly.email, role: 'reader' },
    });
    assert.equal(added.status, 201);
    const invited = await added.json();
    assert.equal(invited.state, 'invited');
    assert.equal((await call(readOnly, at('me'))).status, 200);
    const { id } = readOnly;
    const changed = await call(owner, `${members}/${id}`, { method: 'PATCH', body: { role: 'student' } });
    assert.equal((await said(changed)).role, 'student');
    assert.equal((await call(student, `${members}/${id}`, { method: 'DELETE' })).status, 403);
    assert.equal((await call(owner, `${members}/${id}`, { method: 'DELETE' })).status, 204);
    assert.equal((await call(owner, `${members}/${id}`, { method: 'DELETE' })).status, 404);
    const listed = await said(await call(student, members));
    assert.ok(listed.items.every((member: object) => !('email' in member)));
  });

  it('keeps the last owner', async () => {
    const response = await call(owner, at(`groups/${slug}/members/${owner.id}`), { method: 'DELETE' });
    assert.equal(response.status, 409);
  });

  it('invites, and joins by code', async () => {
    const invitations = at(`groups/${slug}/invitations`);
    const body = { role: 'student', expires: '2100-01-01T00:00:00Z' };
    const made = await said(await call(owner, invitations, { method: 'POST', body }));
    assert.equal((await call(student, invitations)).status, 403);
    assert.equal((await call(anonymous, at(`join/${made.code}`), { method: 'POST' })).status, 401);
    assert.equal((await call(readOnly, at(`join/${made.code}`), { method: 'POST' })).status, 403);
    const joined = await said(await call(stranger, at(`join/${made.code}`), { method: 'POST' }));
    assert.deepEqual([joined.slug, joined.role], [slug, 'student']);
    assert.equal((await call(owner, `${invitations}/${made.id}`, { method: 'DELETE' })).status, 204);
    assert.equal((await call(stranger, at(`join/${made.code}`), { method: 'POST' })).status, 410);
    assert.equal((await call(stranger, at('join/never-was'), { method: 'POST' })).status, 404);
    const tooMuch = { method: 'POST', body: { role: 'instructor' } };
    assert.equal((await call(owner, invitations, tooMuch)).status, 422);
  });

  it('makes tokens that are shown once', async () => {
    const made = await call(student, at('tokens'), { method: 'POST', body: { name: 'x', scope: 'read' } });
    assert.equal(made.status, 201);
    const { id, token } = await made.json();
    assert.equal((await call({ ...student, token }, at('me'))).status, 200);
    assert.equal(
      (await call({ ...student, token }, at('groups'), { method: 'POST', body: { name: 'x' } })).status,
      403,
    );
    assert.ok(!(await (await call(student, at('tokens'))).text()).includes(token));
    assert.equal((await call(stranger, at(`tokens/${id}`), { method: 'DELETE' })).status, 404);
    assert.equal((await call(student, at(`tokens/${id}`), { method: 'DELETE' })).status, 204);
    assert.equal((await call({ ...student, token }, at('me'))).status, 401);
  });

  it('keeps accounts to administrators', async () => {
    assert.equal((await call(owner, at('accounts'))).status, 403);
    assert.equal((await call(anonymous, at('accounts'))).status, 401);
    const body = { email: 'new@x.example', name: 'N' };
    assert.equal((await call(owner, at('accounts'), { method: 'POST', body })).status, 403);
  });
});
