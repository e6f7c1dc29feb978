import assert from 'node:assert/strict';
import { before, beforeEach, describe, it } from 'node:test';
import type { Annotation } from '@/lib/annotation/schema';
import { db } from '@/lib/db';
import { freshDatabase } from '../support/fresh-database';
import {
  anonymous,
  atBrowser,
  call,
  createSeminar,
  createUserWithToken,
  postGloss,
  publishSampleEdition,
  type TestUser,
} from '../support/seminar';

describe('the life of a group', () => {
  const people = {} as Record<'owner' | 'instructor' | 'student' | 'outsider', TestUser>;
  let slug = '';
  let note: Annotation;

  before(async () => {
    await freshDatabase();
    await publishSampleEdition();
    for (const name of ['owner', 'instructor', 'student', 'outsider'] as const)
      people[name] = await createUserWithToken(name);
  });

  beforeEach(async () => {
    slug = await createSeminar({
      owner: { somebody: people.owner, role: 'owner' },
      instructor: { somebody: people.instructor, role: 'instructor' },
      student: { somebody: people.student, role: 'student' },
    });
    note = await postGloss(people.student, slug);
  });

  const path = (rest = '') => `/api/v1/groups/${slug}${rest}`;
  const patch = (body: unknown) => ({ method: 'PATCH', body });
  const status = async (response: Promise<Response>) => (await response).status;
  const groupOf = async (who: TestUser) => (await call(who, path())).json();

  describe('in the archive', () => {
    const archive = (archived: boolean, who = people.instructor) => call(who, path(), patch({ archived }));

    it('can be read, and refuses every write', async () => {
      const assignment = await (
        await call(people.owner, path('/assignments'), {
          body: { title: 'One', edition: 'gheorghiu-2009', sections: ['doc1'], mode: 'open' },
        })
      ).json();
      const subgroup = await (
        await call(people.owner, path('/subgroups'), { body: { name: 'A', members: [] } })
      ).json();
      const { code } = await (await call(people.owner, path('/invitations'), { body: {} })).json();
      assert.equal(await status(archive(true)), 200);

      const passage = { edition: 'gheorghiu-2009', section: 'doc1', start: 948, end: 965, body: 'Late.' };
      const ifMatch = { headers: { 'if-match': `"${note.version}"` } };
      const of = `/api/v1/annotations/${note.id}`;
      const jsonLd = {
        '@context': 'http://www.w3.org/ns/anno.jsonld',
        type: 'Annotation',
        body: { type: 'TextualBody', value: 'Late.' },
        target: 'http://localhost:3000/editions/gheorghiu-2009/doc1',
      };
      const asJsonLd = { 'content-type': 'application/ld+json' };
      const writes: [string, TestUser, string, Parameters<typeof call>[2]][] = [
        ['gloss', people.student, path('/annotations'), { body: passage }],
        ['reply', people.student, `${of}/replies`, { body: { body: 'Late.' } }],
        ['edit', people.student, of, { ...patch({ body: 'Late.' }), ...ifMatch }],
        ['delete', people.student, of, { method: 'DELETE', ...ifMatch }],
        ['flag', people.instructor, `${of}/flags`, { body: { reason: 'wrong', note: '' } }],
        [
          'moderate',
          people.owner,
          `${of}/moderation`,
          { body: { action: 'pin', reason: '', version: note.version } },
        ],
        [
          'protocol',
          people.student,
          `/groups/${slug}/annotations/`,
          { body: JSON.stringify(jsonLd), headers: asJsonLd },
        ],
        [
          'protocol delete',
          people.student,
          `/groups/${slug}/annotations/${note.id}`,
          { method: 'DELETE', headers: { 'if-match': '*' } },
        ],
        ['import', people.owner, path('/import'), { body: JSON.stringify([jsonLd]), headers: asJsonLd }],
        [
          'assign',
          people.owner,
          path('/assignments'),
          { body: { title: 'Two', edition: 'gheorghiu-2009', sections: ['doc1'], mode: 'open' } },
        ],
        [
          'change an assignment',
          people.owner,
          path(`/assignments/${assignment.id}`),
          patch({ title: 'New' }),
        ],
        [
          'say done',
          people.student,
          path(`/assignments/${assignment.id}/done`),
          { method: 'PUT', body: { done: true } },
        ],
        [
          'extend',
          people.owner,
          path(`/assignments/${assignment.id}/extensions/${people.student.id}`),
          { method: 'PUT', body: { due: null, repliesDue: null } },
        ],
        ['invite', people.owner, path('/invitations'), { body: {} }],
        ['invite by mail', people.owner, path('/members'), { body: { email: 'late@tests.example' } }],
        ['set a role', people.owner, path(`/members/${people.student.id}`), patch({ role: 'reader' })],
        ['join', people.outsider, `/api/v1/join/${code}`, { method: 'POST' }],
        [
          'list',
          people.owner,
          path('/reading-list'),
          { method: 'PUT', body: [{ edition: 'gheorghiu-2009' }] },
        ],
        ['rename', people.owner, path(), patch({ name: 'New' })],
        ['subgroup', people.owner, path('/subgroups'), { body: { name: 'B', members: [] } }],
        [
          'fill a subgroup',
          people.owner,
          path(`/subgroups/${subgroup.id}`),
          patch({ members: [people.student.id] }),
        ],
      ];
      for (const [what, who, where, request] of writes) {
        const response = await call(who, where, request);
        assert.equal(response.status, 409, `${what}: ${response.status} ${await response.clone().text()}`);
        assert.match((await response.json()).detail, /archived/, what);
      }
      const reads = [
        '',
        '/annotations',
        '/members',
        '/assignments',
        '/export?format=jsonld',
        '/reading-list',
      ];
      for (const rest of reads) assert.equal(await status(call(people.student, path(rest))), 200, rest);
      const seen = await (await call(people.student, of)).json();
      assert.deepEqual([seen.body, seen.can], [note.body, []]);
      assert.deepEqual((await groupOf(people.owner)).can, [
        'members',
        'emails',
        'settings',
        'own',
        'moderate',
        'assign',
      ]);
    });

    it('can be left, and an invitation to it hinders nobody', async () => {
      await call(people.owner, path('/members'), { body: { email: people.outsider.email } });
      await archive(true);
      assert.equal(await status(call(people.outsider, '/api/v1/me')), 200);
      assert.equal(await status(call(people.outsider, path())), 404);
      assert.equal(
        await status(call(people.student, path(`/members/${people.student.id}`), { method: 'DELETE' })),
        204,
      );
      await archive(false);
      assert.equal(await status(call(people.outsider, path())), 200, 'the invitation was kept');
    });

    it('comes out of it again, by who sets the group up alone', async () => {
      assert.equal(await status(archive(true, people.student)), 403);
      await archive(true);
      assert.equal((await groupOf(people.student)).archived, true);
      assert.equal(await status(archive(false, people.student)), 403);
      await archive(false);
      await postGloss(people.student, slug);
    });
  });

  describe('handed over', () => {
    const handOver = (who: TestUser, member: string) =>
      call(who, path('/owner'), { method: 'PUT', body: { member } });

    it('has the other owner, and the one before as an instructor', async () => {
      assert.equal(await status(handOver(people.owner, people.student.id)), 204);
      assert.deepEqual(
        [(await groupOf(people.student)).role, (await groupOf(people.owner)).role],
        ['owner', 'instructor'],
      );
    });

    it('goes to a member, by an owner alone', async () => {
      assert.equal(await status(handOver(people.instructor, people.student.id)), 403);
      assert.equal(await status(handOver(people.owner, people.outsider.id)), 422);
      assert.equal(await status(handOver(people.owner, people.owner.id)), 422);
      assert.equal(await status(handOver(people.outsider, people.student.id)), 404);
    });
  });

  describe('deleted', () => {
    const remove = async (who: TestUser, name: string) =>
      call(await atBrowser(who), `${path()}?name=${encodeURIComponent(name)}`, { method: 'DELETE' });
    const restore = async (who: TestUser) =>
      call(await atBrowser(who), `/api/v1/deleted-groups/${slug}`, { method: 'DELETE' });

    it('is there for nobody, on any path, and its notes for their authors alone', async () => {
      await call(people.owner, path(), patch({ access: 'open' }));
      const { code } = await (await call(people.owner, path('/invitations'), { body: {} })).json();
      const { name } = await groupOf(people.owner);
      assert.equal(await status(remove(people.owner, name)), 204);
      const paths = [
        '',
        '/annotations',
        '/members',
        '/export?format=jsonld',
        '/outline?edition=gheorghiu-2009&section=doc1',
      ];
      for (const who of [people.owner, people.instructor, people.student, people.outsider, anonymous])
        for (const rest of paths)
          assert.equal(await status(call(who, path(rest))), 404, `${who.email} ${rest}`);
      assert.equal(
        await status(
          call(people.owner, `/groups/${slug}/annotations/`, { headers: { accept: 'application/ld+json' } }),
        ),
        404,
      );
      assert.equal(await status(call(people.outsider, `/api/v1/join/${code}`, { method: 'POST' })), 404);
      assert.equal(await status(call(people.owner, `/api/v1/annotations/${note.id}`)), 404);
      assert.equal(await status(call(people.student, `/api/v1/annotations/${note.id}`)), 200);
      const { groups } = await (await call(people.owner, '/api/v1/me')).json();
      assert.ok(!groups.some((group: { slug: string }) => group.slug === slug));
    });

    it('comes back by an owner, for its members alone', async () => {
      const { name } = await groupOf(people.owner);
      await remove(people.owner, name);
      const { items } = await (await call(people.owner, '/api/v1/deleted-groups')).json();
      assert.ok(items.some((group: { slug: string }) => group.slug === slug));
      assert.equal(await status(restore(people.instructor)), 404);
      assert.equal(await status(restore(people.owner)), 204);
      assert.equal((await groupOf(people.student)).access, 'private');
      assert.equal(await status(call(people.owner, `/api/v1/annotations/${note.id}`)), 200);
    });

    it('is deleted by an owner at a browser alone, who types its name', async () => {
      const { name } = await groupOf(people.owner);
      assert.equal(await status(remove(people.owner, 'another')), 422);
      assert.equal(await status(remove(people.instructor, name)), 403);
      assert.equal(await status(call(people.owner, `${path()}?name=${name}`, { method: 'DELETE' })), 403);
      assert.equal(await db.group.count({ where: { slug, deletedAt: null } }), 1);
    });
  });
});
