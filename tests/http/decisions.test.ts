import assert from 'node:assert/strict';
import { before, describe, it } from 'node:test';
import type { Annotation } from '@/lib/annotation/schema';
import { db } from '@/lib/db';
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
import { sentStatements } from '../support/sent-statements';

describe('deciding on notes', () => {
  const people = {} as Record<'instructor' | 'author' | 'student', TestUser>;
  let group = '';

  before(async () => {
    await freshDatabase();
    await publishSampleEdition();
    for (const name of ['instructor', 'author', 'student'] as const)
      people[name] = await createUserWithToken(name);
    group = await createSeminar({
      instructor: { somebody: people.instructor, role: 'instructor' },
      author: { somebody: people.author, role: 'student' },
      student: { somebody: people.student, role: 'student' },
    });
  });

  const decide = (who: TestUser, id: string, body: object) =>
    call(who, `/api/v1/annotations/${id}/moderation`, { body });
  const decided = async (id: string, body: object): Promise<Annotation> => {
    const response = await decide(people.instructor, id, body);
    assert.equal(response.status, 200, await response.clone().text());
    return response.json();
  };
  const read = async (who: TestUser, id: string) => (await call(who, `/api/v1/annotations/${id}`)).json();
  const edit = (who: TestUser, { id, version }: { id: string; version: number }, body: string) =>
    call(who, `/api/v1/annotations/${id}`, {
      method: 'PATCH',
      body: { body },
      headers: { 'if-match': `"${version}"` },
    });
  const queue = async () =>
    (await (await call(people.instructor, `/api/v1/groups/${group}/moderation/queue`)).json()).items;
  const log = async () =>
    (await (await call(people.instructor, `/api/v1/groups/${group}/moderation/log`)).json()).items;
  const thread = async (who: TestUser, root: string): Promise<Annotation[]> =>
    (await (await call(who, `/api/v1/groups/${group}/annotations?thread=${root}`)).json()).items;

  describe('what is sent back to its author', () => {
    it('is seen by its author with its words and the reason, and comes again as pending with the difference', async () => {
      const { id } = await postGloss(people.author, group, { body: 'A loud noise.' });
      const returned = await decided(id, { action: 'revise', reason: 'Cite your source.', version: 1 });
      assert.deepEqual([returned.state, returned.returned], ['denied', true]);
      assert.equal((await call(people.student, `/api/v1/annotations/${id}`)).status, 404);
      const mine = await read(people.author, id);
      assert.deepEqual([mine.body, mine.reason, mine.returned], ['A loud noise.', 'Cite your source.', true]);
      assert.ok(mine.can.includes('edit') && mine.can.includes('appeal'));
      assert.deepEqual(await queue(), []);

      const again = await (await edit(people.author, mine, 'A loud noise, says Dal.')).json();
      assert.deepEqual([again.state, again.returned], ['pending', false]);
      const [item] = await queue();
      assert.equal(item.annotation.id, id);
      assert.deepEqual(
        [item.resubmission.body, item.resubmission.reason, item.resubmission.by.id],
        ['A loud noise.', 'Cite your source.', people.instructor.id],
      );
      assert.ok(item.resubmission.difference.some(({ kind }: { kind: string }) => kind === 'added'));
      assert.equal((await decided(id, { action: 'approve', version: again.version })).state, 'published');
      assert.equal((await read(people.student, id)).body, 'A loud noise, says Dal.');
    });

    it('needs a reason, and is not sent back twice', async () => {
      const { id } = await postGloss(people.author, group);
      assert.equal((await decide(people.instructor, id, { action: 'revise' })).status, 422);
      assert.equal((await decide(people.student, id, { action: 'revise', reason: 'x' })).status, 403);
      await decided(id, { action: 'revise', reason: 'x' });
      assert.equal((await decide(people.instructor, id, { action: 'revise', reason: 'x' })).status, 403);
    });

    it('comes again by the protocol as well, and not where its author keeps it to themselves', async () => {
      const { id } = await postGloss(people.author, group);
      const { version } = await decided(id, { action: 'revise', reason: 'x' });
      const kept = await call(people.author, `/api/v1/annotations/${id}`, {
        method: 'PATCH',
        body: { visibility: 'private' },
        headers: { 'if-match': `"${version}"` },
      });
      assert.equal((await kept.json()).state, 'denied');
      const iri = `/groups/${group}/annotations/${id}`;
      const there = await call(people.author, iri, { headers: { accept: 'application/ld+json' } });
      const body = { type: 'TextualBody', value: 'Better.', format: 'text/markdown' };
      const document = { ...(await there.json()), body, 'urn:scholion:visibility': 'group' };
      const put = await call(people.author, iri, {
        method: 'PUT',
        body: document,
        headers: { 'content-type': 'application/ld+json', 'if-match': there.headers.get('etag') ?? '' },
      });
      assert.equal(put.status, 200, await put.clone().text());
      assert.equal((await read(people.author, id)).state, 'pending');
    });
  });

  it('tells whoever decided on an old version what has changed since', async () => {
    const { id } = await postGloss(people.author, group);
    await edit(people.author, { id, version: 1 }, 'Other words.');
    await decided(id, { action: 'lock', version: 2 });
    const stale = await decide(people.instructor, id, { action: 'hide', reason: 'x', version: 1 });
    assert.equal(stale.status, 409);
    assert.match(stale.headers.get('content-type') ?? '', /problem\+json/);
    const { changed } = await stale.json();
    assert.deepEqual([changed.version, changed.state, changed.words], [3, 'published', true]);
    assert.deepEqual(
      changed.decisions.map(({ action, actor }: { action: string; actor: { id: string } }) => [
        action,
        actor.id,
      ]),
      [['lock', people.instructor.id]],
    );
  });

  it('keeps what was reported without a trace of the report', async () => {
    const { id } = await postGloss(people.author, group);
    const list = () => call(people.author, `/api/v1/groups/${group}/annotations?thread=${id}`);
    const before = await list();
    await call(people.student, `/api/v1/annotations/${id}/flags`, { body: { reason: 'wrong' } });
    assert.equal((await decided(id, { action: 'approve', version: 1 })).version, 1);
    assert.ok(!(await queue()).some(({ annotation }: { annotation: Annotation }) => annotation.id === id));
    const after = await list();
    assert.equal(after.headers.get('etag'), before.headers.get('etag'));
    assert.deepEqual(await after.json(), await before.json());
    const [entry] = await log();
    assert.deepEqual(
      [entry.action, entry.annotation, entry.before, entry.after],
      ['approve', id, 'published', 'published'],
    );
    const { items } = await (await call(people.author, '/api/v1/notices')).json();
    assert.ok(!items.some(({ annotation }: { annotation: string }) => annotation === id));
  });

  describe('threads put in order', () => {
    it('moves a reply with all below it under another note, and into another thread', async () => {
      const [one, other] = [
        await postGloss(people.author, group),
        await postGloss(people.author, group, { section: 'doc2', start: 3, end: 9 }),
      ];
      const reply = await postReply(people.student, one.id);
      const below = await postReply(people.author, reply.id);
      const moved = await decided(reply.id, {
        action: 'move',
        reason: 'It belongs there.',
        to: other.id,
        version: 1,
      });
      assert.deepEqual(
        [moved.root, moved.parent, moved.section, moved.version],
        [other.id, other.id, 'doc2', 2],
      );
      const movedBelow = await read(people.student, below.id);
      assert.deepEqual(
        [movedBelow.root, movedBelow.parent, movedBelow.section],
        [other.id, reply.id, 'doc2'],
      );
      assert.deepEqual(
        (await thread(people.student, one.id)).map(({ id }) => id),
        [one.id],
      );
      assert.equal((await thread(people.student, other.id)).length, 3);
      const refuse = async (id: string, body: object) => (await decide(people.instructor, id, body)).status;
      assert.equal(await refuse(reply.id, { action: 'move', to: below.id }), 422);
      assert.equal(await refuse(reply.id, { action: 'move' }), 422);
      assert.equal(await refuse(one.id, { action: 'move', to: other.id }), 403);
      assert.equal((await decide(people.student, reply.id, { action: 'move', to: one.id })).status, 403);
    });

    it('shows a reply to nobody who did not see it before', async () => {
      const hidden = await postGloss(people.author, group, { visibility: 'staff' });
      const open = await postGloss(people.author, group);
      const reply = await postReply(people.author, hidden.id);
      await decided(reply.id, { action: 'move', to: open.id });
      assert.equal((await call(people.student, `/api/v1/annotations/${reply.id}`)).status, 404);
      const word = await postReply(people.instructor, open.id, { visibility: 'author' });
      const ofStudent = await postGloss(people.student, group);
      assert.equal(
        (await decide(people.instructor, word.id, { action: 'move', to: ofStudent.id })).status,
        409,
      );
      assert.equal((await decide(people.instructor, word.id, { action: 'split' })).status, 403);
    });

    it('merges a thread into another, and begins one with a reply on the passage of its root', async () => {
      const [one, other] = [
        await postGloss(people.author, group),
        await postGloss(people.student, group, { section: 'doc2', start: 3, end: 9 }),
      ];
      const reply = await postReply(people.student, one.id);
      const merged = await decided(one.id, { action: 'merge', to: other.id, version: 1 });
      assert.deepEqual([merged.root, merged.parent, merged.passages], [other.id, other.id, []]);
      assert.equal((await read(people.student, reply.id)).root, other.id);
      assert.equal(
        (await decide(people.instructor, other.id, { action: 'merge', to: reply.id })).status,
        422,
      );

      const split = await decided(one.id, { action: 'split', version: merged.version });
      assert.deepEqual([split.root, split.parent, split.exact], [one.id, null, other.exact]);
      assert.equal((await read(people.student, reply.id)).root, one.id);
      assert.equal((await thread(people.student, other.id)).length, 1);
      const outline = await call(
        people.student,
        `/api/v1/groups/${group}/outline?edition=gheorghiu-2009&section=doc2`,
      );
      assert.ok((await outline.json()).ids.includes(one.id));
    });
  });

  it('hides one earlier version on every path but the staff’s, and keeps it as it stood', async () => {
    const secret = 'Ivan lives in Gorky Street 5';
    const { id } = await postGloss(people.author, group, { body: secret });
    await edit(people.author, { id, version: 1 }, 'Somebody lives somewhere.');
    const etag = (await call(people.student, `/api/v1/annotations/${id}`)).headers.get('etag');
    await decided(id, { action: 'hide-version', reason: 'A home address.', version: 2, earlier: 1 });
    assert.equal((await call(people.student, `/api/v1/annotations/${id}`)).headers.get('etag'), etag);
    const history = async (who: TestUser) =>
      (await (await call(who, `/api/v1/annotations/${id}/history`)).json()).items;
    for (const who of [people.author, people.student])
      assert.deepEqual(
        (await history(who)).map(({ body }: { body: string }) => body),
        ['Somebody lives somewhere.'],
      );
    assert.deepEqual(
      (await history(people.instructor)).map(({ hidden }: { hidden: boolean }) => hidden),
      [true, false],
    );
    for (const path of [
      ...['jsonld', 'zip', 'jsonl', 'csv'].map((format) => `/api/v1/groups/${group}/export?format=${format}`),
      `/groups/${group}/annotations/${id}`,
    ]) {
      const text = await (await call(people.author, path, { headers: { accept: '*/*' } })).text();
      assert.ok(!text.includes('Gorky'), path);
    }
    const kept = await db.evidence.findFirst({ where: { annotationId: id } });
    assert.equal(kept?.body, secret);
    assert.equal(
      (await decide(people.instructor, id, { action: 'hide-version', version: 2, earlier: 1 })).status,
      422,
    );
    assert.equal(
      (await decide(people.student, id, { action: 'hide-version', version: 2, earlier: 1 })).status,
      403,
    );
  });

  describe('several decisions at once', () => {
    const many = (who: TestUser, body: object) => call(who, `/api/v1/groups/${group}/moderation`, { body });

    it('previews them, carries them out in a fixed number of statements, and takes them back', async () => {
      const notes: Annotation[] = [];
      for (let i = 0; i < 200; i++) notes.push(await postGloss(people.author, group));
      const [kept, ...hidden] = notes as [Annotation, ...Annotation[]];
      await call(people.student, `/api/v1/annotations/${kept.id}/flags`, { body: { reason: 'wrong' } });
      const decisions = [
        { annotation: kept.id, action: 'approve', version: 1 },
        ...hidden.map(({ id }) => ({ annotation: id, action: 'hide', reason: 'Spam.', version: 1 })),
      ];
      assert.equal((await many(people.student, { decisions })).status, 403);
      const preview = await (await many(people.instructor, { decisions, dryRun: true })).json();
      assert.deepEqual([preview.decided, preview.undo, preview.items[1].after], [200, null, 'hidden']);
      assert.equal((await read(people.student, kept.id)).state, 'published');

      const count = async (body: object) => {
        let response: Response | undefined;
        const statements = await sentStatements(async () => {
          response = await many(people.instructor, body);
        });
        return { statements: statements.length, answer: await response?.json() };
      };
      const { statements, answer } = await count({ decisions });
      assert.ok(statements < 20, `${statements} statements`);
      assert.equal(answer.decided, 200);
      const [one] = hidden as [Annotation];
      assert.deepEqual(
        [(await read(people.student, one.id)).state, (await read(people.student, kept.id)).version],
        ['hidden', 1],
      );
      assert.equal((await read(people.author, one.id)).reason, 'Spam.');
      assert.equal(
        await db.evidence.count({ where: { annotationId: { in: hidden.map(({ id }) => id) } } }),
        199,
      );

      // What somebody has decided on since is not taken back.
      await decided(one.id, { action: 'restore' });
      const undone = await count({ undo: answer.undo });
      assert.ok(undone.statements < 20, `${undone.statements} statements`);
      assert.equal(undone.answer.decided, 199);
      const [, second] = hidden as [Annotation, Annotation];
      assert.equal((await read(people.student, second.id)).state, 'published');
      const waiting = (await queue()).map(({ annotation }: { annotation: Annotation }) => annotation.id);
      assert.ok(waiting.includes(kept.id));
      assert.equal((await many(people.instructor, { undo: answer.undo })).status, 200);
      assert.equal((await (await many(people.instructor, { undo: answer.undo })).json()).decided, 0);
    });

    it('says of each what became of it', async () => {
      const [mine, another] = [await postGloss(people.author, group), await postGloss(people.author, group)];
      const decisions = [
        { annotation: mine.id, action: 'hide', reason: 'x', version: 7 },
        { annotation: another.id, action: 'restore' },
        { annotation: crypto.randomUUID(), action: 'approve' },
      ];
      const { items, decided: count } = await (await many(people.instructor, { decisions })).json();
      assert.deepEqual(
        [items.map(({ outcome }: { outcome: string }) => outcome), count],
        [['stale', 'forbidden', 'not-found'], 0],
      );
      assert.equal((await many(people.instructor, { decisions: [...decisions, decisions[0]] })).status, 422);
      assert.equal((await many(people.instructor, {})).status, 422);
      assert.equal((await many(people.instructor, { undo: crypto.randomUUID() })).status, 409);
    });
  });

  it('queues first what more people reported', async () => {
    const [once, twice] = [await postGloss(people.author, group), await postGloss(people.author, group)];
    const flag = (who: TestUser, id: string) =>
      call(who, `/api/v1/annotations/${id}/flags`, { body: { reason: 'wrong' } });
    await flag(people.student, once.id);
    await flag(people.student, twice.id);
    await flag(people.instructor, twice.id);
    const items: { annotation: Annotation; urgency: { reports: number } }[] = await queue();
    const placeOf = (id: string) => items.findIndex(({ annotation }) => annotation.id === id);
    assert.ok(placeOf(twice.id) < placeOf(once.id));
    assert.equal(items[placeOf(twice.id)]?.urgency.reports, 2);
  });
});
