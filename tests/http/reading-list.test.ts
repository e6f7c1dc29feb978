import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { before, describe, it } from 'node:test';
import { db } from '@/lib/db';
import { operator } from '@/lib/identity';
import { publishDraft, uploadDraft } from '@/lib/publication';
import { freshDatabase } from '../support/fresh-database';
import {
  anonymous,
  call,
  createAdmin,
  createSeminar,
  createUserWithToken,
  postGloss,
  type TestUser,
} from '../support/seminar';

const SECTIONS = ['article', 'doc1', 'doc2'];

async function publish(slug: string): Promise<void> {
  const source = await readFile('seed/gheorghiu-2009.xml', 'utf8');
  await uploadDraft(operator, source.replace('xml:id="gheorghiu-2009"', `xml:id="${slug}"`));
  await publishDraft(operator, slug);
}

describe('a reading list', () => {
  const people = {} as Record<
    'owner' | 'instructor' | 'student' | 'outsider' | 'admin' | 'neighbour',
    TestUser
  >;
  let group = '';
  let other = '';
  const list = (who: TestUser, slug = group) => call(who, `/api/v1/groups/${slug}/reading-list`);
  const set = (who: TestUser, body: unknown, slug = group) =>
    call(who, `/api/v1/groups/${slug}/reading-list`, { method: 'PUT', body });
  const change = (who: TestUser, edition: string, body: object) =>
    call(who, `/api/v1/editions/${edition}`, { method: 'PATCH', body });
  const pointers = async (response: Response) =>
    (await response.json()).errors.map(({ pointer }: { pointer: string }) => pointer);

  before(async () => {
    await freshDatabase();
    for (const name of ['owner', 'instructor', 'student', 'outsider', 'neighbour'] as const)
      people[name] = await createUserWithToken(name);
    people.admin = await createAdmin();
    const { owner, instructor, student } = people;
    group = await createSeminar(
      {
        owner: { somebody: owner, role: 'owner' },
        instructor: { somebody: instructor, role: 'instructor' },
        student: { somebody: student, role: 'student' },
      },
      'restricted',
    );
    other = await createSeminar({ owner: { somebody: people.neighbour, role: 'owner' } });
    for (const slug of ['first', 'second', 'closed']) await publish(slug);
    assert.equal((await change(people.admin, 'closed', { access: 'groups' })).status, 200);
  });

  it('is empty at first, and set by those who lead the group', async () => {
    assert.deepEqual(await (await list(people.student)).json(), []);
    const wanted = [{ edition: 'second', sections: ['doc1', 'doc2'] }, { edition: 'first' }];
    assert.equal((await set(people.student, wanted)).status, 403);
    assert.equal((await set(people.outsider, wanted)).status, 403);
    assert.equal((await set(anonymous, wanted)).status, 401);
    assert.equal((await set(people.outsider, wanted, other)).status, 404);
    assert.deepEqual(await (await set(people.instructor, wanted)).json(), wanted);
    assert.deepEqual(await (await list(anonymous)).json(), wanted);
  });

  it('gives a group the first of it as its edition', async () => {
    assert.equal((await (await call(people.student, `/api/v1/groups/${group}`)).json()).edition, 'second');
    const body = { name: 'New', edition: 'first' };
    const made = await (await call(people.outsider, '/api/v1/groups', { body })).json();
    assert.equal(made.edition, 'first');
    assert.deepEqual(await (await list(people.outsider, made.slug)).json(), [{ edition: 'first' }]);
  });

  it('names what is not there by its place', async () => {
    const faulty = [
      { edition: 'first', sections: ['doc1', 'doc9'] },
      { edition: 'never-was' },
      { edition: 'first' },
      { edition: 'closed' },
    ];
    const refused = await set(people.owner, faulty);
    assert.equal(refused.status, 422);
    assert.deepEqual(await pointers(refused), ['/0/sections/1', '/1/edition', '/2/edition', '/3/edition']);
    for (const bad of [{}, [{ edition: '' }], [{ edition: 'first', sections: [] }], [{ other: 1 }]])
      assert.equal((await set(people.owner, bad)).status, 422, JSON.stringify(bad));
  });

  it('is set by an administrator from the side of the edition, to whoever reads it', async () => {
    const changed = await change(people.admin, 'closed', { groups: [group] });
    assert.deepEqual(await changed.json(), {
      ...{ slug: 'closed', access: 'groups', groups: [group] },
      title: (await (await call(people.admin, '/api/v1/editions/closed')).json()).title,
    });
    const editions = (await (await list(people.student)).json()).map(
      ({ edition }: { edition: string }) => edition,
    );
    assert.deepEqual(editions, ['second', 'first', 'closed']);
    // Who reads the group's notes from outside has the list without it.
    assert.equal((await (await list(people.outsider)).json()).length, 2);
    assert.equal((await call(people.student, '/api/v1/editions/closed')).status, 200);
    assert.equal((await call(people.outsider, '/api/v1/editions/closed')).status, 404);
    const unknown = await change(people.admin, 'closed', { groups: [group, 'never-was'] });
    assert.deepEqual([unknown.status, await pointers(unknown)], [422, ['/groups/1']]);
  });

  it('can be put in another order by who may read all of it', async () => {
    const wanted = [{ edition: 'closed', sections: ['article'] }, { edition: 'first' }];
    assert.deepEqual(await (await set(people.owner, wanted)).json(), wanted);
  });

  it('keeps what its editor may not see, behind the rest', async () => {
    await uploadDraft(operator, 'Draft\n\nNot yet.', { slug: 'a-draft', title: 'Draft' });
    assert.equal((await change(people.admin, 'a-draft', { groups: [group] })).status, 200);
    assert.deepEqual(await (await set(people.owner, [{ edition: 'first' }])).json(), [{ edition: 'first' }]);
    const rows = await db.readingListItem.findMany({
      where: { group: { slug: group } },
      orderBy: { position: 'asc' },
    });
    assert.deepEqual(
      rows.map(({ edition }) => edition),
      ['first', 'a-draft'],
    );
  });

  it('leaves a closed edition to its managers when the last group takes it off', async () => {
    assert.equal((await call(people.student, '/api/v1/editions/closed')).status, 404);
    assert.equal((await call(people.admin, '/api/v1/editions/closed')).status, 200);
    // The owner could read it by the list alone: it is not there to be put back by them.
    assert.equal((await set(people.owner, [{ edition: 'closed' }])).status, 422);
  });

  it('is changed from the edition by an instructor of its home group, in the own groups', async () => {
    const { id } = await db.group.findUniqueOrThrow({ where: { slug: group } });
    await db.edition.update({ where: { slug: 'closed' }, data: { homeGroup: id } });
    assert.equal((await change(people.instructor, 'closed', { groups: [group] })).status, 200);
    assert.equal((await change(people.instructor, 'closed', { groups: [group, other] })).status, 422);
    assert.equal((await change(people.instructor, 'closed', { access: 'public' })).status, 403);
    assert.equal((await change(people.student, 'closed', { title: 'x' })).status, 403);
    assert.equal((await change(people.neighbour, 'closed', { title: 'x' })).status, 404);
    assert.equal((await change(people.instructor, 'closed', { title: 'Renamed' })).status, 200);
    const { title, sections } = await (await call(people.student, '/api/v1/editions/closed')).json();
    assert.equal(title, 'Renamed');
    assert.deepEqual(
      sections.map((section: { id: string }) => section.id),
      SECTIONS,
    );
    // A public edition is the whole site's.
    assert.equal((await change(people.admin, 'closed', { access: 'public' })).status, 200);
    assert.equal((await change(people.instructor, 'closed', { title: 'x' })).status, 403);
    assert.equal((await change(people.admin, 'closed', { access: 'groups' })).status, 200);
  });

  it('moves no count, date or tag of a container by what stands on a closed edition', async () => {
    const container = async () => {
      const response = await call(people.outsider, `/groups/${group}/annotations/`);
      const { total, modified } = await response.json();
      return [total, modified, response.headers.get('etag')];
    };
    await postGloss(people.student, group, { edition: 'first' });
    const before = await container();
    await postGloss(people.student, group, { edition: 'closed' });
    assert.deepEqual(await container(), before);
    const source = await readFile('seed/gheorghiu-2009.xml', 'utf8');
    const corrected = source
      .replace('xml:id="gheorghiu-2009"', 'xml:id="closed"')
      .replace('нездоровой шумихи', 'нездоровой  весьма шумихи');
    await uploadDraft(operator, corrected, { slug: 'closed' });
    await publishDraft(operator, 'closed');
    assert.deepEqual(await container(), before);
    assert.equal((await (await call(people.student, `/groups/${group}/annotations/`)).json()).total, 2);
  });
});
