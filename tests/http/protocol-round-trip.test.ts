import assert from 'node:assert/strict';
import { before, describe, it } from 'node:test';
import type { Annotation } from '@/lib/annotation/schema';
import { freshDatabase } from '../support/fresh-database';
import {
  call,
  createSeminar,
  createUserWithToken,
  postGloss,
  publishSampleEdition,
  type TestUser,
} from '../support/seminar';

const ADDRESS = 'http://localhost:3000';
const SECTION = `${ADDRESS}/editions/gheorghiu-2009/doc1`;
const ANNO = 'http://www.w3.org/ns/anno.jsonld';
const LD = { accept: 'application/ld+json' };
const DECIDED = ['id', 'created', 'modified', 'via'];

describe('a Web Annotation from elsewhere', () => {
  let student: TestUser;
  let group = '';

  before(async () => {
    await freshDatabase();
    await publishSampleEdition();
    student = await createUserWithToken('student');
    group = await createSeminar({ student: { somebody: student, role: 'student' } });
  });

  const post = (body: unknown) =>
    call(student, `/groups/${group}/annotations/`, {
      body,
      headers: { 'content-type': 'application/ld+json' },
    });
  const read = async (path: string) => (await call(student, path, { headers: LD })).json();
  const without = (annotation: Record<string, unknown>, names: string[]) =>
    Object.fromEntries(Object.entries(annotation).filter(([name]) => !names.includes(name)));

  const foreign = {
    target: [
      {
        source: { id: SECTION, type: ['Text'], language: 'ru' },
        selector: [{ exact: 'нездоровой шумихи', type: 'TextQuoteSelector' }],
        state: { type: 'TimeState', sourceDate: '2026-01-01T00:00:00Z' },
        styleClass: 'red',
      },
      'https://elsewhere.example/page#part',
    ],
    type: ['Annotation', 'ex:Gloss'],
    motivation: ['questioning', 'ex:doubting'],
    body: [
      {
        type: 'Choice',
        items: [
          { type: 'TextualBody', value: '  Who?\n\n', language: ['en'] },
          { type: 'TextualBody', value: 'Кто\u0306 \u{1F600}?', language: 'ru', textDirection: 'ltr' },
        ],
      },
      { type: 'TextualBody', purpose: ['tagging'], value: 'press' },
      'https://elsewhere.example/body',
    ],
    id: 'https://elsewhere.example/anno/1',
    canonical: 'urn:uuid:dbfb1861-0ecf-41ad-be94-a584e5c4f1df',
    creator: [{ id: 'https://elsewhere.example/people/1', type: 'Person', nickname: 'one' }],
    'ex:extra': { __proto__: null, deep: [[1], [], {}] },
    rights: ['https://creativecommons.org/publicdomain/zero/1.0/'],
    '@context': [ANNO, { ex: 'https://elsewhere.example/ns#' }],
  };

  it('comes back as it came, in its order, but for what the server decides', async () => {
    const made = await post(foreign);
    assert.equal(made.status, 201, await made.clone().text());
    const iri = made.headers.get('location') ?? '';
    const given = await read(new URL(iri).pathname);
    assert.equal(given.id, iri);
    assert.equal(given.via, foreign.id);
    assert.equal(given.canonical, foreign.canonical);
    for (const name of ['created', 'modified']) assert.match(given[name], /^\d{4}-.*Z$/);
    const expected = without(foreign, DECIDED);
    const shared = Object.fromEntries(Object.keys(expected).map((name) => [name, given[name]]));
    assert.equal(JSON.stringify(shared), JSON.stringify(expected));
    const order = Object.keys(given).filter((name) => name in foreign && name !== '@context');
    assert.deepEqual(
      order,
      Object.keys(foreign).filter((name) => name !== '@context'),
    );
  });

  it('comes back as it came where its properties have the names of what every JavaScript object has', async () => {
    const said = '"__proto__":{"x":1},"constructor":5,"toString":"a","hasOwnProperty":null';
    const made = await post(
      `{"@context":${JSON.stringify(foreign['@context'])},"type":"Annotation","target":"${SECTION}",${said}}`,
    );
    assert.equal(made.status, 201, await made.clone().text());
    const given = await call(student, new URL(made.headers.get('location') ?? '').pathname, { headers: LD });
    assert.ok((await given.text()).includes(said));
  });

  it('is a gloss of ours: its passage, its text, its kind', async () => {
    const made = await post(foreign);
    const id = made.headers.get('location')?.split('/').at(-1);
    const note = (await (await call(student, `/api/v1/annotations/${id}`)).json()) as Annotation;
    assert.deepEqual([note.start, note.end, note.kind], [948, 965, 'question']);
    assert.deepEqual(note.tags, ['press']);
    assert.match(note.body, /Who\?[\s\S]*elsewhere\.example\/body/);
    assert.equal(note.passages.length, 1);
  });

  it('is refused where nothing that it speaks of is here', async () => {
    for (const target of ['https://elsewhere.example/', `${ADDRESS}/groups/${group}/annotations/none`]) {
      const refused = await post({ ...foreign, target });
      const { errors } = await refused.json();
      assert.deepEqual([refused.status, errors?.[0]?.pointer], [422, '/target']);
    }
  });

  it('stands where its target names a section in other letters, and nowhere for an address that is another', async () => {
    const selector = { type: 'TextQuoteSelector', exact: 'нездоровой\u00a0шумихи' };
    const section = 'editions/gheorghiu-2009/doc1';
    for (const address of ['HTTP://LocalHost:3000', `${ADDRESS}/groups/..`, ADDRESS]) {
      for (const source of [`${address}/${section}`, `${address}/editions/gheorghiu%2D2009/doc1#doc1.p3`]) {
        const made = await post({ ...foreign, target: { source, selector } });
        const id = made.headers.get('location')?.split('/').at(-1);
        const { passages } = await (await call(student, `/api/v1/annotations/${id}`)).json();
        assert.deepEqual([passages.length, passages[0].anchor, passages[0].start], [1, 'exact', 948], source);
      }
    }
    for (const address of [
      'http://localhost:3000.example',
      'http://localhost:3001',
      'https://localhost:3000',
    ])
      assert.equal((await post({ ...foreign, target: `${address}/${section}` })).status, 422, address);
  });

  it('is refused as an answer to what stands in another group', async () => {
    const other = await createSeminar({ student: { somebody: student, role: 'student' } });
    const { iri } = await postGloss(student, other);
    assert.equal((await post({ ...foreign, target: iri })).status, 422);
  });

  it('keeps what it is called elsewhere when it is called so already', async () => {
    const made = await post({ ...foreign, via: [foreign.id, 'https://third.example/1'] });
    const given = await read(new URL(made.headers.get('location') ?? '').pathname);
    assert.deepEqual(given.via, [foreign.id, 'https://third.example/1']);
  });

  it('takes a change of its text, and keeps the rest as it came', async () => {
    const made = await post(foreign);
    const id = made.headers.get('location')?.split('/').at(-1);
    const version = (await call(student, `/api/v1/annotations/${id}`)).headers.get('etag') ?? '';
    const changed = await call(student, `/api/v1/annotations/${id}`, {
      method: 'PATCH',
      body: { body: 'Rewritten.', kind: 'variant' },
      headers: { 'if-match': version },
    });
    assert.equal(changed.status, 200);
    const given = await read(`/groups/${group}/annotations/${id}`);
    assert.deepEqual(given.target, foreign.target);
    assert.deepEqual([given.body[0].value, given.motivation], ['Rewritten.', 'editing']);
    assert.deepEqual(given.rights, foreign.rights);
  });

  it('is replaced wholly, passages too, and its history has what it was', async () => {
    const made = await post(foreign);
    const path = new URL(made.headers.get('location') ?? '').pathname;
    const id = path.split('/').at(-1);
    const put = async (body: unknown) => {
      const etag = (await call(student, path, { headers: LD })).headers.get('etag') ?? '';
      return call(student, path, {
        method: 'PUT',
        body,
        headers: { 'content-type': 'application/ld+json', 'if-match': etag },
      });
    };
    const other = {
      '@context': ANNO,
      type: 'Annotation',
      bodyValue: 'Another.',
      target: { source: SECTION, selector: { type: 'TextPositionSelector', start: 0, end: 8 } },
    };
    const answered = await put(other);
    assert.equal(answered.status, 200, await answered.clone().text());
    const given = await read(path);
    assert.deepEqual(
      [given.bodyValue, given.target, given.rights],
      [other.bodyValue, other.target, undefined],
    );
    const note = (await (await call(student, `/api/v1/annotations/${id}`)).json()) as Annotation;
    assert.deepEqual([note.start, note.end, note.body], [0, 8, 'Another.']);
    const { items } = await (await call(student, `/api/v1/annotations/${id}/history`)).json();
    assert.equal(items[0].passages[0].exact, 'нездоровой шумихи');
    // What was read can be sent back: nothing changes but the version.
    assert.equal((await put(given)).status, 200);
    assert.deepEqual(without(await read(path), DECIDED), without(given, DECIDED));
    const reply = await put({ ...other, target: `${ADDRESS}${path}` });
    assert.equal(reply.status, 409, 'a gloss stays a gloss');
  });
});
