import assert from 'node:assert/strict';
import { before, describe, it } from 'node:test';
import { db } from '@/lib/db';
import { newId } from '@/lib/kernel/ids';
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

describe('what is unread', () => {
  let instructor: TestUser;
  let ana: TestUser;
  let ion: TestUser;
  let outsider: TestUser;

  before(async () => {
    await freshDatabase();
    await publishSampleEdition();
    instructor = await createUserWithToken('instructor');
    ana = await createUserWithToken('ana');
    ion = await createUserWithToken('ion');
    outsider = await createUserWithToken('outsider');
  });

  const newSeminar = () =>
    createSeminar({
      instructor: { somebody: instructor, role: 'instructor' },
      ana: { somebody: ana, role: 'student' },
      ion: { somebody: ion, role: 'student' },
    });
  const json = async (who: TestUser, path: string) => (await call(who, `/api/v1/${path}`)).json();
  const unreadOf = async (who: TestUser, seminar: string): Promise<number> =>
    (await json(who, `groups/${seminar}`)).unread;
  const listed = async (who: TestUser, seminar: string, more = ''): Promise<string[]> =>
    (await json(who, `groups/${seminar}/annotations?unread=1${more}`)).items.map(
      ({ id }: { id: string }) => id,
    );
  const mark = (who: TestUser, id: string, method = 'PUT') =>
    call(who, `/api/v1/annotations/${id}/read`, { method });
  const markGroup = (who: TestUser, seminar: string, body: object) =>
    call(who, `/api/v1/groups/${seminar}/read`, { method: 'PUT', body });

  it('is what others wrote, on the group, its list, its sections and the filter', async () => {
    const seminar = await newSeminar();
    const gloss = await postGloss(ana, seminar);
    const reply = await postReply(ion, gloss.id);
    const other = await postGloss(instructor, seminar, { section: 'doc2', start: 0, end: 4 });
    assert.deepEqual(await listed(ion, seminar), [gloss.id, other.id]);
    assert.deepEqual(await listed(ana, seminar), [reply.id, other.id]);
    assert.equal(await unreadOf(ion, seminar), 2);
    const { items } = await json(ion, 'groups');
    assert.equal(items.find(({ slug }: { slug: string }) => slug === seminar).unread, 2);
    const { sections } = await json(ion, `editions/gheorghiu-2009?group=${seminar}`);
    const counts = sections.map(({ id, unread }: { id: string; unread: number }) => [id, unread]);
    assert.deepEqual(counts, [
      ['article', 0],
      ['doc1', 1],
      ['doc2', 1],
    ]);
    assert.equal((await json(ion, `editions/gheorghiu-2009/sections/doc1?group=${seminar}`)).unread, 1);
    assert.equal((await json(anonymous, 'editions/gheorghiu-2009')).sections[1].unread, 0);
  });

  it('is marked as read and as unread by its reader, for themselves alone', async () => {
    const seminar = await newSeminar();
    const gloss = await postGloss(ana, seminar);
    const list = `/api/v1/groups/${seminar}/annotations`;
    const before = await call(ana, list);
    assert.equal((await mark(ion, gloss.id)).status, 204);
    assert.equal((await mark(ion, gloss.id)).status, 204);
    assert.deepEqual([await unreadOf(ion, seminar), await unreadOf(instructor, seminar)], [0, 1]);
    const after = await call(ana, list);
    assert.equal(after.headers.get('etag'), before.headers.get('etag'));
    assert.equal(await after.text(), await before.text());
    assert.equal((await mark(ion, gloss.id, 'DELETE')).status, 204);
    assert.deepEqual(await listed(ion, seminar), [gloss.id]);
    // An edit makes nothing unread again.
    await mark(ion, gloss.id);
    const edit = { method: 'PATCH', body: { body: 'Noise.' }, headers: { 'if-match': '*' } };
    assert.equal((await call(ana, `/api/v1/annotations/${gloss.id}`, edit)).status, 200);
    assert.equal(await unreadOf(ion, seminar), 0);
  });

  it('is not for nobody or a stranger to mark, and nothing is that one may not see', async () => {
    const seminar = await newSeminar();
    const gloss = await postGloss(ana, seminar);
    const secret = await postGloss(ana, seminar, { visibility: 'private' });
    const statuses = [
      await mark(anonymous, gloss.id),
      await mark(outsider, gloss.id),
      await mark(ion, secret.id),
      await mark(ion, 'x'),
      await markGroup(outsider, seminar, {}),
      await markGroup(ion, seminar, { section: 'doc1' }),
    ].map(({ status }) => status);
    assert.deepEqual(statuses, [401, 404, 404, 404, 404, 422]);
    assert.equal((await markGroup(ion, seminar, { annotations: [secret.id] })).status, 204);
    assert.equal(await db.readMark.count({ where: { annotationId: secret.id } }), 0);
  });

  it('is read at once: several, a section, all; what comes later is new', async () => {
    const seminar = await newSeminar();
    const notes = [];
    for (let i = 0; i < 4; i++) notes.push((await postGloss(ana, seminar)).id);
    const elsewhere = await postGloss(ana, seminar, { section: 'doc2', start: 0, end: 4 });
    await markGroup(ion, seminar, { annotations: notes.slice(0, 2) });
    assert.deepEqual(await listed(ion, seminar), [...notes.slice(2), elsewhere.id]);
    assert.equal((await markGroup(ion, seminar, { edition: 'gheorghiu-2009', section: 'doc1' })).status, 204);
    assert.deepEqual(await listed(ion, seminar), [elsewhere.id]);
    assert.equal((await markGroup(ion, seminar, {})).status, 204);
    assert.deepEqual(await listed(ion, seminar), []);
    await mark(ion, notes[1] ?? '', 'DELETE');
    await new Promise((wake) => setTimeout(wake, 5));
    const later = await postGloss(ana, seminar);
    assert.deepEqual(await listed(ion, seminar), [notes[1], later.id]);
    assert.equal(await unreadOf(instructor, seminar), 6);
  });

  it('counts what comes into sight after all was read, though it was written before', async () => {
    const seminar = await newSeminar();
    const { id: groupId } = await db.group.findUniqueOrThrow({ where: { slug: seminar } });
    const sections = { edition: 'gheorghiu-2009', sections: ['doc1'] };
    const assignment = newId();
    const reveal = new Date(Date.now() + 1_000);
    await db.assignment.create({
      data: { groupId, id: assignment, title: 'Blind', mode: 'blind_until', reveal, ...sections },
    });
    const blind = await postGloss(ana, seminar, { assignment });
    const secret = await postGloss(ana, seminar, { visibility: 'private' });
    const hidden = await postGloss(ana, seminar);
    const body = { action: 'hide', reason: 'so', version: 1 };
    await call(instructor, `/api/v1/annotations/${hidden.id}/moderation`, { body });
    assert.equal(await unreadOf(ion, seminar), 0);
    await markGroup(ion, seminar, {});
    await new Promise((wake) => setTimeout(wake, Math.max(0, reveal.getTime() + 20 - Date.now())));
    assert.deepEqual(await listed(ion, seminar), [blind.id]);
    const share = { method: 'PATCH', body: { visibility: 'group' }, headers: { 'if-match': '*' } };
    await call(ana, `/api/v1/annotations/${secret.id}`, share);
    assert.deepEqual(await listed(ion, seminar), [blind.id, secret.id]);
  });
});
