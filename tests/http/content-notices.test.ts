import assert from 'node:assert/strict';
import { before, describe, it } from 'node:test';
import { db } from '@/lib/db';
import { operator } from '@/lib/identity';
import { getYearlyFigures, tellSenders } from '@/lib/moderation';
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

describe('a notice of content', () => {
  const people = {} as Record<'staff' | 'author', TestUser>;
  let open = '';
  let closed = '';

  before(async () => {
    await freshDatabase();
    await publishSampleEdition();
    people.staff = await createUserWithToken('staff');
    people.author = await createUserWithToken('author');
    const members = {
      staff: { somebody: people.staff, role: 'owner' as const },
      author: { somebody: people.author, role: 'student' as const },
    };
    open = await createSeminar(members, 'open');
    closed = await createSeminar(members);
  });

  let client = 0;
  /** From another address each time, since notices are counted by it. */
  const send = (body: object, ip = `192.0.2.${++client}`) =>
    call(anonymous, '/api/v1/notices-of-content', { body, headers: { 'x-scholion-socket': ip } });
  const words = { why: 'It names a private person.', name: 'Ana Pop', email: 'ana@outside.example' };
  const at = (id: string) => `http://localhost:3000/annotations/${id}`;
  const queue = async () =>
    (await (await call(people.staff, `/api/v1/groups/${open}/moderation/queue`)).json()).items;

  it('by anybody waits in the queue of the staff, and its sender is told what was decided, once', async () => {
    const note = await postGloss(people.author, open, { body: 'Somebody lives there.' });
    for (const address of [
      at(note.id),
      note.iri,
      `/editions/gheorghiu-2009/doc1?group=${open}&thread=${note.id}`,
    ]) {
      const response = await send({ address, ...words });
      assert.equal(response.status, 201, await response.clone().text());
      const { id, received } = await response.json();
      assert.ok(id && received);
    }
    const [item] = await queue();
    assert.equal(item.annotation.id, note.id);
    assert.deepEqual(
      [item.flags.length, item.flags[0].note, item.flags[0].by.name],
      [3, words.why, 'Ana Pop'],
    );
    assert.equal(JSON.stringify(item).includes(words.email), false);
    // Nobody else learns of it, the author neither.
    const seen = await (await call(people.author, `/api/v1/annotations/${note.id}`)).json();
    assert.deepEqual([seen.state, seen.version], ['published', 1]);

    await call(people.staff, `/api/v1/annotations/${note.id}/moderation`, {
      body: { action: 'hide', reason: 'A private address.', version: 1 },
    });
    await tellSenders();
    const rows = await db.contentNotice.findMany({ where: { annotationId: note.id } });
    assert.deepEqual(
      rows.map(({ outcome }) => outcome),
      ['hidden', 'hidden', 'hidden'],
    );
    const theirs = await (await call(people.author, `/api/v1/annotations/${note.id}`)).json();
    assert.equal(theirs.reason, 'A private address.');

    const figures = await getYearlyFigures(operator, new Date().getUTCFullYear());
    assert.deepEqual(
      [figures.notices, figures.open, figures.outcomes, figures.decisions.hide],
      [3, 0, { hidden: 3 }, 1],
    );
    await assert.rejects(getYearlyFigures(people.staff as never, 2026));

    // Who sent it is forgotten after a year; that there was a notice is not.
    await db.$executeRaw`UPDATE content_notice SET settled_at = now() - interval '2 years'`;
    await tellSenders();
    const [row] = await db.contentNotice.findMany({ where: { annotationId: note.id } });
    const ghost = await db.user.findUniqueOrThrow({ where: { id: row?.id ?? '' } });
    assert.deepEqual([row?.name, row?.email, row?.why, row?.outcome, ghost.name], ['', '', '', 'hidden', '']);
  });

  it('on what nobody may see answers as on what is not there', async () => {
    const hidden = await postGloss(people.author, open);
    await call(people.staff, `/api/v1/annotations/${hidden.id}/moderation`, {
      body: { action: 'hide', reason: 'x', version: 1 },
    });
    const addresses = [
      at((await postGloss(people.author, closed)).id),
      at((await postGloss(people.author, open, { visibility: 'private' })).id),
      at((await postGloss(people.author, open, { visibility: 'staff' })).id),
      at(hidden.id),
      at('00000000-0000-4000-8000-000000000000'),
      'http://localhost:3000/nothing',
    ];
    const answers = await Promise.all(
      addresses.map(async (address) => {
        const response = await send({ address, ...words });
        return [response.status, await response.text()];
      }),
    );
    for (const answer of answers) assert.deepEqual(answer, answers.at(-1));
    assert.equal(answers[0]?.[0], 404);
  });

  it('says why, by whom and in good faith, and is counted', async () => {
    const { id } = await postGloss(people.author, open);
    const good = { address: at(id), ...words };
    for (const wrong of [
      { why: ' ' },
      { name: '' },
      { email: 'none' },
      { address: '' },
      { goodFaith: false },
      { more: 1 },
    ])
      assert.equal((await send({ ...good, ...wrong })).status, 422, JSON.stringify(wrong));
    const statuses = [];
    for (let n = 0; n < 21; n++) statuses.push((await send(good, '198.51.100.7')).status);
    assert.deepEqual([statuses.filter((status) => status === 201).length, statuses.at(-1)], [20, 429]);
  });
});
