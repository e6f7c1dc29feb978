import assert from 'node:assert/strict';
import { before, describe, it } from 'node:test';
import { db } from '@/lib/db';
import { freshDatabase } from '../support/fresh-database';
import {
  call,
  createSeminar,
  createUserWithToken,
  postGloss,
  publishSampleEdition,
  type TestUser,
} from '../support/seminar';

const LONGEST_BODY = 50_000;

/** What Markdown is made of: repeated to the longest body, one of these or two side by side hold a parser up. */
const PIECES = [
  ...[
    '>',
    '- ',
    '* ',
    '+ ',
    '1. ',
    '*',
    '_',
    '**',
    '~~',
    '*a_',
    '`',
    '``a',
    '[',
    '](',
    '![',
    '[^a]',
    '[^a]: ',
  ],
  ...['[a]: <', '<a ', '</b>', '<!--', '|', 'a|b\n', '|-|\n', '\n', '\n\n', '    ', '\\', '&amp;', '@'],
  ...['http://a.b', 'www.a', '# ', '=\n', '---\n', '\t', 'x', '(', '"'],
];

/** Each piece by itself, and some pairs: always the same, so that a failure can be looked at again. */
function units(): string[] {
  const pairs = PIECES.map((piece, i) => piece + (PIECES[(i * 7 + 3) % PIECES.length] ?? ''));
  return [...PIECES, ...pairs];
}

const filled = (unit: string) => unit.repeat(Math.ceil(LONGEST_BODY / unit.length)).slice(0, LONGEST_BODY);

describe('a body that is made to hold the parser up', () => {
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

  it('is shown, or refused with the bound named and not stored; no neighbour is taken along', async () => {
    let stored = 0;
    const kinds = units();
    // Two at a time: as many as there are threads.
    for (let i = 0; i < kinds.length; i += 2) {
      await Promise.all(
        kinds.slice(i, i + 2).map(async (unit) => {
          const body = {
            edition: 'gheorghiu-2009',
            section: 'doc1',
            start: 948,
            end: 965,
            body: filled(unit),
          };
          const response = await call(student, `/api/v1/groups/${group}/annotations`, { body });
          const answer = await response.json();
          assert.ok([201, 422].includes(response.status), `${JSON.stringify(unit)}: ${response.status}`);
          if (response.status === 201) {
            stored++;
            return;
          }
          assert.deepEqual(
            answer.errors.map(({ pointer }: { pointer: string }) => pointer),
            ['/body'],
            JSON.stringify(unit),
          );
          const preview = await call(student, '/api/v1/preview', { body: { body: filled(unit) } });
          const isBlank = body.body.trim() === '';
          assert.ok(isBlank || preview.status === 422, JSON.stringify(unit));
        }),
      );
    }
    const list = await call(student, `/api/v1/groups/${group}/annotations?limit=500`);
    assert.equal(list.status, 200);
    assert.equal((await list.json()).items.length, stored);
    assert.ok(stored > 0 && stored < kinds.length, `${stored} of ${kinds.length} were stored`);
  });

  it('is plain text in every list and export where an earlier version has stored it', async () => {
    const own = await createSeminar({
      student: { somebody: student, role: 'student' },
      instructor: { somebody: instructor, role: 'instructor' },
    });
    const kept = await postGloss(student, own, { body: 'A neighbour.' });
    const bad = await postGloss(student, own, { body: 'To be replaced.' });
    await db.annotation.updateMany({ where: { id: bad.id }, data: { body: '>'.repeat(4_000) } });
    const read = async (path: string, headers = {}) => {
      const response = await call(instructor, path, { headers });
      assert.equal(response.status, 200, `${path}: ${response.status}`);
      return response.text();
    };
    const { items } = JSON.parse(await read(`/api/v1/groups/${own}/annotations`));
    assert.deepEqual(
      items.map(({ id }: { id: string }) => id),
      [kept.id, bad.id],
    );
    assert.equal(items[1].html, `<p>${'&#62;'.repeat(4_000)}</p>`);
    assert.equal(JSON.parse(await read(`/api/v1/annotations/${bad.id}`)).html, items[1].html);
    await read(`/api/v1/annotations/${bad.id}/history`);
    await read(`/groups/${own}/annotations/?page=0`);
    for (const format of ['jsonld', 'jsonl', 'ttl', 'csv', 'md', 'html', 'tei']) {
      assert.match(
        await read(`/api/v1/groups/${own}/export?format=${format}`),
        /A neighbour\./,
        `${format} has lost the neighbour`,
      );
    }
    await read(`/api/v1/groups/${own}/export?format=zip`);
    const flag = await call(instructor, `/api/v1/annotations/${bad.id}/flags`, {
      body: { reason: 'other', note: '' },
    });
    assert.equal(flag.status, 201);
    await read(`/api/v1/groups/${own}/moderation/queue`);
  });

  it('is refused as a reply, as a change, by the protocol and in a file', async () => {
    const body = filled('> ');
    const root = await postGloss(student, group);
    const replied = await call(student, `/api/v1/annotations/${root.id}/replies`, { body: { body } });
    assert.equal(replied.status, 422);
    const changed = await call(student, `/api/v1/annotations/${root.id}`, {
      method: 'PATCH',
      body: { body },
      headers: { 'If-Match': `"${root.version}"` },
    });
    assert.equal(changed.status, 422);
    const annotation = {
      '@context': 'http://www.w3.org/ns/anno.jsonld',
      type: 'Annotation',
      body: { type: 'TextualBody', value: body, format: 'text/markdown' },
      target: `http://localhost:3000/editions/gheorghiu-2009/doc1`,
    };
    const headers = { 'Content-Type': 'application/ld+json' };
    const posted = await call(student, `/groups/${group}/annotations/`, { body: annotation, headers });
    assert.equal(posted.status, 422);
    const imported = await call(instructor, `/api/v1/groups/${group}/import`, {
      body: [annotation],
      headers,
    });
    assert.equal(imported.status, 422);
  });
});
