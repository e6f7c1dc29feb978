import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { db } from '@/lib/db';
import { newId } from '@/lib/kernel/ids';
import { countStreams } from '@/lib/live';
import { type EventReader, openEvents } from '../support/event-stream';
import { freshDatabase } from '../support/fresh-database';
import {
  anonymous,
  call,
  createSeminar,
  createUserWithToken,
  postGloss,
  postReply,
  publishSampleEdition,
  type TestUser,
} from '../support/seminar';
import { until } from '../support/until';

/** Longer than an event takes, where none is to come. */
const QUIET = 300;
const quiet = () => new Promise((wake) => setTimeout(wake, QUIET));

describe('the events of a group', () => {
  let instructor: TestUser;
  let ana: TestUser;
  let ion: TestUser;
  let outsider: TestUser;
  let open: EventReader[] = [];

  before(async () => {
    await freshDatabase();
    await publishSampleEdition();
    instructor = await createUserWithToken('instructor');
    ana = await createUserWithToken('ana');
    ion = await createUserWithToken('ion');
    outsider = await createUserWithToken('outsider');
  });

  after(closeAll);

  async function closeAll(): Promise<void> {
    await Promise.all(open.map((reader) => reader.close()));
    open = [];
  }

  const newSeminar = () =>
    createSeminar({
      instructor: { somebody: instructor, role: 'instructor' },
      ana: { somebody: ana, role: 'student' },
      ion: { somebody: ion, role: 'student' },
    });

  async function follow(...args: Parameters<typeof openEvents>): Promise<EventReader> {
    const reader = await openEvents(...args);
    assert.equal(reader.response.status, 200);
    open.push(reader);
    return reader;
  }

  const decide = (id: string, action: string, version: number) =>
    call(instructor, `/api/v1/annotations/${id}/moderation`, { body: { action, reason: 'so', version } });
  const kinds = (reader: EventReader) => reader.events.map(({ kind }) => kind);

  it('come as server-sent events that no proxy keeps or compresses', async () => {
    const seminar = await newSeminar();
    const { response } = await follow(ana, seminar);
    assert.equal(response.headers.get('content-type'), 'text/event-stream');
    assert.match(response.headers.get('cache-control') ?? '', /no-cache/);
    assert.equal(response.headers.get('x-accel-buffering'), 'no');
    assert.equal(response.headers.get('content-encoding'), null);
    await closeAll();
    await until(() => countStreams() === 0);
    const head = await call(ana, `/api/v1/groups/${seminar}/events`, { method: 'HEAD' });
    assert.equal(head.status, 200);
    assert.equal(head.headers.get('content-type'), 'text/event-stream');
    assert.equal(countStreams(), 0);
  });

  it('are not for nobody, for a stranger, or for who wants another type', async () => {
    const seminar = await newSeminar();
    for (const who of [anonymous, outsider]) {
      const { response } = await openEvents(who, seminar);
      assert.equal(response.status, 404);
    }
    const headers = { accept: 'application/json' };
    assert.equal((await call(ana, `/api/v1/groups/${seminar}/events`, { headers })).status, 406);
  });

  it('are one for a write, with the id of the data, ids alone, in one order for all', async () => {
    const seminar = await newSeminar();
    const readers = await Promise.all([ana, ion, instructor].map((who) => follow(who, seminar)));
    const gloss = await postGloss(ana, seminar);
    const reply = await postReply(ion, gloss.id);
    await call(ana, `/api/v1/annotations/${gloss.id}`, {
      method: 'PATCH',
      body: { body: 'Noise.' },
      headers: { 'if-match': '*' },
    });
    for (const reader of readers) {
      await reader.count(3);
      assert.deepEqual(
        reader.events.map(({ kind, annotation, root, section }) => [kind, annotation, root, section]),
        [
          ['annotation.created', gloss.id, gloss.id, 'doc1'],
          ['annotation.created', reply.id, gloss.id, 'doc1'],
          ['annotation.changed', gloss.id, gloss.id, 'doc1'],
        ],
      );
      for (const { id, sse, ...rest } of reader.events) {
        assert.equal(id, sse);
        assert.deepEqual(Object.keys(rest).sort(), ['annotation', 'kind', 'root', 'section']);
      }
      assert.deepEqual(reader.events, readers[0]?.events);
    }
    await quiet();
    assert.deepEqual(
      readers.map(({ events }) => events.length),
      [3, 3, 3],
    );
  });

  it('begin now, after an event, or from the first; not after one that was never given', async () => {
    const seminar = await newSeminar();
    const written = [];
    for (let i = 0; i < 4; i++) written.push((await postGloss(ana, seminar)).id);
    const all = await follow(ion, seminar, { after: '0' });
    await all.count(4);
    assert.deepEqual(
      all.events.map(({ annotation }) => annotation),
      written,
    );
    const second = all.events[1]?.id ?? '';
    const on = await follow(ion, seminar, { after: second });
    const fresh = await follow(ion, seminar);
    await on.count(2);
    assert.deepEqual(on.events, all.events.slice(2));
    const position = fresh.response.headers.get('last-event-id') ?? '';
    const { id } = await postGloss(ana, seminar);
    const late = await follow(ion, seminar, { after: position });
    for (const reader of [fresh, late]) {
      await reader.count(1);
      assert.deepEqual(
        reader.events.map(({ annotation }) => annotation),
        [id],
      );
    }
    const unknown = [
      'x',
      '-1',
      '00',
      '1',
      '999999999',
      String(Number(second) + 1),
      `@${'9'.repeat(18)}`,
      '9'.repeat(40),
    ];
    for (const wrong of unknown) {
      const { response } = await openEvents(ion, seminar, { after: wrong });
      assert.equal(response.status, 400, wrong);
    }
  });

  it('of a note that others may not see reach its author alone, and leave no gap', async () => {
    const seminar = await newSeminar();
    const [own, other, staff] = await Promise.all([ana, ion, instructor].map((who) => follow(who, seminar)));
    await postGloss(ana, seminar, { visibility: 'private' });
    await own?.count(1);
    const forStaff = await postGloss(ana, seminar, { visibility: 'staff' });
    await staff?.count(1);
    await quiet();
    assert.deepEqual(kinds(own as EventReader), ['annotation.created', 'annotation.created']);
    assert.deepEqual(
      staff?.events.map(({ annotation }) => annotation),
      [forStaff.id],
    );
    assert.deepEqual(other?.events, []);
    const replayed = await follow(ion, seminar, { after: '0', query: '?once=1' });
    await until(replayed.isEnded);
    assert.deepEqual(replayed.events, []);
  });

  it('say `gone` to those who saw a note that went out of sight, and to them alone', async () => {
    const seminar = await newSeminar();
    const shared = await postGloss(ana, seminar);
    const secret = await postGloss(ana, seminar, { visibility: 'staff' });
    const readers = await Promise.all([ana, ion, instructor].map((who) => follow(who, seminar)));
    const [author, student, staff] = readers as [EventReader, EventReader, EventReader];
    assert.equal((await decide(shared.id, 'hide', 1)).status, 200);
    await student.count(1);
    assert.deepEqual(
      student.events.map(({ kind, annotation }) => [kind, annotation]),
      [['gone', shared.id]],
    );
    // Of what was never in sight there is nothing to say.
    assert.equal((await decide(secret.id, 'hide', 1)).status, 200);
    assert.equal((await decide(shared.id, 'restore', 2)).status, 200);
    await student.count(2);
    assert.deepEqual(kinds(student), ['gone', 'annotation.created']);
    for (const who of [author, staff]) {
      await who.count(3);
      assert.deepEqual(kinds(who), ['annotation.hide', 'annotation.hide', 'annotation.restore']);
    }
    const headers = { 'if-match': '*' };
    const narrower = { method: 'PATCH', body: { visibility: 'private' }, headers };
    assert.equal((await call(ana, `/api/v1/annotations/${shared.id}`, narrower)).status, 200);
    await student.count(3);
    await staff.count(4);
    await author.count(4);
    assert.deepEqual(
      [student, staff, author].map((who) => kinds(who).at(-1)),
      ['gone', 'gone', 'annotation.changed'],
    );
    const mine = await postGloss(ion, seminar);
    await author.count(5);
    assert.equal(
      (await call(ion, `/api/v1/annotations/${mine.id}`, { method: 'DELETE', headers })).status,
      200,
    );
    await author.count(6);
    assert.deepEqual(
      author.events.slice(-1).map(({ kind, annotation }) => [kind, annotation]),
      [['gone', mine.id]],
    );
    // Who comes later has seen none of it.
    const late = await createUserWithToken('late');
    await db.member.create({
      data: {
        groupId: (await db.group.findUniqueOrThrow({ where: { slug: seminar } })).id,
        userId: late.id,
        role: 'student',
      },
    });
    const replayed = await follow(late, seminar, { after: '0', query: '?once=1' });
    await until(replayed.isEnded);
    assert.deepEqual(replayed.events, []);
  });

  it('say `revealed`, without ids, when a door opens and to whom', async () => {
    const seminar = await newSeminar();
    const task = { title: 'First', edition: 'gheorghiu-2009', sections: ['doc1'], mode: 'post-first' };
    const made = await call(instructor, `/api/v1/groups/${seminar}/assignments`, { body: task });
    const { id: assignment } = await made.json();
    await postGloss(ana, seminar, { assignment });
    const readers = await Promise.all([ana, ion, instructor].map((who) => follow(who, seminar)));
    const [first, second, staff] = readers as [EventReader, EventReader, EventReader];
    await postGloss(ion, seminar, { assignment });
    await second.count(2);
    assert.deepEqual(kinds(second).sort(), ['annotation.created', 'revealed']);
    const revealed = second.events.find(({ kind }) => kind === 'revealed');
    assert.deepEqual([revealed?.annotation, revealed?.root, revealed?.section], [null, null, null]);
    await first.count(1);
    await staff.count(1);
    await quiet();
    assert.deepEqual([kinds(first), kinds(staff)], [['annotation.created'], ['annotation.created']]);
  });

  it('say `revealed` when the date comes, though nobody writes, and once', async () => {
    const seminar = await newSeminar();
    const { id: groupId } = await db.group.findUniqueOrThrow({ where: { slug: seminar } });
    const sections = { edition: 'gheorghiu-2009', sections: ['doc1'] };
    const reveal = new Date(Date.now() + 1_500);
    await db.assignment.create({
      data: { groupId, id: newId(), title: 'Blind', mode: 'blind_until', reveal, ...sections },
    });
    const assignment = (await db.assignment.findFirstOrThrow({ where: { groupId } })).id;
    const [student, staff] = [await follow(ion, seminar), await follow(instructor, seminar)];
    await postGloss(ana, seminar, { assignment });
    await staff.count(1);
    assert.deepEqual(student.events, []);
    await student.count(1);
    assert.ok(Date.now() >= reveal.getTime());
    await new Promise((wake) => setTimeout(wake, 2_500));
    assert.deepEqual([kinds(student), kinds(staff)], [['revealed'], ['annotation.created']]);
  });

  it('are of the section that is followed, and of the one that a note left', async () => {
    const seminar = await newSeminar();
    const doc2 = await follow(ion, seminar, { query: '?section=doc2' });
    const page = await follow(ion, seminar, { query: '?edition=gheorghiu-2009&page=doc1' });
    const gloss = await postGloss(ana, seminar);
    await page.count(1);
    const elsewhere = await postGloss(ana, seminar, { section: 'doc2', start: 0, end: 4 });
    await doc2.count(1);
    await quiet();
    assert.deepEqual(
      [page, doc2].map(({ events }) => events.map(({ annotation }) => annotation)),
      [[gloss.id], [elsewhere.id]],
    );
  });

  it('end with the membership, the token, and the access to the group', async () => {
    const seminar = await newSeminar();
    const leaving = await createUserWithToken('leaving');
    const expired = await createUserWithToken('expired');
    const { id: groupId } = await db.group.findUniqueOrThrow({ where: { slug: seminar } });
    for (const { id: userId } of [leaving, expired])
      await db.member.create({ data: { groupId, userId, role: 'student' } });
    const [removed, revoked, stays] = [
      await follow(leaving, seminar),
      await follow(expired, seminar),
      await follow(ana, seminar),
    ];
    await postGloss(ana, seminar);
    await Promise.all([removed, revoked, stays].map((reader) => reader.count(1)));
    const path = `/api/v1/groups/${seminar}/members/${leaving.id}`;
    assert.equal((await call(instructor, path, { method: 'DELETE' })).status, 204);
    await until(removed.isEnded);
    await db.token.deleteMany({ where: { userId: expired.id } });
    await until(revoked.isEnded);
    await postGloss(ana, seminar);
    await stays.count(2);
    assert.deepEqual(
      [removed, revoked].map(({ events }) => events.length),
      [1, 1],
    );
    assert.equal(stays.isEnded(), false);
    assert.equal((await openEvents(leaving, seminar)).response.status, 404);
    const public_ = await createSeminar({ ana: { somebody: ana, role: 'owner' } }, 'open');
    const guest = await follow(anonymous, public_);
    await postGloss(ana, public_);
    await guest.count(1);
    const closing = { method: 'PATCH', body: { access: 'private' } };
    assert.equal((await call(ana, `/api/v1/groups/${public_}`, closing)).status, 200);
    await until(guest.isEnded);
  });

  it('come to all who connect at the same moment, as after a restart', async () => {
    await closeAll();
    const seminar = await newSeminar();
    const { id: first } = await postGloss(ana, seminar);
    const people = [instructor, ana, ion].flatMap((who) => [who, who, who, who]);
    const readers = await Promise.all(people.map((who) => follow(who, seminar, { after: '0' })));
    await Promise.all(readers.map((reader) => reader.count(1)));
    const { id: second } = await postGloss(ana, seminar);
    await Promise.all(readers.map((reader) => reader.count(2)));
    for (const { events } of readers)
      assert.deepEqual(
        events.map(({ annotation }) => annotation),
        [first, second],
      );
    await closeAll();
    await until(() => countStreams() === 0);
  });

  it('are refused to who has too many streams open, with when to come again', async () => {
    await closeAll();
    const seminar = await newSeminar();
    for (let i = 0; i < 12; i++) await follow(ana, seminar);
    const { response } = await openEvents(ana, seminar);
    assert.equal(response.status, 429);
    assert.ok(Number(response.headers.get('retry-after')) > 0);
    await closeAll();
    await follow(ana, seminar);
  });

  it('of twelve who write at once come to all, none lost and none twice, over a broken connection too', async () => {
    await closeAll();
    const writers = await Promise.all(
      Array.from({ length: 12 }, (_, i) => createUserWithToken(`writer${i}`)),
    );
    const members = writers.map((somebody, i) => [`writer${i}`, { somebody, role: 'student' as const }]);
    const seminar = await createSeminar({
      ...Object.fromEntries(members),
      ion: { somebody: ion, role: 'reader' },
    });
    const steady = await follow(ion, seminar);
    // Known before anybody writes: what is written before it is not lost, but was never asked for.
    let position = (await follow(ion, seminar)).response.headers.get('last-event-id') ?? '';
    const seen: EventReader['events'] = [];
    let isOver = false;
    const breaking = (async () => {
      while (!isOver) {
        const reader = await openEvents(ion, seminar, { after: position });
        await new Promise((wake) => setTimeout(wake, 60));
        await reader.close();
        seen.push(...reader.events);
        position = reader.events.at(-1)?.id ?? position;
      }
      const rest = await openEvents(ion, seminar, { after: position, query: '?once=1' });
      await until(rest.isEnded);
      seen.push(...rest.events);
    })();
    const written = await Promise.all(
      writers.flatMap((who) => Array.from({ length: 6 }, async () => (await postGloss(who, seminar)).id)),
    );
    await steady.count(written.length);
    isOver = true;
    await breaking;
    const ids = (events: EventReader['events']) => events.map(({ annotation }) => annotation);
    assert.deepEqual(ids(steady.events).sort(), [...written].sort());
    assert.deepEqual(
      ids(seen),
      steady.events.map(({ annotation }) => annotation),
    );
  });
});
