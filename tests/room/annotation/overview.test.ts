import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import {
  describeAnnotations,
  listAnnotations,
  listGroupActivity,
  listLatest,
  listOpenQuestions,
  listOwnOpenQuestions,
  listSectionNotes,
} from '@/lib/annotation';
import type { Annotation } from '@/lib/annotation/schema';
import { disconnect } from '@/lib/db';
import { resolveMember } from '@/lib/group';
import type { Viewer } from '@/lib/identity/schema';
import { countQueues } from '@/lib/moderation';
import { freshDatabase } from '../../support/fresh-database';
import {
  call,
  createSeminar,
  createUserWithToken,
  postGloss,
  postReply,
  publishSampleEdition,
  type TestUser,
} from '../../support/seminar';

const PEOPLE = ['instructor', 'author', 'student', 'reader', 'outsider'] as const;
type Name = (typeof PEOPLE)[number];

/** What counts as said: neither private, nor a tombstone, nor waiting for staff. */
const isSaid = ({ state, visibility }: Annotation) => state === 'published' && visibility === 'group';

describe('what a group’s page tells of its life', () => {
  const people = {} as Record<Name, TestUser>;
  let group = '';

  const viewer = (name: Name): Promise<Viewer> =>
    resolveMember(new Headers({ authorization: `Bearer ${people[name].token}` }));
  const all = async (name: Name) =>
    (await listAnnotations(await viewer(name), group, {}, { limit: 500 })).items;

  before(async () => {
    await freshDatabase();
    await publishSampleEdition();
    for (const name of PEOPLE) people[name] = await createUserWithToken(name);
    const { instructor, author, student, reader } = people;
    group = await createSeminar(
      {
        instructor: { somebody: instructor, role: 'instructor' },
        author: { somebody: author, role: 'student' },
        student: { somebody: student, role: 'student' },
        reader: { somebody: reader, role: 'reader' },
      },
      'restricted',
    );
    const answered = await postGloss(author, group, { kind: 'question', body: 'Answered?' });
    await postReply(student, answered.id, { body: 'Yes.' });
    await postGloss(author, group, { kind: 'question', body: 'Still open?' });
    const privately = await postGloss(author, group, {
      kind: 'question',
      body: 'Answered by a note to oneself?',
    });
    await postReply(author, privately.id, { body: 'Perhaps.', visibility: 'private' });
    await postGloss(author, group, { kind: 'question', body: 'To myself?', visibility: 'private' });
    const hidden = await postGloss(student, group, { kind: 'question', body: 'Hidden?' });
    await call(instructor, `/api/v1/annotations/${hidden.id}/moderation`, {
      body: { action: 'hide', reason: 'Off topic.' },
    });
    const flagged = await postGloss(student, group, { body: 'Flagged.' });
    await call(author, `/api/v1/annotations/${flagged.id}/flags`, { body: { reason: 'other' } });
  });
  after(disconnect);

  for (const name of PEOPLE) {
    it(`counts for ${name} what the list shows of what is said, and no more`, async () => {
      const who = await viewer(name);
      const said = (await all(name)).filter(isSaid);
      const sections = await listSectionNotes(who, group);
      assert.equal(
        sections.reduce((sum, { notes }) => sum + notes, 0),
        said.length,
      );
      const activity = (await listGroupActivity(who)).get(group);
      assert.equal(activity?.notes ?? 0, name === 'outsider' ? 0 : said.length);
    });

    it(`shows ${name} the questions without an answer that they can see`, async () => {
      const listed = await all(name);
      const expected = listed
        .filter((note) => isSaid(note) && note.kind === 'question' && note.parent === null)
        .filter(({ id }) => !listed.some((reply) => reply.root === id && reply.parent && isSaid(reply)))
        .map(({ id }) => id)
        .reverse();
      const { count, newest } = await listOpenQuestions(await viewer(name), group, 10);
      assert.deepEqual(
        newest.map(({ id }) => id),
        expected,
      );
      assert.equal(count, expected.length);
      assert.ok(count >= 2);
    });

    it(`shows ${name} the latest with the words of its thread, all of it from the list`, async () => {
      const listed = new Map((await all(name)).map((note) => [note.id, note]));
      const latest = await listLatest(await viewer(name), group, 20);
      assert.ok(latest.length > 0);
      for (const { annotation, passage } of latest) {
        assert.ok(listed.has(annotation.id));
        assert.equal(passage, listed.get(annotation.root)?.exact ?? null);
      }
    });
  }

  it('tells each person of their own open questions', async () => {
    const own = await listOwnOpenQuestions(await viewer('author'), 10);
    assert.deepEqual(own.map(({ body }) => body).sort(), ['Answered by a note to oneself?', 'Still open?']);
    assert.deepEqual(await listOwnOpenQuestions(await viewer('student'), 10), []);
  });

  it('tells staff alone how many notes wait', async () => {
    assert.deepEqual([...(await countQueues(await viewer('instructor')))], [[group, 1]]);
    for (const name of ['author', 'student', 'reader', 'outsider'] as const)
      assert.deepEqual([...(await countQueues(await viewer(name)))], []);
  });

  it('describes a note to those who may see it, cut at a code point', async () => {
    const [note] = (await all('author')).filter(({ body }) => body === 'To myself?');
    const ids = [note?.id ?? ''];
    const mine = await describeAnnotations(await viewer('author'), group, ids, 3);
    assert.deepEqual([...mine.values()], [{ author: 'author', words: 'To …' }]);
    assert.equal((await describeAnnotations(await viewer('student'), group, ids, 3)).size, 0);
  });
});
