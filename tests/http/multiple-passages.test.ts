import assert from 'node:assert/strict';
import { before, describe, it } from 'node:test';
import type { Annotation } from '@/lib/annotation/schema';
import { getSource } from '@/lib/edition';
import { operator } from '@/lib/identity';
import { anonymous } from '@/lib/identity/schema';
import { publishDraft, uploadDraft } from '@/lib/publication';
import { freshDatabase } from '../support/fresh-database';
import {
  call,
  createSeminar,
  createUserWithToken,
  publishSampleEdition,
  type TestUser,
} from '../support/seminar';

const LD = { accept: 'application/ld+json' };
const CLAMOR = 'нездоровой шумихи';

describe('a gloss on several passages', () => {
  let student: TestUser;
  let instructor: TestUser;
  let group = '';

  before(async () => {
    await freshDatabase();
    await publishSampleEdition();
    student = await createUserWithToken('student');
    instructor = await createUserWithToken('instructor');
    group = await createSeminar({
      student: { somebody: student, role: 'student' },
      instructor: { somebody: instructor, role: 'instructor' },
    });
  });

  const write = (body: object) =>
    call(student, `/api/v1/groups/${group}/annotations`, {
      body: { edition: 'gheorghiu-2009', section: 'doc1', body: 'Compare.', ...body },
    });
  const twoLetters = () =>
    write({
      passages: [{ quote: { exact: CLAMOR } }, { section: 'article', quote: { exact: 'unhealthy clamor' } }],
    });
  const listed = async (query: string): Promise<Annotation[]> =>
    (await (await call(student, `/api/v1/groups/${group}/annotations?${query}`)).json()).items;

  it('stands on each of them, in sections of their own, and has the first in its own fields', async () => {
    const made = await twoLetters();
    assert.equal(made.status, 201, await made.clone().text());
    const note = (await made.json()) as Annotation;
    assert.deepEqual([note.exact, note.start, note.end, note.anchor], [CLAMOR, 948, 965, 'exact']);
    assert.deepEqual(
      note.passages.map(({ section, exact, anchor }) => [section, exact, anchor]),
      [
        ['doc1', CLAMOR, 'exact'],
        ['article', 'unhealthy clamor', 'exact'],
      ],
    );
    for (const section of ['doc1', 'article']) {
      assert.ok(
        (await listed(`section=${section}`)).some(({ id }) => id === note.id),
        section,
      );
    }
    assert.ok(!(await listed('section=doc2')).some(({ id }) => id === note.id));
    assert.ok((await listed('q=unhealthy')).some(({ id }) => id === note.id));
  });

  it('names the field of a passage that is not there, and stores nothing', async () => {
    const total = (await listed('')).length;
    const cases: [object, string][] = [
      [{ passages: [{ quote: { exact: CLAMOR } }, { quote: { exact: 'not there' } }] }, '/passages/1/quote'],
      [{ passages: [{ start: 5, end: 9_999_999 }] }, '/passages/0/end'],
      [{ passages: [{ start: 5, end: 4 }] }, '/passages/0/end'],
      [
        { passages: [{ quote: { exact: CLAMOR } }, { section: 'doc9', start: 1, end: 2 }] },
        '/passages/1/section',
      ],
      [{ passages: [{ section: 'article', start: 1, end: 2 }] }, '/passages/0/section'],
      [{ passages: [{}] }, '/passages/0/quote'],
      [{ passages: [] }, '/passages'],
      [{ start: 1, end: 2, passages: [{ start: 1, end: 2 }] }, '/passages'],
    ];
    for (const [body, pointer] of cases) {
      const refused = await write(body);
      const { errors } = await refused.json();
      assert.deepEqual([refused.status, errors?.[0]?.pointer], [422, pointer], JSON.stringify(errors));
    }
    assert.equal((await listed('')).length, total);
  });

  it('is several targets of one Web Annotation, and comes in as such', async () => {
    const { iri, id } = (await (await twoLetters()).json()) as Annotation;
    const path = new URL(iri).pathname;
    const given = await (await call(student, path, { headers: LD })).json();
    assert.deepEqual(
      given.target.map(({ source, selector }: { source: string; selector: { exact: string }[] }) => [
        source.split('/').at(-1),
        selector[0]?.exact,
      ]),
      [
        ['doc1', CLAMOR],
        ['article', 'unhealthy clamor'],
      ],
    );
    const posted = await call(student, `/groups/${group}/annotations/`, {
      body: { ...given, id: undefined },
      headers: { 'content-type': 'application/ld+json' },
    });
    assert.equal(posted.status, 201, await posted.clone().text());
    const again = posted.headers.get('location')?.split('/').at(-1);
    assert.notEqual(again, id);
    const own = (await (await call(student, `/api/v1/annotations/${again}`)).json()) as Annotation;
    assert.deepEqual(
      own.passages.map(({ section, start }) => [section, start === null]),
      [
        ['doc1', false],
        ['article', false],
      ],
    );
  });

  it('has a state for each when a revision comes, and each is settled by itself', async () => {
    const { id } = (await (await twoLetters()).json()) as Annotation;
    const source = await getSource(anonymous, 'gheorghiu-2009');
    const changed = source.replace('unhealthy clamor', 'sickly outcry of another kind');
    assert.notEqual(changed, source);
    await uploadDraft(operator, changed);
    await publishDraft(operator, 'gheorghiu-2009');
    const read = async () => (await (await call(student, `/api/v1/annotations/${id}`)).json()) as Annotation;
    const [letter, study] = (await read()).passages;
    assert.equal(letter?.anchor, 'exact');
    assert.ok(study?.anchor === 'fuzzy' || study?.anchor === 'orphaned', study?.anchor);
    assert.ok((await listed(`anchor=${study?.anchor}`)).some((note) => note.id === id));

    const waiting = await (await call(instructor, `/api/v1/groups/${group}/anchors`)).json();
    const item = waiting.items.find(({ annotation }: { annotation: Annotation }) => annotation.id === id);
    assert.equal(item.passage, 1);
    const settle = (body: object) => call(student, `/api/v1/annotations/${id}/anchor`, { body });
    assert.equal((await settle({ action: 'move', start: 0, end: 5 })).status, 409, 'the first is not lost');
    assert.equal((await settle({ action: 'leave', passage: 7 })).status, 422);
    const moved = await settle({ action: 'move', passage: 1, start: 0, end: 5 });
    assert.equal(moved.status, 200, await moved.clone().text());
    const now = (await moved.json()) as Annotation;
    assert.deepEqual(
      now.passages.map(({ anchor }) => anchor),
      ['exact', 'exact'],
    );
    const history = await (await call(student, `/api/v1/annotations/${id}/history`)).json();
    assert.deepEqual(
      history.items[0].passages.map(({ position, exact }: { position: number; exact: string }) => [
        position,
        exact,
      ]),
      [[1, 'unhealthy clamor']],
    );
  });
});
