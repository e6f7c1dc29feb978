import assert from 'node:assert/strict';
import { before, describe, it } from 'node:test';
import { db } from '@/lib/db';
import { columnsOfPeople, PERSONAL_DATA } from '@/lib/privacy/registry';
import { freshDatabase } from '../support/fresh-database';
import {
  anonymous,
  atBrowser,
  call,
  createSeminar,
  createUserWithToken,
  postGloss,
  postReply,
  publishSampleEdition,
  type TestUser,
} from '../support/seminar';
import { unzip } from '../support/unzip';

describe('the copy of one’s data', () => {
  let staff: TestUser;
  let student: TestUser;
  let slug = '';

  before(async () => {
    await freshDatabase();
    await publishSampleEdition();
    staff = await createUserWithToken('staff');
    student = await createUserWithToken('student');
    slug = await createSeminar({
      staff: { somebody: staff, role: 'owner' },
      student: { somebody: student, role: 'student' },
    });
  });

  const take = async (who: TestUser) => {
    const response = await call(who, '/api/v1/me/data');
    assert.equal(response.status, 200);
    return unzip(Buffer.from(await response.arrayBuffer()));
  };
  const rowsIn = (files: Map<string, string>, name: string) =>
    JSON.parse(files.get(`data/${name}.json`) ?? 'null');

  it('has notes, versions, passages, decisions and all else, after leaving the group too, and nobody else’s', async () => {
    const note = await postGloss(student, slug, { body: 'My *own* <b>words</b>' });
    await call(student, `/api/v1/annotations/${note.id}`, {
      method: 'PATCH',
      headers: { 'if-match': '"1"' },
      body: { body: 'My better words' },
    });
    const hers = await postReply(staff, note.id, { body: 'Words of the staff' });
    await call(student, `/api/v1/annotations/${hers.id}/flags`, {
      body: { reason: 'wrong', note: 'my report' },
    });
    await call(staff, `/api/v1/annotations/${note.id}/moderation`, {
      body: { action: 'hide', reason: 'too proud', version: 2 },
    });
    await call(student, `/api/v1/groups/${slug}/members/${student.id}`, { method: 'DELETE' });
    assert.equal((await call(student, `/api/v1/groups/${slug}`)).status, 404);
    const files = await take(student);

    assert.deepEqual(
      rowsIn(files, 'annotation').map(({ body, state }: Record<string, string>) => [body, state]),
      [['My better words', 'hidden']],
    );
    assert.deepEqual(
      rowsIn(files, 'annotation_version').map(({ body }: { body: string }) => body),
      ['My *own* <b>words</b>'],
    );
    assert.equal(rowsIn(files, 'passage')[0].exact, 'нездоровой шумихи');
    const [decision] = rowsIn(files, 'decision_on_own');
    assert.deepEqual([decision.action, decision.reason, decision.actor_id], ['hide', 'too proud', undefined]);
    assert.equal(rowsIn(files, 'flag')[0].note, 'my report');
    assert.equal(rowsIn(files, 'user')[0].email, student.email);
    assert.equal(rowsIn(files, 'former_member').length, 1);
    const all = [...files.values()].join('\n');
    assert.ok(!all.includes('Words of the staff') && !all.includes(staff.email) && !all.includes(staff.id));
    // A page to read for every part, in which nothing is taken for markup that its author wrote.
    const page = files.get('pages/annotation_version.html') ?? '';
    assert.match(page, /My <em>own<\/em>/);
    assert.ok(!page.includes('<b>words'));
    const index = files.get('index.html') ?? '';
    for (const name of files.keys())
      if (/^(pages|data)\//.test(name)) assert.ok(index.includes(`"${name}"`), name);
  });

  it('has every table of the registry in which rows are somebody’s own, and no secret', async () => {
    const files = await take(student);
    for (const [table, { people = {} }] of Object.entries(PERSONAL_DATA))
      if (Object.values(people).some(({ own }) => own)) assert.ok(files.has(`data/${table}.json`), table);
    const [token] = await db.token.findMany({ where: { userId: student.id } });
    const [row] = rowsIn(files, 'token');
    assert.deepEqual([row.name, row.hash], [token?.name, undefined]);
    assert.ok(!JSON.stringify([...files.values()]).includes(token?.hash ?? 'none'));
    assert.ok(Object.keys(columnsOfPeople()).length > 20);
  });

  it('is for its person: nobody and a token of one group get none', async () => {
    assert.equal((await call(anonymous, '/api/v1/me/data')).status, 401);
    const made = await call(await atBrowser(staff), '/api/v1/tokens', {
      body: { name: 'one', scope: 'read', group: slug },
    });
    const { token } = await made.json();
    assert.equal((await call({ ...staff, token }, '/api/v1/me/data')).status, 403);
    const head = await call(student, '/api/v1/me/data', { method: 'HEAD' });
    assert.deepEqual([head.status, head.headers.get('content-type')], [200, 'application/zip']);
  });
});
