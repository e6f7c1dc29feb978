import assert from 'node:assert/strict';
import { before, describe, it } from 'node:test';
import { gunzipSync } from 'node:zlib';
import { freshDatabase } from '../support/fresh-database';
import {
  call,
  createSeminar,
  createUserWithToken,
  postGloss,
  publishSampleEdition,
  type TestUser,
} from '../support/seminar';

describe('answers of the API', () => {
  let student: TestUser;
  let group = '';

  before(async () => {
    await freshDatabase();
    await publishSampleEdition();
    student = await createUserWithToken('student');
    group = await createSeminar({ student: { somebody: student, role: 'student' } });
    await postGloss(student, group);
  });

  const get = (path: string, encoding: string) =>
    call(student, path, { headers: { 'Accept-Encoding': encoding } });

  for (const path of ['annotations', 'outline?edition=gheorghiu-2009&section=doc1', 'export?format=jsonld']) {
    it(`are compressed for those who take it, and the same then: ${path}`, async () => {
      const address = `/api/v1/groups/${group}/${path}`;
      const [zipped, plain] = await Promise.all([get(address, 'gzip'), get(address, 'identity')]);
      assert.equal(zipped.headers.get('content-encoding'), 'gzip');
      assert.equal(plain.headers.get('content-encoding'), null);
      assert.match(zipped.headers.get('vary') ?? '', /accept-encoding/i);
      const [bytes, words] = [Buffer.from(await zipped.arrayBuffer()), await plain.text()];
      assert.equal(gunzipSync(bytes).toString(), words);
    });
  }

  it('keep a strong ETag where a change is sent with it', async () => {
    const made = await (await get(`/api/v1/groups/${group}/annotations`, 'identity')).json();
    const address = `/api/v1/annotations/${made.items[0].id}`;
    const read = await get(address, 'gzip');
    const tag = read.headers.get('etag') ?? '';
    assert.match(tag, /^"/);
    const body = { body: 'Said in other words.' };
    const headers = { 'Accept-Encoding': 'gzip', 'If-Match': tag };
    const changed = await call(student, address, { method: 'PATCH', headers, body });
    assert.equal(changed.status, 200);
    assert.match(changed.headers.get('etag') ?? '', /^"/);
  });
});
