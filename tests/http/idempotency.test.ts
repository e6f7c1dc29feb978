import assert from 'node:assert/strict';
import { before, describe, it } from 'node:test';
import type { Annotation } from '@/lib/annotation/schema';
import { db } from '@/lib/db';
import { createTokenFor, operator } from '@/lib/identity';
import { freshDatabase } from '../support/fresh-database';
import {
  anonymous,
  call,
  createSeminar,
  createUserWithToken,
  postGloss,
  publishSampleEdition,
  type TestUser,
} from '../support/seminar';

const passage = { edition: 'gheorghiu-2009', section: 'doc1', start: 948, end: 965 };

describe('a write with an Idempotency-Key', () => {
  let student: TestUser;
  let other: TestUser;
  let group = '';
  let sequence = 0;

  before(async () => {
    await freshDatabase();
    await publishSampleEdition();
    student = await createUserWithToken('student');
    other = await createUserWithToken('other');
    group = await createSeminar({
      student: { somebody: student, role: 'student' },
      other: { somebody: other, role: 'instructor' },
    });
  });

  const newKey = () => `key-${++sequence}`;
  const glosses = () => `/api/v1/groups/${group}/annotations`;
  const post = (who: TestUser, path: string, key: string, body: unknown) =>
    call(who, path, { body, headers: { 'idempotency-key': key } });
  const gloss = (words: string) => ({ ...passage, body: words });
  const countOf = (body: string) => db.annotation.count({ where: { body } });

  it('gives the first answer when it is repeated, and writes nothing more', async () => {
    const key = newKey();
    const first = await post(student, glosses(), key, gloss('once'));
    const second = await post(student, glosses(), key, gloss('once'));
    assert.deepEqual([first.status, second.status], [201, 201]);
    assert.equal(second.headers.get('idempotency-replayed'), 'true');
    for (const name of ['etag', 'location', 'content-type'])
      assert.equal(second.headers.get(name), first.headers.get(name), name);
    assert.equal(await second.text(), await first.text());
    assert.equal(await countOf('once'), 1);
  });

  it('is done once when requests with one key run at the same time', async () => {
    const key = newKey();
    const answers = await Promise.all(
      Array.from({ length: 8 }, () => post(student, glosses(), key, gloss('together'))),
    );
    const ids = new Set<string>();
    for (const answer of answers) {
      assert.equal(answer.status, 201);
      ids.add(((await answer.json()) as Annotation).id);
    }
    assert.equal(ids.size, 1);
    assert.equal(await countOf('together'), 1);
  });

  it('holds for replies, changes, deletions and the protocol', async () => {
    const { id } = await postGloss(student, group);
    const reply = () => post(student, `/api/v1/annotations/${id}/replies`, 'reply', { body: 'answered' });
    assert.equal(await (await reply()).text(), await (await reply()).text());
    assert.equal(await countOf('answered'), 1);
    const change = (method: string, body?: unknown) =>
      call(student, `/api/v1/annotations/${id}`, {
        method,
        body,
        headers: { 'if-match': method === 'PATCH' ? '"1"' : '"2"', 'idempotency-key': method },
      });
    for (const [method, body] of [
      ['PATCH', { body: 'changed' }],
      ['DELETE', undefined],
    ] as const) {
      const [first, second] = [await change(method, body), await change(method, body)];
      assert.deepEqual([first.status, second.status], [200, 200], method);
      assert.equal(await first.text(), await second.text());
    }
    const webAnnotation = {
      '@context': 'http://www.w3.org/ns/anno.jsonld',
      type: 'Annotation',
      body: { type: 'TextualBody', value: 'from elsewhere' },
      target: 'http://localhost:3000/editions/gheorghiu-2009/doc1',
    };
    const protocol = () => post(other, `/groups/${group}/annotations/`, 'protocol', webAnnotation);
    const [first, second] = [await protocol(), await protocol()];
    assert.deepEqual([first.status, second.status], [201, 201], await first.clone().text());
    assert.equal(first.headers.get('location'), second.headers.get('location'));
    assert.equal(await countOf('from elsewhere'), 1);
  });

  it('holds for a file that is brought in', async () => {
    const file = JSON.stringify([
      {
        '@context': 'http://www.w3.org/ns/anno.jsonld',
        id: 'https://elsewhere.example/1',
        type: 'Annotation',
        body: { type: 'TextualBody', value: 'brought in' },
        target: 'http://localhost:3000/editions/gheorghiu-2009/doc1',
      },
    ]);
    const bring = (body: string) =>
      call(other, `/api/v1/groups/${group}/import`, {
        body,
        headers: { 'idempotency-key': 'file', 'content-type': 'application/ld+json' },
      });
    const [first, second] = [await bring(file), await bring(file)];
    assert.deepEqual([first.status, second.status], [201, 201], await first.clone().text());
    assert.equal(await first.text(), await second.text());
    assert.equal((await bring(`${file} `)).status, 422);
  });

  it('is refused with another body under the same key', async () => {
    const key = newKey();
    await post(student, glosses(), key, gloss('this'));
    const refused = await post(student, glosses(), key, gloss('that'));
    assert.equal(refused.status, 422);
    assert.match(((await refused.json()) as { detail: string }).detail, /another body/);
    assert.equal(await countOf('that'), 0);
  });

  it('is another write for another person, call or group of a token', async () => {
    const key = newKey();
    const { id } = await postGloss(student, group);
    const narrow = await createTokenFor(operator, student.email, { scope: 'write', group });
    const writers: [TestUser, string][] = [
      [student, glosses()],
      [other, glosses()],
      [student, `/api/v1/annotations/${id}/replies`],
      [{ ...student, token: narrow.token }, glosses()],
    ];
    for (const [who, path] of writers) {
      const body = path.endsWith('replies') ? { body: 'each' } : gloss('each');
      assert.equal((await post(who, path, key, body)).status, 201);
    }
    assert.equal(await countOf('each'), 4);
  });

  it('keeps no refusal: the next attempt is a first one', async () => {
    const key = newKey();
    const late = { ...gloss('late'), section: 'nowhere' };
    for (let i = 0; i < 2; i++) {
      const refused = await post(student, glosses(), key, late);
      assert.deepEqual([refused.status, refused.headers.has('idempotency-replayed')], [422, false]);
    }
    assert.equal((await post(student, glosses(), key, gloss('late'))).status, 201);
    assert.equal((await post(anonymous, glosses(), key, gloss('late'))).status, 404);
    for (const wrong of ['', 'k'.repeat(256)])
      assert.equal((await post(student, glosses(), wrong, gloss('late'))).status, 400);
  });

  it('takes over what a process that ended has written without an answer, as the same note', async () => {
    const key = newKey();
    const first = (await (await post(student, glosses(), key, gloss('cut off'))).json()) as Annotation;
    const row = await db.idempotencyKey.findFirstOrThrow({ where: { newId: first.id } });
    const where = { userId_hash: { userId: row.userId, hash: row.hash } };
    await db.idempotencyKey.update({
      where,
      data: { answer: null, claimedAt: new Date(Date.now() - 60_000) },
    });
    const again = await post(student, glosses(), key, gloss('cut off'));
    assert.equal(again.status, 201);
    assert.equal(((await again.json()) as Annotation).id, first.id);
    assert.equal(await countOf('cut off'), 1);
  });

  it('is forgotten after a day, and what is kept cannot be read without the key', async () => {
    const key = newKey();
    const { id } = (await (await post(student, glosses(), key, gloss('daily'))).json()) as Annotation;
    const row = await db.idempotencyKey.findFirstOrThrow({ where: { newId: id } });
    assert.ok(row.answer && !Buffer.from(row.answer).includes('daily') && !row.hash.includes(key));
    const where = { userId_hash: { userId: row.userId, hash: row.hash } };
    await db.idempotencyKey.update({ where, data: { createdAt: new Date(Date.now() - 25 * 3_600_000) } });
    const next = await post(student, glosses(), key, gloss('daily'));
    assert.notEqual(((await next.json()) as Annotation).id, id);
    assert.equal(await countOf('daily'), 2);
  });
});
