import assert from 'node:assert/strict';
import { before, describe, it } from 'node:test';
import { db } from '@/lib/db';
import { createTokenFor, operator, type TokenInput } from '@/lib/identity';
import { freshDatabase } from '../support/fresh-database';
import {
  anonymous,
  call,
  createSeminar,
  createUserWithToken,
  postGloss,
  publishSampleEdition,
  type TestUser,
} from '../support/seminar';

describe('a token', () => {
  let instructor: TestUser;
  let student: TestUser;
  let group = '';
  let other = '';

  before(async () => {
    await freshDatabase();
    await publishSampleEdition();
    instructor = await createUserWithToken('instructor');
    student = await createUserWithToken('student');
    const people = {
      instructor: { somebody: instructor, role: 'instructor' as const },
      student: { somebody: student, role: 'student' as const },
    };
    group = await createSeminar(people);
    other = await createSeminar(people);
  });

  /** The same person with another token. */
  const as = async (who: TestUser, input: Omit<TokenInput, 'name'>): Promise<TestUser> => ({
    ...who,
    token: (await createTokenFor(operator, who.email, input)).token,
  });
  const status = async (response: Promise<Response>) => (await response).status;

  it('for reading reads, and writes nothing', async () => {
    const reader = await as(instructor, { scope: 'read' });
    assert.equal(await status(call(reader, `/api/v1/groups/${group}/annotations`)), 200);
    const body = { edition: 'gheorghiu-2009', section: 'doc1', start: 0, end: 8, body: 'No.' };
    assert.equal(await status(call(reader, `/api/v1/groups/${group}/annotations`, { body })), 403);
  });

  it('for reading or writing gets no code that makes its holder a member', async () => {
    const path = `/api/v1/groups/${group}/invitations`;
    assert.equal(await status(call(instructor, path, { body: { role: 'student' } })), 201);
    for (const scope of ['read', 'write'] as const) {
      assert.equal(await status(call(await as(instructor, { scope }), path)), 403, scope);
    }
    assert.equal(await status(call(instructor, path)), 200);
  });

  it('of any scope sets no password', async () => {
    const body = { current: 'x', password: 'battery staple' };
    for (const scope of ['read', 'write', 'moderate'] as const) {
      const token = await as(student, { scope });
      assert.equal(await status(call(token, '/api/v1/me/password', { method: 'PUT', body })), 403, scope);
    }
  });

  it('for writing writes, and neither moderates nor manages', async () => {
    const writer = await as(instructor, { scope: 'write' });
    const note = await postGloss(student, group);
    const own = await postGloss(writer, group);
    assert.ok(!own.can.includes('pin') && own.can.includes('edit'), 'and is told so');
    const decision = { action: 'hide', reason: 'off the point' };
    assert.equal(
      await status(call(writer, `/api/v1/annotations/${note.id}/moderation`, { body: decision })),
      403,
    );
    assert.equal(
      await status(call(writer, `/api/v1/groups/${group}`, { method: 'PATCH', body: { name: 'X' } })),
      403,
    );
    assert.equal(
      await status(call(writer, `/api/v1/groups/${group}/invitations`, { body: { role: 'student' } })),
      403,
    );
    assert.equal(await status(call(writer, `/api/v1/groups/${group}/import`, { body: [] })), 403);
    // It reads what its person reads.
    assert.equal(await status(call(writer, `/api/v1/groups/${group}/moderation/queue`)), 200);
    const moderator = await as(instructor, { scope: 'moderate' });
    assert.equal(
      await status(call(moderator, `/api/v1/annotations/${note.id}/moderation`, { body: decision })),
      200,
    );
  });

  it('of one group opens no other, not even to what its person wrote there', async () => {
    const elsewhere = await postGloss(student, other);
    const here = await postGloss(student, group);
    const bound = await as(student, { scope: 'moderate', group });
    assert.equal(await status(call(bound, `/api/v1/annotations/${here.id}`)), 200);
    assert.equal(await status(call(bound, `/api/v1/annotations/${elsewhere.id}`)), 404);
    assert.equal(await status(call(bound, `/api/v1/groups/${other}/annotations`)), 404);
    assert.equal(
      await status(call(bound, `/api/v1/groups/${other}/members/${student.id}`, { method: 'DELETE' })),
      404,
    );
    const all = await (
      await call(bound, '/annotations/', { headers: { accept: 'application/ld+json' } })
    ).json();
    assert.ok(!JSON.stringify(all).includes(`/groups/${other}/`));
    const { groups } = await (await call(bound, '/api/v1/me')).json();
    assert.deepEqual(
      groups.map(({ slug }: { slug: string }) => slug),
      [group],
    );
    // What concerns all of a person is not for it.
    for (const [path, body] of [
      ['groups', { name: 'A third' }],
      ['tokens', { name: 'another' }],
      ['me/password', { password: 'a long password' }],
    ] as const) {
      const method = path === 'me/password' ? 'PUT' : 'POST';
      assert.equal(await status(call(bound, `/api/v1/${path}`, { method, body })), 403, path);
    }
  });

  it('ends when it was said to, and cannot begin ended', async () => {
    const past = new Date(Date.now() - 1_000).toISOString();
    const refused = await call(student, '/api/v1/tokens', { body: { name: 'late', expires: past } });
    assert.deepEqual([refused.status, (await refused.json()).errors[0].pointer], [422, '/expires']);
    const expires = new Date(Date.now() + 60_000);
    const brief = await as(student, { scope: 'read', expires: expires.toISOString() });
    assert.equal(await status(call(brief, '/api/v1/me')), 200);
    await db.token.updateMany({ where: { expiresAt: expires }, data: { expiresAt: new Date(past) } });
    assert.equal(await status(call(brief, '/api/v1/me')), 401);
  });

  it('is none for a guest, who is told so by 401, or by 204 where that is no fault', async () => {
    assert.equal(await status(call(anonymous, '/api/v1/me')), 401);
    assert.equal(await status(call(anonymous, '/api/v1/me?optional=1')), 204);
    assert.equal((await (await call(student, '/api/v1/me?optional=1')).json()).admin, false);
    assert.equal(await status(call({ ...anonymous, token: 'scholion_wrong' }, '/api/v1/me?optional=1')), 401);
  });

  it('makes no other that may more, nor one for a group that is not its person’s', async () => {
    const writer = await as(student, { scope: 'write' });
    const make = (body: object) => status(call(writer, '/api/v1/tokens', { body: { name: 'x', ...body } }));
    assert.deepEqual([await make({ scope: 'moderate' }), await make({ scope: 'write' })], [403, 201]);
    assert.equal(await make({ group: 'no-such-group' }), 422);
    const made = await (await call(student, '/api/v1/tokens', { body: { name: 'one', group } })).json();
    assert.deepEqual([made.group, made.scope], [group, 'read']);
    const { items } = await (await call(student, '/api/v1/tokens')).json();
    assert.ok(!JSON.stringify(items).includes(made.token), 'shown once');
  });

  it('makes no other that lasts longer', async () => {
    const end = new Date(Date.now() + 60_000);
    const brief = await as(student, { scope: 'write', expires: end.toISOString() });
    const make = (expires: string | null) =>
      status(call(brief, '/api/v1/tokens', { body: { name: 'x', expires } }));
    const later = new Date(end.getTime() + 1).toISOString();
    assert.deepEqual([await make(null), await make(later), await make(end.toISOString())], [403, 403, 201]);
  });

  it('of one group tells of no token for others', async () => {
    const only = await as(student, { group });
    const { items } = await (await call(only, '/api/v1/tokens')).json();
    assert.ok(items.length > 0);
    assert.deepEqual([...new Set(items.map((token: { group: string | null }) => token.group))], [group]);
  });

  it('is told what is left of its writes, each token by itself', async () => {
    const one = await as(student, { scope: 'write' });
    const left = (response: Response) => Number(/r=(\d+)/.exec(response.headers.get('ratelimit') ?? '')?.[1]);
    const reading = await call(one, '/api/v1/me');
    assert.match(reading.headers.get('ratelimit-policy') ?? '', /^"writes";q=\d+;w=60$/);
    const body = { body: 'A *draft*.' };
    const first = left(await call(one, '/api/v1/preview', { body }));
    const second = left(await call(one, '/api/v1/preview', { body }));
    assert.equal(first - second, 1);
    assert.ok(left(await call(await as(student, { scope: 'write' }), '/api/v1/me')) > second);
  });
});
