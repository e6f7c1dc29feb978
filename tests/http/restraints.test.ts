import assert from 'node:assert/strict';
import { before, describe, it } from 'node:test';
import { rememberViewers } from '@/lib/identity';
import { draftLetter } from '@/lib/notice';
import { freshDatabase } from '../support/fresh-database';
import {
  call,
  createSeminar,
  createUserWithToken,
  postGloss,
  publishSampleEdition,
  type TestUser,
} from '../support/seminar';

type Item = Record<string, unknown>;

describe('what staff does about a member, and what the member answers', () => {
  const people = {} as Record<'owner' | 'assistant' | 'author' | 'student', TestUser>;
  let group = '';

  before(async () => {
    await freshDatabase();
    await publishSampleEdition();
    for (const name of ['owner', 'assistant', 'author', 'student'] as const)
      people[name] = await createUserWithToken(name);
    group = await createSeminar({
      owner: { somebody: people.owner, role: 'owner' },
      assistant: { somebody: people.assistant, role: 'assistant' },
      author: { somebody: people.author, role: 'student' },
      student: { somebody: people.student, role: 'student' },
    });
  });

  const decide = (who: TestUser, id: string, body: object) =>
    call(who, `/api/v1/annotations/${id}/moderation`, { body });
  const appeal = (who: TestUser, id: string, words = 'It is a quotation.') =>
    call(who, `/api/v1/annotations/${id}/appeal`, { body: { words } });
  const read = async (who: TestUser, path: string) => (await call(who, `/api/v1${path}`)).json();
  const inGroup = (path: string) => `/api/v1/groups/${group}${path}`;
  const settings = (body: object) => call(people.owner, inGroup(''), { method: 'PATCH', body });

  describe('an appeal', () => {
    it('is its author’s alone, once for a decision, and another member of staff decides on it', async () => {
      const { id } = await postGloss(people.author, group);
      assert.equal((await appeal(people.author, id)).status, 403);
      await decide(people.assistant, id, { action: 'hide', reason: 'Rude.', version: 1 });
      const before = await read(people.student, `/annotations/${id}`);
      assert.equal((await appeal(people.student, id)).status, 403);
      assert.equal((await appeal(people.author, id)).status, 201);
      assert.equal((await appeal(people.author, id)).status, 409);
      assert.deepEqual(await read(people.student, `/annotations/${id}`), before);

      const { items } = await read(people.owner, `/groups/${group}/moderation/queue`);
      const item = items.find(({ annotation }: { annotation: Item }) => annotation.id === id);
      assert.deepEqual([item.appeal.words, item.appeal.decision.reason], ['It is a quotation.', 'Rude.']);
      assert.ok(item.annotation.can.includes('restore') && item.annotation.can.includes('refuse-appeal'));
      assert.ok(!(await read(people.assistant, `/annotations/${id}`)).can.includes('restore'));
      assert.equal((await decide(people.assistant, id, { action: 'restore', version: 2 })).status, 403);
      const restored = await decide(people.owner, id, {
        action: 'restore',
        reason: 'You are right.',
        version: 2,
      });
      assert.equal(restored.status, 200, await restored.clone().text());
      const [told] = (await read(people.author, `/annotations/${id}/appeal`)).items;
      assert.deepEqual([told.outcome, told.answer, told.decision.actor], ['granted', 'You are right.', null]);
    });

    it('is refused with a reason, and the note stays as it is', async () => {
      const { id } = await postGloss(people.author, group);
      await decide(people.assistant, id, { action: 'hide', reason: 'Rude.' });
      await appeal(people.author, id);
      assert.equal((await decide(people.owner, id, { action: 'refuse-appeal' })).status, 422);
      const refused = await decide(people.owner, id, { action: 'refuse-appeal', reason: 'It is not.' });
      assert.deepEqual([refused.status, (await refused.json()).state], [200, 'hidden']);
      const [told] = (await read(people.author, `/annotations/${id}/appeal`)).items;
      assert.deepEqual([told.outcome, told.answer], ['refused', 'It is not.']);
      assert.equal((await appeal(people.author, id)).status, 409);
      const { items } = await read(people.author, '/notices');
      assert.ok(items.some(({ kind, annotation }: Item) => kind === 'decision' && annotation === id));
    });
  });

  it('has a muted member read, and write nothing on any path, and tells until when and why', async () => {
    const forget = await rememberViewers();
    const [mine, another] = [await postGloss(people.author, group), await postGloss(people.student, group)];
    const until = new Date(Date.now() + 3_600_000).toISOString();
    const path = inGroup(`/members/${people.author.id}/mute`);
    assert.equal((await call(people.student, path, { body: { until, reason: 'x' } })).status, 403);
    assert.equal(
      (await call(people.owner, path, { body: { until: '2020-01-01T00:00:00Z', reason: 'x' } })).status,
      422,
    );
    assert.equal((await call(people.assistant, path, { body: { until, reason: 'Cool down.' } })).status, 200);
    // The processes that remember who asks hear of it by a notification.
    for (let i = 0; i < 50 && !(await read(people.author, `/groups/${group}`)).muted; i++)
      await new Promise((resolve) => setTimeout(resolve, 20));

    const document = await call(people.author, `/groups/${group}/annotations/${mine.id}`, {
      headers: { accept: 'application/ld+json' },
    });
    const etag = document.headers.get('etag') ?? '';
    const passage = { edition: 'gheorghiu-2009', section: 'doc1', start: 948, end: 965, body: 'More.' };
    const ld = { '@context': 'http://www.w3.org/ns/anno.jsonld', type: 'Annotation', bodyValue: 'More.' };
    const headers = { 'content-type': 'application/ld+json' };
    const refused: [string, object][] = [
      [inGroup('/annotations'), { body: passage }],
      [inGroup('/annotations'), { body: { ...passage, visibility: 'private' } }],
      [`/api/v1/annotations/${another.id}/replies`, { body: { body: 'x' } }],
      [`/api/v1/annotations/${another.id}/agree`, { method: 'POST' }],
      [
        `/api/v1/annotations/${mine.id}`,
        { method: 'PATCH', body: { body: 'x' }, headers: { 'if-match': '"1"' } },
      ],
      [
        `/groups/${group}/annotations/`,
        { body: { ...ld, target: 'http://localhost:3000/editions/gheorghiu-2009/doc1' }, headers },
      ],
      [
        `/groups/${group}/annotations/`,
        { body: { ...ld, target: another.iri, motivation: 'replying' }, headers },
      ],
      [
        `/groups/${group}/annotations/${mine.id}`,
        {
          method: 'PUT',
          body: { ...ld, target: 'http://localhost:3000/editions/gheorghiu-2009/doc1' },
          headers: { ...headers, 'if-match': etag },
        },
      ],
    ];
    for (const [where, what] of refused) {
      const response = await call(people.author, where, what);
      assert.equal(response.status, 403, `${where} ${JSON.stringify(what)} ${await response.clone().text()}`);
      const problem = await response.json();
      assert.match(problem.type, /\/problems\/muted$/, where);
      assert.deepEqual([problem.until, problem.reason], [until, 'Cool down.']);
      assert.match(problem.detail, /Cool down\./);
    }
    const flagged = await call(people.author, `/api/v1/annotations/${another.id}/flags`, {
      body: { reason: 'wrong' },
    });
    assert.equal(flagged.status, 201);
    const { can } = await read(people.author, `/annotations/${mine.id}`);
    assert.ok(can.includes('delete') && !can.includes('edit') && !can.includes('reply'));
    assert.equal((await read(people.author, `/groups/${group}`)).muted.reason, 'Cool down.');
    assert.equal((await call(people.owner, path, { method: 'DELETE' })).status, 204);
    for (let i = 0; i < 50 && (await read(people.author, `/groups/${group}`)).muted; i++)
      await new Promise((resolve) => setTimeout(resolve, 20));
    await postGloss(people.author, group);
    await forget();
    assert.equal(
      (
        await call(people.assistant, inGroup(`/members/${people.owner.id}/mute`), {
          body: { until, reason: 'x' },
        })
      ).status,
      403,
    );
  });

  it('has nobody but staff write in a group that is read-only for the time being', async () => {
    const { id } = await postGloss(people.author, group);
    assert.equal((await settings({ readOnly: true })).status, 200);
    const refused = await call(people.author, inGroup('/annotations'), {
      body: { edition: 'gheorghiu-2009', section: 'doc1', start: 0, end: 5, body: 'x' },
    });
    assert.equal(refused.status, 423);
    assert.equal(
      (await call(people.student, `/api/v1/annotations/${id}/replies`, { body: { body: 'x' } })).status,
      423,
    );
    await postGloss(people.owner, group);
    assert.equal((await decide(people.owner, id, { action: 'pin' })).status, 200);
    assert.equal((await settings({ readOnly: false })).status, 200);
  });

  it('holds back what a group’s members write, or one of them, until it is approved', async () => {
    const stateOf = async (who: TestUser) => (await postGloss(who, group)).state;
    assert.equal((await settings({ premoderated: true })).status, 200);
    assert.deepEqual([await stateOf(people.author), await stateOf(people.owner)], ['pending', 'published']);
    const own = await postGloss(people.author, group, { visibility: 'private' });
    const shown = await call(people.author, `/api/v1/annotations/${own.id}`, {
      method: 'PATCH',
      body: { visibility: 'group' },
      headers: { 'if-match': '"1"' },
    });
    assert.equal((await shown.json()).state, 'pending');
    await settings({ premoderated: false });
    const path = inGroup(`/members/${people.author.id}/premoderation`);
    assert.equal(
      (await call(people.owner, path, { method: 'PUT', body: { premoderated: true } })).status,
      200,
    );
    assert.deepEqual([await stateOf(people.author), await stateOf(people.student)], ['pending', 'published']);
    await call(people.owner, path, { method: 'PUT', body: { premoderated: false } });
  });

  it('warns a member, who acknowledges it, and keeps notes of one that they never see', async () => {
    const member = inGroup(`/members/${people.author.id}`);
    const warned = await call(people.owner, `${member}/warnings`, { body: { words: 'Be civil.' } });
    assert.equal(warned.status, 201);
    const { id } = await warned.json();
    const acknowledge = (who: TestUser) =>
      call(who, inGroup(`/warnings/${id}/acknowledged`), { method: 'PUT' });
    assert.equal((await acknowledge(people.student)).status, 404);
    assert.equal((await acknowledge(people.author)).status, 204);
    const [mine] = (await (await call(people.author, `${member}/warnings`)).json()).items;
    assert.ok(mine.acknowledged);
    assert.equal((await call(people.student, `${member}/warnings`)).status, 404);
    assert.equal(
      (await call(people.owner, `${member}/notes`, { body: { words: 'Third time.' } })).status,
      201,
    );
    assert.equal((await call(people.author, `${member}/notes`)).status, 403);
    assert.equal((await (await call(people.assistant, `${member}/notes`)).json()).items.length, 1);
  });

  it('tells the group’s own reason to the author and to the reporter, each in its form', async () => {
    const reasons = [
      {
        id: 'civil',
        title: 'Civility',
        toAuthor: 'We are polite here.',
        toReporter: 'Thank you: we agreed.',
      },
    ];
    assert.equal((await settings({ reasons })).status, 200);
    const { id } = await postGloss(people.author, group);
    await call(people.student, `/api/v1/annotations/${id}/flags`, { body: { reason: 'offensive' } });
    assert.equal((await decide(people.owner, id, { action: 'hide', rule: 'rude' })).status, 422);
    assert.equal(
      (await decide(people.owner, id, { action: 'hide', rule: 'civil', reason: 'See line 2.' })).status,
      200,
    );
    assert.equal(
      (await read(people.author, `/annotations/${id}`)).reason,
      'We are polite here.\n\nSee line 2.',
    );
    const own = await read(people.student, `/annotations/${id}/flags`);
    assert.deepEqual([own.outcome, own.words], ['acted', 'Thank you: we agreed.']);
    // The note is gone from sight, so the notice of its outcome names it no longer.
    const { items } = await read(people.student, '/notices');
    assert.deepEqual([items[0].kind, items[0].annotation], ['decision', null]);
    const mailed = async (who: TestUser) => (await draftLetter(who.id))?.text ?? '';
    assert.match(await mailed(people.student), /Thank you: we agreed\./);
    assert.match(await mailed(people.author), /We are polite here\./);
  });

  it('tells whoever reported a note that stays so, and its author nothing', async () => {
    const { id } = await postGloss(people.author, group);
    const told = async (who: TestUser) => (await read(who, '/notices')).items.length;
    const before = await told(people.author);
    await call(people.student, `/api/v1/annotations/${id}/flags`, { body: { reason: 'wrong' } });
    assert.equal((await decide(people.owner, id, { action: 'approve' })).status, 200);
    const { items } = await read(people.student, '/notices');
    assert.deepEqual([items[0].kind, items[0].annotation], ['decision', id]);
    assert.equal(await told(people.author), before);
  });

  it('logs what was decided on members and on the group, with a change of role', async () => {
    const role = (wanted: string) =>
      call(people.owner, inGroup(`/members/${people.student.id}`), {
        method: 'PATCH',
        body: { role: wanted },
      });
    assert.equal((await role('assistant')).status, 200);
    assert.equal((await role('student')).status, 200);
    const { items } = await read(people.owner, `/groups/${group}/moderation/log?limit=500`);
    const actions = new Set(items.map(({ action }: Item) => action));
    for (const action of [
      'appeal',
      'refuse-appeal',
      'mute',
      'unmute',
      'premoderate',
      'warn',
      'acknowledge',
      'settings',
    ])
      assert.ok(actions.has(action), action);
    const changes = items.filter(({ action }: Item) => action === 'role').map(({ details }: Item) => details);
    const filtered = await read(
      people.owner,
      `/groups/${group}/moderation/log?action=mute&whose=${people.author.id}`,
    );
    assert.deepEqual(
      filtered.items.map(({ action, whose }: Item) => [action, (whose as Item).id]),
      [['mute', people.author.id]],
    );
    const csv = await (
      await call(people.owner, inGroup('/moderation/log/export?format=csv&action=role'))
    ).text();
    assert.equal(csv.trimEnd().split('\r\n').length, 3);
    const lines = await (await call(people.owner, inGroup('/moderation/log/export?format=jsonl'))).text();
    assert.equal(lines.trimEnd().split('\n').length, items.length);
    assert.equal((await call(people.author, inGroup('/moderation/log/export'))).status, 403);
    assert.deepEqual(changes, [
      { from: 'assistant', to: 'student' },
      { from: 'student', to: 'assistant' },
    ]);
  });

  it('lets a student moderate who was given that right alone, and logs that', async () => {
    const change = (body: object, id = people.student.id) =>
      call(people.owner, inGroup(`/members/${id}`), { method: 'PATCH', body });
    const { id } = await postGloss(people.author, group, { visibility: 'staff' });
    assert.equal((await call(people.student, `/api/v1/annotations/${id}`)).status, 404);
    assert.equal((await change({ moderates: true }, people.assistant.id)).status, 409);
    assert.equal((await change({})).status, 422);
    const given = await (await change({ moderates: true })).json();
    assert.deepEqual([given.role, given.moderates], ['student', true]);
    assert.equal((await decide(people.student, id, { action: 'hide', reason: 'Rude.' })).status, 200);
    assert.equal((await call(people.student, inGroup('/moderation/queue'))).status, 200);
    const mute = { until: new Date(Date.now() + 86_400_000).toISOString(), reason: 'Rude.' };
    const muted = (who: TestUser) => call(people.student, inGroup(`/members/${who.id}/mute`), { body: mute });
    assert.deepEqual(
      [(await muted(people.author)).status, (await muted(people.assistant)).status],
      [200, 403],
    );
    await call(people.student, inGroup(`/members/${people.author.id}/mute`), { method: 'DELETE' });
    const members = (await read(people.student, `/groups/${group}/members`)).items;
    assert.ok(members.every((member: Item) => member.email === undefined && member.muted === null));
    assert.equal((await call(people.student, inGroup('/overview'))).status, 403);
    // The right ends with the role that it was given beside.
    await change({ role: 'reader' });
    const back = await (await change({ role: 'student' })).json();
    assert.equal(back.moderates, false);
    assert.equal((await call(people.student, inGroup('/moderation/queue'))).status, 403);
    const { items } = await read(people.owner, `/groups/${group}/moderation/log?action=role&limit=3`);
    assert.deepEqual(items.map(({ details }: Item) => details).reverse(), [
      { from: 'student', to: 'moderator' },
      { from: 'moderator', to: 'reader' },
      { from: 'reader', to: 'student' },
    ]);
  });

  it('shows in the queue what an author has in the group, and who else looks at a note', async () => {
    const { id } = await postGloss(people.student, group);
    await call(people.author, `/api/v1/annotations/${id}/flags`, { body: { reason: 'wrong' } });
    const look = async (who: TestUser, annotation: string | null) =>
      (
        await (
          await call(who, inGroup('/moderation/looking'), { method: 'PUT', body: { annotation } })
        ).json()
      ).items;
    assert.deepEqual(await look(people.assistant, id), []);
    const seen = await look(people.owner, null);
    assert.deepEqual([seen[0].annotation, seen[0].by.id, seen.length], [id, people.assistant.id, 1]);
    await look(people.assistant, null);
    assert.deepEqual(await look(people.owner, id), []);
    const refused = await call(people.author, inGroup('/moderation/looking'), {
      method: 'PUT',
      body: { annotation: id },
    });
    assert.equal(refused.status, 403);
    const { items } = await read(people.owner, `/groups/${group}/moderation/queue`);
    const { record } = items.find(({ annotation }: { annotation: Item }) => annotation.id === id);
    assert.ok(record.notes >= 1 && record.heldBack === 0);
  });
});
