import assert from 'node:assert/strict';
import { buffer } from 'node:stream/consumers';
import { before, describe, it } from 'node:test';
import { ZipFile } from 'yazl';
import { httpApp } from '@/lib/api';
import { freshDatabase } from '../support/fresh-database';
import {
  call,
  createAdmin,
  createSeminar,
  createUserWithToken,
  postGloss,
  publishSampleEdition,
  type TestUser,
} from '../support/seminar';

type Operation = { requestBody?: { content: Record<string, unknown> } };

/** Bodies that are cheap to send and dear to read, as JSON texts. */
const HOSTILE: Record<string, string> = {
  'lists inside lists': '['.repeat(400_000) + ']'.repeat(400_000),
  'lists that never end': '['.repeat(900_000),
  'objects inside objects': `${'{"a":'.repeat(200_000)}1${'}'.repeat(200_000)}`,
  'empty lists': `[${'[],'.repeat(600_000)}[]]`,
  'empty objects': `[${'{},'.repeat(600_000)}{}]`,
  'an object of many fields': `{${Array.from({ length: 100_000 }, (_, i) => `"f${i}":1`).join(',')}}`,
  'tags without end': `{"body":"x","tags":[${'"a",'.repeat(400_000)}"a"]}`,
};
const MARKS = `a${'\u0301\u0323'.repeat(20_000)}`;

