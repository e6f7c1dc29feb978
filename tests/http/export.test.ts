import assert from 'node:assert/strict';
import { before, describe, it } from 'node:test';
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

describe('taking a group home', () => {
  let student: TestUser;
  let instructor: TestUser;
  let group = '';
  let ids: string[] = [];

  before(async () => {
    await freshDatabase();
    await publishSampleEdition();
    student = await createUserWithToken('student', 'write', 'Студентка');
    instructor = await createUserWithToken('instructor');
    group = await createSeminar({
      student: { somebody: student, role: 'student' },
      instructor: { somebody: instructor, role: 'instructor' },
    });
    const root = await postGloss(student, group, {
      body: 'Шумиха, «noise»',
      tags: ['press, noisy'],
      kind: 'translation',
    });
    const reply = await postReply(instructor, root.id, { body: '=1+1' });
    const deep = await postReply(student, reply.id, { body: 'line one\nline two' });
    const whole = await postGloss(student, group, {
      start: undefined,
      end: undefined,
      section: 'article',
      body: 'All of it',
    });
    ids = [root.id, reply.id, deep.id, whole.id];
  });

  const file = async (query: string, who = student) => {
    const response = await call(who, `/api/v1/groups/${group}/export?${query}`);
    assert.equal(response.status, 200);
    // `text()` would take the byte order mark off.
    return { text: Buffer.from(await response.arrayBuffer()).toString(), headers: response.headers };
  };

  it('gives a W3C AnnotationCollection with every reply', async () => {
    const { text, headers } = await file('format=jsonld');
    assert.match(
      headers.get('content-disposition') ?? '',
      new RegExp(`attachment; filename="${group}.jsonld"`),
    );
    const { type, total, first } = JSON.parse(text);
    assert.deepEqual([type, total, first.items.length], ['AnnotationCollection', 4, 4]);
    const [root, reply, deep] = first.items;
    assert.equal(reply.target, root.id);
    assert.equal(deep.target, reply.id);
    assert.equal(root.creator.name, 'Студентка');
    assert.ok(Date.parse(root.created));
  });

  it('gives a table that a spreadsheet opens rightly, and that runs nothing', async () => {
    const { text } = await file('format=csv');
    assert.ok(text.startsWith('\uFEFFid,'));
    const lines = text.trimEnd().split('\r\n');
    assert.equal(lines.length, 1 + 4);
    assert.match(
      lines[1] ?? '',
      /translation,gheorghiu-2009,doc1,doc1\.p3,125,948,965,нездоровой шумихи,exact,/,
    );
    assert.match(lines[1] ?? '', /"press, noisy"|press, noisy/);
    assert.match(lines[2] ?? '', /,'=1\+1$/);
  });

  it('gives a text to read, in the order of the passages, with nested replies', async () => {
    const { text } = await file('format=md');
    assert.match(text, /## New Information on Romanian-Soviet Relations[\s\S]*All of it[\s\S]*## Document I/);
    assert.match(text, /### «нездоровой шумихи» \(doc1\.p3, p\. 125\)/);
    assert.match(text, /^> =1\+1$/m);
    assert.match(text, /^> > line one\n> > line two$/m);
  });

  it('takes the filters of the list', async () => {
    const itemsOf = async (query: string) =>
      JSON.parse((await file(`format=jsonld&${query}`)).text).first.items;
    const idsOf = (items: { id: string }[]) => items.map(({ id }) => id.split('/').at(-1));
    assert.deepEqual(idsOf(await itemsOf('section=article')), [ids[3]]);
    assert.deepEqual(idsOf(await itemsOf(`thread=${ids[0]}`)), ids.slice(0, 3));
    assert.deepEqual(idsOf(await itemsOf(`author=${instructor.id}`)), [ids[1]]);
    assert.deepEqual(idsOf(await itemsOf('kind=translation')), [ids[0]]);
    assert.deepEqual(idsOf(await itemsOf(`q=${encodeURIComponent('шумиха')}`)), [ids[0]]);
    assert.deepEqual(await itemsOf('since=2999-01-01T00:00:00Z'), []);
  });

  it('says what is wrong with a format or a filter, and hides the group from others', async () => {
    const bad = await call(student, `/api/v1/groups/${group}/export?format=pdf&author=x`);
    const { errors } = await bad.json();
    assert.equal(bad.status, 422);
    assert.deepEqual(errors.map(({ pointer }: { pointer: string }) => pointer).sort(), ['author', 'format']);
    assert.equal((await call(anonymous, `/api/v1/groups/${group}/export`)).status, 404);
  });
});
