import assert from 'node:assert/strict';
import { before, describe, it } from 'node:test';
import { freshDatabase } from '../support/fresh-database';
import {
  call,
  createSeminar,
  createUserWithToken,
  postReply,
  publishSampleEdition,
  type TestUser,
} from '../support/seminar';

const LD = 'application/ld+json';
const sectionIri = (section: string) => `http://localhost:3000/editions/gheorghiu-2009/${section}`;

describe('a thread whose gloss is put on another section', () => {
  let author: TestUser;
  let reader: TestUser;
  let group = '';

  before(async () => {
    await freshDatabase();
    await publishSampleEdition();
    author = await createUserWithToken('author');
    reader = await createUserWithToken('reader');
    group = await createSeminar({
      author: { somebody: author, role: 'student' },
      reader: { somebody: reader, role: 'student' },
    });
  });

  const glossOn = (section: string, value: string) => ({
    '@context': 'http://www.w3.org/ns/anno.jsonld',
    type: 'Annotation',
    body: { type: 'TextualBody', value },
    target: sectionIri(section),
  });
  const put = async (path: string, body: object) => {
    const before = await call(author, path, { headers: { accept: LD } });
    const headers = { 'content-type': LD, 'if-match': before.headers.get('etag') ?? '' };
    const answer = await call(author, path, { method: 'PUT', headers, body });
    assert.equal(answer.status, 200, await answer.clone().text());
  };

  it('gives its replies other validators and a newer date, in the API and in the protocol', async () => {
    const created = await call(author, `/groups/${group}/annotations/`, {
      headers: { 'content-type': LD },
      body: glossOn('doc1', 'On the first.'),
    });
    assert.equal(created.status, 201);
    const path = new URL(created.headers.get('location') ?? '').pathname;
    const id = path.split('/').at(-1) ?? '';
    const { id: replyId } = await postReply(reader, id);
    const paths = [`/api/v1/annotations/${replyId}`, `/groups/${group}/annotations/${replyId}`];
    const read = () =>
      Promise.all(
        paths.map(async (path) => {
          const response = await call(reader, path);
          return { etag: response.headers.get('etag'), text: await response.text() };
        }),
      );
    const before = await read();

    // Other words on the same section are no business of the replies.
    await put(path, glossOn('doc1', 'On the first, in other words.'));
    assert.deepEqual(await read(), before);

    await put(path, glossOn('doc2', 'On the second.'));
    const after = await read();
    for (const [i, { etag, text }] of after.entries()) {
      assert.notEqual(text, before[i]?.text, paths[i]);
      assert.notEqual(etag, before[i]?.etag, paths[i]);
    }
    const [old, now] = [before[0], after[0]].map((answer) => JSON.parse(answer?.text ?? ''));
    assert.deepEqual([old.section, now.section], ['doc1', 'doc2']);
    assert.ok(now.version > old.version && now.modified >= old.modified);
    const stale = await call(reader, paths[0] ?? '', {
      method: 'PATCH',
      headers: { 'if-match': before[0]?.etag ?? '' },
      body: { body: 'Changed.' },
    });
    assert.equal(stale.status, 412);
  });
});
