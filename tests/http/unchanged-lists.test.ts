import assert from 'node:assert/strict';
import { before, beforeEach, describe, it } from 'node:test';
import { listAnnotations } from '@/lib/annotation';
import type { Annotation } from '@/lib/annotation/schema';
import { db } from '@/lib/db';
import { resolveViewer } from '@/lib/identity';
import { freshDatabase } from '../support/fresh-database';
import {
  call,
  createSeminar,
  createUserWithToken,
  postGloss,
  postReply,
  publishSampleEdition,
  type TestUser,
} from '../support/seminar';

type Name = 'teacher' | 'anna' | 'boris';
const NAMES: Name[] = ['teacher', 'anna', 'boris'];

describe('a list that is asked for again', () => {
  const people = {} as Record<Name, TestUser>;
  let slug = '';

  before(async () => {
    await freshDatabase();
    await publishSampleEdition();
    for (const name of NAMES) people[name] = await createUserWithToken(name);
  });
  beforeEach(async () => {
    slug = await createSeminar({
      teacher: { somebody: people.teacher, role: 'instructor' },
      anna: { somebody: people.anna, role: 'student' },
      boris: { somebody: people.boris, role: 'student' },
    });
  });

  const lists = () => [
    `/api/v1/groups/${slug}/annotations?limit=50`,
    `/api/v1/groups/${slug}/outline?edition=gheorghiu-2009&section=doc1&near=doc1:948`,
  ];
  const ask = (name: Name, path: string, etag?: string) =>
    call(people[name], path, etag === undefined ? {} : { headers: { 'if-none-match': etag } });
  const tagsOf = (name: Name) =>
    Promise.all(lists().map(async (path) => (await ask(name, path)).headers.get('etag') ?? ''));
  const patch = (name: Name, id: string, body: object) =>
    call(people[name], `/api/v1/annotations/${id}`, {
      method: 'PATCH',
      headers: { 'if-match': '*' },
      body,
    });
  const decide = (name: Name, id: string, action: string) =>
    call(people[name], `/api/v1/annotations/${id}/moderation`, { body: { action, reason: 'Because.' } });

  /** The list as it is made without what is kept, for each person; every single note is the same. */
  async function requireFresh(): Promise<void> {
    for (const name of NAMES) {
      const viewer = await resolveViewer(new Headers({ authorization: `Bearer ${people[name].token}` }));
      const made = await listAnnotations(viewer, slug, {}, { limit: 50 });
      const list: { items: Annotation[] } = await (await ask(name, lists()[0] ?? '')).json();
      assert.deepEqual(list, made, name);
      for (const item of list.items)
        assert.deepEqual(await (await ask(name, `/api/v1/annotations/${item.id}`)).json(), item);
    }
  }

  it('is answered with 304 and nothing else while nothing of it changes', async () => {
    await postReply(people.boris, (await postGloss(people.anna, slug)).id);
    for (const name of NAMES)
      for (const path of lists()) {
        const first = await ask(name, path);
        const etag = first.headers.get('etag') ?? '';
        assert.match(etag, /^W\/"[\w-]{22}"$/);
        const again = await ask(name, path, `"other", ${etag}`);
        assert.deepEqual([again.status, await again.text(), again.headers.get('etag')], [304, '', etag]);
        assert.equal((await ask(name, path, '"other"')).status, 200);
      }
  });

  it('is new after each change that its reader may see, and as it would be made at first', async () => {
    const { id } = await postGloss(people.anna, slug);
    const reply = await postReply(people.boris, id);
    const where = { id: people.anna.id };
    const changes: Record<string, () => Promise<unknown>> = {
      'an edit': () => patch('anna', id, { body: 'Clamour.', tags: ['x'], kind: 'question' }),
      'an edit of an answer': () => patch('boris', reply.id, { body: 'No.' }),
      'an answer': () => postReply(people.anna, id),
      'a lock': () => decide('teacher', id, 'lock'),
      'an unlock': () => decide('teacher', id, 'unlock'),
      'a pin': () => decide('teacher', id, 'pin'),
      'a hidden answer': () => decide('teacher', reply.id, 'hide'),
      'a restored answer': () => decide('teacher', reply.id, 'restore'),
      'a hidden gloss': () => decide('teacher', id, 'hide'),
      'a restored gloss': () => decide('teacher', id, 'restore'),
      'another name': () => db.user.update({ where, data: { name: 'Anna Achmatova' } }),
      'a passage in doubt': () => db.passage.updateMany({ data: { anchor: 'fuzzy' } }),
      'another role': () =>
        call(people.teacher, `/api/v1/groups/${slug}/members/${people.boris.id}`, {
          method: 'PATCH',
          body: { role: 'reader' },
        }),
    };
    await requireFresh();
    for (const [name, change] of Object.entries(changes)) {
      const [before] = await tagsOf('boris');
      await change();
      const [after] = await tagsOf('boris');
      assert.notEqual(after, before, name);
      await requireFresh();
    }
  });

  it('does not tell of what its reader may not see', async () => {
    const { id } = await postGloss(people.anna, slug);
    await postReply(people.boris, id, { visibility: 'private' });
    const kept = await postGloss(people.anna, slug, { visibility: 'private' });
    const secrets: (() => Promise<unknown>)[] = [
      () => postGloss(people.anna, slug, { visibility: 'private' }),
      () => postReply(people.anna, id, { visibility: 'staff' }),
      () => patch('anna', kept.id, { body: 'Still mine.' }),
      () =>
        call(people.boris, `/api/v1/annotations/${id}/flags`, { body: { reason: 'wrong', note: 'Really.' } }),
      // What an account changes for itself.
      () => db.user.update({ where: { id: people.anna.id }, data: { locale: 'ro' } }),
    ];
    for (const secret of secrets) {
      const before = await tagsOf('boris');
      await secret();
      assert.deepEqual(await tagsOf('boris'), before);
    }
    // A gloss that is out of sight, above a reply of one's own.
    await db.annotation.updateMany({ where: { rootId: id, id }, data: { visibility: 'private' } });
    const before = await tagsOf('boris');
    await patch('anna', id, { body: 'Nobody reads this.' });
    assert.deepEqual(await tagsOf('boris'), before);
  });
});
