import assert from 'node:assert/strict';
import { before, describe, it } from 'node:test';
import { httpApp } from '@/lib/api';
import { freshDatabase } from '../support/fresh-database';
import { fc } from '../support/seeded-fast-check';
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

const ADDRESS = 'http://localhost:3000';
const SECTION = `${ADDRESS}/editions/gheorghiu-2009/doc1`;
const ANNO = 'http://www.w3.org/ns/anno.jsonld';

type Report = {
  id: string | null;
  total: number;
  glosses: number;
  replies: number;
  duplicates: number;
  refused: number;
  anchors: { exact: number; orphaned: number };
  authors: { name: string; match: string; as: string | null; count: number }[];
  lines: {
    at: string;
    outcome: string;
    anchor: string | null;
    errors: { pointer: string; detail: string }[];
  }[];
};

describe('bringing annotations into a group', () => {
  let instructor: TestUser;
  let student: TestUser;

  before(async () => {
    await freshDatabase();
    await publishSampleEdition();
    instructor = await createUserWithToken('instructor', 'moderate', 'Ilie Instructor');
    student = await createUserWithToken('student', 'moderate', 'Ana Student');
  });

  const seminar = () =>
    createSeminar({
      instructor: { somebody: instructor, role: 'instructor' },
      student: { somebody: student, role: 'student' },
    });
  const bring = (group: string, body: unknown, { query = '', who = instructor } = {}) =>
    call(who, `/api/v1/groups/${group}/import${query}`, {
      body,
      headers: { 'content-type': 'application/ld+json' },
    });
  const exported = async (group: string, who = instructor) =>
    (await call(who, `/api/v1/groups/${group}/export?format=jsonld`)).text();
  const listed = async (group: string) =>
    (await (await call(instructor, `/api/v1/groups/${group}/annotations?limit=500`)).json()).items;
  const undo = (group: string, id: string | null, who = instructor) =>
    call(who, `/api/v1/groups/${group}/imports/${id}`, { method: 'DELETE' });
  const foreign = (n: number, more: object = {}) => ({
    '@context': ANNO,
    id: `https://elsewhere.example/anno/${n}`,
    type: 'Annotation',
    creator: { id: 'https://elsewhere.example/people/maria', type: 'Person', name: 'Maria Elsewhere' },
    created: `2020-05-0${n}T10:00:00Z`,
    body: { type: 'TextualBody', value: `Note ${n}`, format: 'text/markdown' },
    target: { source: SECTION, selector: { type: 'TextQuoteSelector', exact: 'нездоровой шумихи' } },
    ...more,
  });

  it('says line by line what would come of a file, and stores nothing', async () => {
    const group = await seminar();
    const file = [
      foreign(1),
      foreign(2, { target: 'https://elsewhere.example/anno/1', motivation: 'replying' }),
      foreign(3, {
        target: { source: SECTION, selector: { type: 'TextQuoteSelector', exact: 'not there' } },
      }),
      foreign(4, { target: 'https://elsewhere.example/page' }),
      foreign(5, { type: 'Remark' }),
      foreign(6, { target: `${ADDRESS}/groups/${group}/annotations/0199b0a0-0000-7000-8000-000000000000` }),
    ];
    const response = await bring(group, file, { query: '?dryRun=1' });
    assert.equal(response.status, 200, await response.clone().text());
    const report = (await response.json()) as Report;
    assert.equal(report.id, null);
    assert.deepEqual([report.total, report.glosses, report.replies, report.refused], [6, 2, 1, 3]);
    assert.deepEqual(report.anchors, { exact: 1, orphaned: 1 });
    assert.deepEqual(
      report.lines
        .filter(({ outcome }) => outcome === 'refused')
        .map(({ at, errors }) => [at, errors[0]?.pointer]),
      [
        ['/3', '/target'],
        ['/4', '/type'],
        ['/5', '/target'],
      ],
    );
    assert.deepEqual(
      report.authors.map(({ name, match, count }) => [name, match, count]),
      [['Maria Elsewhere', 'new', 3]],
    );
    assert.deepEqual(await listed(group), []);

    const refused = await bring(group, file);
    assert.equal(refused.status, 422);
    assert.deepEqual(
      (await refused.json()).errors.map(({ pointer }: { pointer: string }) => pointer),
      ['/3/target', '/4/type', '/5/target'],
    );
    assert.deepEqual(await listed(group), [], 'all or nothing');
  });

  it('keeps authors, dates, threads and what they are called elsewhere', async () => {
    const group = await seminar();
    const answered = foreign(2, { target: 'https://elsewhere.example/anno/1', motivation: 'replying' });
    // An answer may stand before what it answers.
    const response = await bring(group, [answered, foreign(1)]);
    assert.equal(response.status, 201, await response.clone().text());
    const [root, reply] = await listed(group);
    assert.deepEqual([root.body, reply.body], ['Note 1', 'Note 2']);
    assert.equal(reply.parent, root.id);
    assert.deepEqual([root.author.name, root.created], ['Maria Elsewhere', '2020-05-01T10:00:00.000Z']);
    assert.deepEqual([root.start, root.end, root.anchor], [948, 965, 'exact']);
    const given = await (
      await call(instructor, `/groups/${group}/annotations/${root.id}`, {
        headers: { accept: 'application/ld+json' },
      })
    ).json();
    assert.equal(given.via, foreign(1).id);
    assert.equal(given.created, foreign(1).created, 'in its own words');
  });

  it('takes annotations without ids for glosses, each by itself, and none for an answer to another', async () => {
    const group = await seminar();
    const bare = (bodyValue: string) => ({
      '@context': ANNO,
      type: 'Annotation',
      bodyValue,
      target: SECTION,
    });
    const report: Report = await (await bring(group, [bare('one'), bare('two'), bare('three')])).json();
    assert.deepEqual([report.total, report.glosses, report.replies, report.refused], [3, 3, 0, 0]);
    const { items } = await (await call(instructor, `/api/v1/groups/${group}/annotations`)).json();
    assert.deepEqual(
      items.map(({ parent, body }: { parent: string | null; body: string }) => [parent, body]),
      [
        [null, 'one'],
        [null, 'two'],
        [null, 'three'],
      ],
    );
  });

  it('knows again what it has already', async () => {
    const group = await seminar();
    await bring(group, [foreign(1), foreign(2)]);
    const again = (await (await bring(group, [foreign(2), foreign(3), foreign(3)])).json()) as Report;
    assert.deepEqual([again.duplicates, again.glosses], [2, 1]);
    const own = (await (await bring(group, JSON.parse(await exported(group)))).json()) as Report;
    assert.deepEqual([own.duplicates, own.glosses, own.id], [3, 0, null]);
    assert.equal((await listed(group)).length, 3);
    // An answer to what is here already finds it.
    const reply = foreign(4, { target: foreign(1).id });
    assert.equal(((await (await bring(group, [reply])).json()) as Report).replies, 1);
  });

  it('puts words into the mouth of members only', async () => {
    const group = await seminar();
    const outsider = await createUserWithToken('outsider', 'moderate', 'Oleg Outsider');
    const person = ({ id }: TestUser, name: string) => ({
      id: `${ADDRESS}/people/${id}`,
      type: 'Person',
      name,
    });
    const file = [
      foreign(1, { creator: person(student, 'Ana Student') }),
      foreign(2, { creator: person(outsider, 'Oleg Outsider') }),
      foreign(3, { creator: person(instructor, 'Ilie Instructor') }),
      foreign(4, { creator: undefined }),
      foreign(5, { creator: { type: 'Person', name: 'ana student' } }),
    ];
    assert.equal((await bring(group, file)).status, 201);
    const authors = (await listed(group)).map(({ author }: { author: { id: string } }) => author.id);
    const [ana, oleg, ilie, nobody, lower] = authors;
    assert.deepEqual([ana, ilie, nobody, lower], [student.id, instructor.id, instructor.id, student.id]);
    assert.notEqual(oleg, outsider.id);
  });

  it('is for staff', async () => {
    const group = await seminar();
    assert.equal((await bring(group, [foreign(1)], { who: student })).status, 403);
    assert.equal(
      (await bring(group, [foreign(1)], { who: await createUserWithToken('stranger') })).status,
      404,
    );
    assert.equal((await bring(group, { hello: 'world' })).status, 422);
    // Who may bring nothing in is told so before the file is looked at.
    const archive = { body: 'no archive', headers: { 'content-type': 'application/zip' } };
    for (const [who, status] of [
      [anonymous, 404],
      [student, 403],
      [instructor, 400],
    ] as const)
      assert.equal((await call(who, `/api/v1/groups/${group}/import`, archive)).status, status);
    // Nor is a byte of JSON taken from them.
    for (const [who, status, read] of [
      [anonymous, 404, false],
      [student, 403, false],
      [instructor, 422, true],
    ] as const) {
      let isRead = false;
      const body = new ReadableStream(
        {
          pull(controller) {
            isRead = true;
            controller.enqueue(Buffer.from('{"hello":"world"}'));
            controller.close();
          },
        },
        { highWaterMark: 0 },
      );
      const headers = new Headers({ 'content-type': 'application/ld+json', 'transfer-encoding': 'chunked' });
      if (who.token) headers.set('authorization', `Bearer ${who.token}`);
      const request = new Request(`${ADDRESS}/api/v1/groups/${group}/import`, {
        method: 'POST',
        headers,
        body,
        duplex: 'half',
      } as RequestInit);
      assert.equal((await httpApp.fetch(request)).status, status);
      assert.equal(isRead, read);
    }
  });

  it('takes a line that is not JSON for one wrong annotation, and leaves it out where that is wished', async () => {
    const group = await seminar();
    const lines = [JSON.stringify(foreign(1)), '', '{"type": "Annotation",', JSON.stringify(foreign(2))];
    const bring = (query: string, body = lines.join('\n')) =>
      call(instructor, `/api/v1/groups/${group}/import${query}`, {
        body,
        headers: { 'content-type': 'application/x-ndjson' },
      });
    const refused = await bring('');
    assert.equal(refused.status, 422);
    const [error] = (await refused.json()).errors;
    assert.equal(error.detail, 'Line 3 is not JSON.');
    assert.deepEqual(await listed(group), []);
    const taken = await bring('?skipInvalid=1');
    assert.equal(taken.status, 201, await taken.clone().text());
    assert.equal((await listed(group)).length, 2);
    assert.equal((await bring('?skipInvalid=1', '{\n}')).status, 400);
  });

  it('says where a text stops being UTF-8, and stores nothing', async () => {
    const group = await seminar();
    const [first, second] = [1, 2].map((n) => JSON.stringify(foreign(n)));
    for (const [bytes, place] of [
      [
        Buffer.concat([Buffer.from(`${first}\n"Ş`), Buffer.from([0xe9]), Buffer.from(`"\n${second}`)]),
        'line 2, at byte 5',
      ],
      [
        Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(String(first), 'utf16le')]),
        'line 1, at byte 1',
      ],
      [Buffer.concat([Buffer.from(`${first}\n"`), Buffer.from([0xd0])]), 'line 2, at byte'],
    ] as const) {
      const headers = { 'content-type': 'application/x-ndjson' };
      const response = await call(instructor, `/api/v1/groups/${group}/import`, { body: bytes, headers });
      assert.equal(response.status, 400);
      const { detail } = await response.json();
      assert.ok(detail.includes(place), detail);
    }
    assert.deepEqual(await listed(group), []);
    const text = await call(instructor, `/api/v1/groups/${group}/import`, {
      body: 'plain',
      headers: { 'content-type': 'text/plain' },
    });
    assert.equal(text.status, 415);
  });

  it('takes what was written on a page elsewhere for a section here, if told so', async () => {
    const group = await seminar();
    const page = { source: 'https://elsewhere.example/page', selector: foreign(1).target.selector };
    const query = '?edition=gheorghiu-2009&section=doc1';
    assert.equal((await bring(group, [foreign(1, { target: page })])).status, 422);
    assert.equal((await bring(group, [foreign(1, { target: page })], { query })).status, 201);
    assert.equal((await listed(group))[0].start, 948);
  });

  it('takes a whole import back, and leaves what others have answered', async () => {
    const group = await seminar();
    const before = await postGloss(student, group);
    const { id } = (await (await bring(group, [foreign(1), foreign(2)])).json()) as Report;
    const one = (await listed(group)).find(({ body }: { body: string }) => body === 'Note 1');
    await postReply(student, one.id);
    assert.equal((await undo(group, id, student)).status, 403);
    assert.deepEqual(await (await undo(group, id)).json(), { removed: 1, kept: 1 });
    const now = await listed(group);
    assert.deepEqual(
      now.map(({ state, parent }: { state: string; parent: string | null }) => [state, parent !== null]),
      [
        ['deleted', false],
        ['published', false],
        ['published', true],
      ],
    );
    assert.ok(now.some((note: { id: string }) => note.id === before.id));
    assert.equal((await undo(group, id)).status, 404, 'once');
    const [made] = (await (await call(instructor, `/api/v1/groups/${group}/imports`)).json()).items;
    assert.ok(made.undone !== null && made.total === 2);
  });

  it('gives back, byte for byte, every group that was ever exported, in a group of another server', async () => {
    const words = fc.constantFrom(
      'Слова',
      'words\nand *more*',
      '😀 e\u0301',
      '=1+1',
      '  spaced  ',
      '"quoted"',
    );
    const note = fc.record({
      by: fc.constantFrom('instructor', 'student'),
      body: words,
      kind: fc.constantFrom('gloss', 'question', 'variant', 'translation', 'source', 'link'),
      tags: fc.uniqueArray(fc.constantFrom('печать', 'a b', 'x'), { maxLength: 2 }),
      visibility: fc.constantFrom('group', 'staff'),
      start: fc.integer({ min: 0, max: 900 }),
      length: fc.integer({ min: 1, max: 60 }),
      whole: fc.boolean(),
      parent: fc.option(fc.nat(20), { nil: null }),
      decision: fc.constantFrom(null, null, 'hide', 'pin', 'endorse', 'lock', 'delete'),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(note, { minLength: 1, maxLength: 12 }), async (notes) => {
        const group = await seminar();
        const made: { id: string; visibility: string }[] = [];
        for (const { by, body, kind, tags, visibility, start, length, whole, parent, decision } of notes) {
          const who = by === 'student' ? student : instructor;
          const above = parent === null || made.length === 0 ? null : made[parent % made.length];
          const path = above ? `annotations/${above.id}/replies` : `groups/${group}/annotations`;
          const place = above ? {} : { edition: 'gheorghiu-2009', section: 'doc1', kind };
          const passage = above || whole ? {} : { start, end: start + length };
          const sent = await call(who, `/api/v1/${path}`, {
            body: { ...place, ...passage, body, tags, visibility: above ? 'group' : visibility },
          });
          if (sent.status !== 201) continue; // a locked thread, or one that was hidden
          const written = await sent.json();
          made.push(written);
          if (decision === 'delete') {
            const headers = { 'if-match': '*' };
            await call(who, `/api/v1/annotations/${written.id}`, { method: 'DELETE', headers });
          } else if (decision) {
            const body = { action: decision, reason: 'off the point' };
            await call(instructor, `/api/v1/annotations/${written.id}/moderation`, { body });
          }
        }
        const first = await exported(group);
        const other = await seminar();
        // As from another server: with an address, a name, ids and people of its own.
        const moved = first
          .replaceAll(ADDRESS, 'https://other.example')
          .replaceAll(`/groups/${group}/`, `/groups/${other}/`)
          .replace(/("label":)"[^"]*"/, '$1""')
          .replaceAll(/\/annotations\/0/g, '/annotations/f');
        const response = await bring(other, JSON.parse(moved));
        assert.equal(response.status, 201, await response.clone().text());
        const second = (await exported(other)).replace(/("label":)"[^"]*"/, '$1""');
        assert.equal(second, moved.replaceAll('https://other.example', ADDRESS));
        assert.deepEqual(
          (await listed(other)).map(({ author, state, created }: never) => [author, state, created]),
          (await listed(group)).map(({ author, state, created }: never) => [author, state, created]),
        );
      }),
      { numRuns: 25 },
    );
  });

  it('brings the assignments of a group with its notes, with their modes and dates, once', async () => {
    const from = await seminar();
    const tasks = `/api/v1/groups/${from}/assignments`;
    const due = '2027-03-01T12:00:00.000Z';
    const fields = {
      title: 'Letter I',
      edition: 'gheorghiu-2009',
      sections: ['doc1'],
      mode: 'staff-only',
      due,
    };
    const made = await (
      await call(instructor, tasks, {
        body: { ...fields, instructions: '*Read.*', expected: { glosses: 2 } },
      })
    ).json();
    await call(instructor, tasks, { body: { title: 'Nothing yet', edition: 'gheorghiu-2009' } });
    const note = await postGloss(instructor, from, { assignment: made.id });
    await postReply(instructor, note.id);
    const file = await (await call(instructor, `/api/v1/groups/${from}/export?format=jsonld`)).text();
    const archive = await (await call(instructor, `/api/v1/groups/${from}/export?format=zip`)).arrayBuffer();
    for (const [body, type] of [
      [file, 'application/ld+json'],
      [new Uint8Array(archive), 'application/zip'],
    ] as const) {
      const to = await seminar();
      const bring = () =>
        call(instructor, `/api/v1/groups/${to}/import`, { body, headers: { 'content-type': type } });
      assert.equal((await (await bring()).json()).assignments, 2);
      const { items } = await (await call(instructor, `/api/v1/groups/${to}/assignments`)).json();
      assert.deepEqual(
        items.map(({ title }: { title: string }) => title),
        ['Letter I', 'Nothing yet'],
      );
      const { mode, sections, instructions, expected } = items[0];
      assert.deepEqual(
        { mode, sections, instructions, expected, due: items[0].due },
        {
          mode: 'staff-only',
          sections: ['doc1'],
          instructions: '*Read.*',
          expected: { glosses: 2, replies: 0 },
          due,
        },
      );
      const listed = await (await call(instructor, `/api/v1/groups/${to}/annotations`)).json();
      assert.deepEqual(
        listed.items.map(({ assignment }: { assignment: string }) => assignment),
        [made.id, made.id],
      );
      const seen = await (await call(student, `/api/v1/groups/${to}/annotations`)).json();
      assert.deepEqual(seen.items, [], 'what was for staff stays for staff');
      assert.equal((await (await bring()).json()).assignments, 0);
    }
  });
});