describe('what costs little to send and much to read', () => {
  let student: TestUser;
  let instructor: TestUser;
  let admin: TestUser;
  let group = '';
  let operations: { method: string; path: string; types: string[] }[] = [];

  before(async () => {
    await freshDatabase();
    await publishSampleEdition();
    student = await createUserWithToken('student');
    instructor = await createUserWithToken('instructor');
    admin = await createAdmin();
    group = await createSeminar({
      student: { somebody: student, role: 'student' },
      instructor: { somebody: instructor, role: 'instructor' },
    });
    const { id } = await postGloss(student, group);
    const { paths } = await (await call(student, '/api/v1/openapi.json')).json();
    operations = Object.entries<Record<string, Operation>>(paths).flatMap(([path, methods]) =>
      Object.entries(methods).flatMap(([method, { requestBody }]) => ({
        method: method.toUpperCase(),
        path: path
          .replace('{group}', group)
          .replace('{id}', id)
          .replace('{edition}', 'gheorghiu-2009')
          .replace(/\{\w+\}/g, 'x'),
        types: Object.keys(requestBody?.content ?? {}),
      })),
    );
  });

  const send = (user: TestUser, method: string, path: string, type: string, body: string) =>
    call(user, path, { method, body, headers: { 'content-type': type, 'if-match': '*' } });

  for (const [name, body] of Object.entries(HOSTILE)) {
    it(`is refused by every call that takes JSON: ${name}`, async () => {
      const takers = operations.filter(({ types }) => types.includes('application/json'));
      assert.ok(takers.length > 15, `only ${takers.length} calls were seen`);
      for (const { method, path } of takers) {
        const answer = await send(admin, method, path, 'application/json', body);
        assert.ok([400, 403, 404, 413, 422].includes(answer.status), `${method} ${path}: ${answer.status}`);
        assert.match(answer.headers.get('content-type') ?? '', /^application\/problem\+json/);
        await answer.body?.cancel();
      }
      const container = `/groups/${group}/annotations/`;
      const posted = await send(student, 'POST', container, 'application/ld+json', body);
      assert.ok([400, 413, 422].includes(posted.status), `${container}: ${posted.status}`);
    });
  }

  it('names the bound', async () => {
    const answer = await send(
      student,
      'POST',
      '/api/v1/preview',
      'application/json',
      HOSTILE['empty lists'] ?? '',
    );
    assert.equal(answer.status, 413);
    assert.match((await answer.json()).detail, /50,?000 values/);
  });

  it('tells of a hundred wrong fields at most', async () => {
    const fields = Object.fromEntries(Array.from({ length: 5_000 }, (_, i) => [`f${i}`, 1]));
    const answer = await call(student, '/api/v1/preview', { body: fields });
    assert.equal(answer.status, 422);
    const { errors } = await answer.json();
    assert.ok(errors.length > 0 && errors.length <= 100, `${errors.length} faults`);
  });

  it('is refused where hundreds of combining marks stand in a row: in a field, an address, an annotation', async () => {
    const passage = { edition: 'gheorghiu-2009', section: 'doc1' };
    for (const more of [
      { body: MARKS },
      { body: 'x', tags: [MARKS.slice(0, 150)] },
      { body: 'x', quote: { exact: MARKS } },
      { body: 'x', quote: { exact: 'a', prefix: MARKS } },
    ]) {
      const made = await call(student, `/api/v1/groups/${group}/annotations`, {
        body: { ...passage, ...more },
      });
      assert.equal(made.status, 422, JSON.stringify(more).slice(0, 60));
    }
    // Escaped to ASCII they are the same text; a long word of another writing is no such thing.
    const escaped = JSON.stringify({ body: MARKS }).replace(
      /[\u0080-\uffff]/g,
      (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
    );
    assert.equal((await send(student, 'POST', '/api/v1/preview', 'application/json', escaped)).status, 422);
    const chinese = await call(student, '/api/v1/preview', { body: { body: '的'.repeat(1_000) } });
    assert.equal(chinese.status, 200);
    const searched = await call(
      student,
      `/api/v1/groups/${group}/annotations?q=${encodeURIComponent(MARKS.slice(0, 400))}`,
    );
    assert.equal(searched.status, 400);
    const annotation = {
      '@context': 'http://www.w3.org/ns/anno.jsonld',
      type: 'Annotation',
      bodyValue: 'x',
      target: {
        source: 'http://localhost:3000/editions/gheorghiu-2009/doc1',
        selector: { type: 'TextQuoteSelector', exact: MARKS },
      },
    };
    const imported = await send(
      instructor,
      'POST',
      `/api/v1/groups/${group}/import`,
      'application/ld+json',
      JSON.stringify([annotation]),
    );
    assert.equal(imported.status, 422);
  });

  it('is refused as an import: a file of nothing but brackets, of any kind', async () => {
    const path = `/api/v1/groups/${group}/import`;
    const files: [type: string, body: string][] = [
      ['application/json', `[${'[],'.repeat(6_000_000)}[]]`],
      ['application/json', `[${'{},'.repeat(6_000_000)}{}]`],
      ['application/json', '['.repeat(5_000_000)],
      [
        'application/ld+json',
        `{"type":"AnnotationPage","items":${'{"items":'.repeat(100_000)}1${'}'.repeat(100_001)}`,
      ],
      ['application/x-ndjson', '[]\n'.repeat(3_000_000)],
      ['application/x-ndjson', '{}\n'.repeat(500_000)],
    ];
    for (const [type, body] of files) {
      const answer = await send(instructor, 'POST', path, type, body);
      const { errors = [], total = 0 } = await answer.json();
      // A list of empty lists has no annotations, and says so.
      const isEmpty = answer.status === 200 && total === 0;
      assert.ok(
        isEmpty || [400, 413, 422].includes(answer.status),
        `${type} ${body.slice(0, 20)}: ${answer.status}`,
      );
      assert.ok(errors.length <= 200, `${errors.length} faults`);
    }
    assert.equal((await call(student, `/api/v1/groups/${group}/annotations`)).status, 200);
  });

  it('is refused as an import: a small archive of a large file of brackets', async () => {
    const zip = new ZipFile();
    zip.addBuffer(Buffer.from(`[${'[],'.repeat(20_000_000)}[]]`), 'seminar/seminar.jsonld');
    zip.addBuffer(Buffer.from('{"files":[]}'), 'seminar/manifest.json');
    zip.end();
    const body = new Uint8Array(await buffer(zip.outputStream as unknown as NodeJS.ReadableStream));
    assert.ok(body.length < 100_000, `${body.length} bytes`);
    const answer = await call(instructor, `/api/v1/groups/${group}/import`, {
      body,
      headers: { 'content-type': 'application/zip' },
    });
    assert.equal(answer.status, 400);
  });

  it('is bounded by person: who has an import or two exports under way waits', async () => {
    const annotation = {
      '@context': 'http://www.w3.org/ns/anno.jsonld',
      type: 'Annotation',
      bodyValue: 'x',
      target: 'http://localhost:3000/editions/gheorghiu-2009/doc1',
    };
    const path = `/api/v1/groups/${group}/import?dryRun=1`;
    const many = JSON.stringify(Array.from({ length: 300 }, () => annotation));
    const two = await Promise.all(
      [1, 2].map(() => send(instructor, 'POST', path, 'application/ld+json', many)),
    );
    const [first, second] = two.sort((a, b) => a.status - b.status);
    assert.deepEqual([first?.status, second?.status], [200, 429]);
    assert.ok(Number(second?.headers.get('retry-after')) > 0);
    assert.equal((await send(instructor, 'POST', path, 'application/ld+json', many)).status, 200);

    const request = () =>
      httpApp.fetch(
        new Request(`http://localhost:3000/api/v1/groups/${group}/export?format=jsonld`, {
          headers: { authorization: `Bearer ${student.token}` },
        }),
      );
    const [one, other, third] = [await request(), await request(), await request()];
    assert.deepEqual([one.status, other.status, third.status], [200, 200, 429]);
    await one.body?.cancel();
    await other.text();
    const after = await request();
    assert.equal(after.status, 200);
    await after.text();
  });
});
