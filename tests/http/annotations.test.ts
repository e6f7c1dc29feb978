import assert from 'node:assert/strict';
import { before, describe, it } from 'node:test';
import { freshDatabase } from '../support/fresh-database';
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

const PHRASE = 'нездоровой шумихи';

describe('glossing through the API', () => {
  let student: TestUser;
  let other: TestUser;
  let reader: TestUser;
  let stranger: TestUser;
  let group = '';
  let annotations = '';

  before(async () => {
    await freshDatabase();
    await publishSampleEdition();
    student = await createUserWithToken('student');
    other = await createUserWithToken('other');
    reader = await createUserWithToken('reader');
    stranger = await createUserWithToken('stranger');
    group = await createSeminar({
      student: { somebody: student, role: 'student' },
      other: { somebody: other, role: 'student' },
      reader: { somebody: reader, role: 'reader' },
    });
    annotations = `/api/v1/groups/${group}/annotations`;
  });

  const input = (more: object = {}) => ({ edition: 'gheorghiu-2009', section: 'doc1', body: 'x', ...more });

  async function refusal(response: Response, status: number): Promise<{ code: string; pointers: string[] }> {
    assert.equal(response.headers.get('content-type')?.split(';')[0], 'application/problem+json');
    const problem = await response.json();
    assert.equal(response.status, status, JSON.stringify(problem));
    assert.equal(problem.status, status);
    assert.match(problem.type, /^http/);
    const pointers = (problem.errors ?? []).map(({ pointer }: { pointer: string }) => pointer).sort();
    return { code: problem.code, pointers };
  }

  it('finds a passage by its offsets, in code points', async () => {
    const made = await postGloss(student, group, { start: 948, end: 965 });
    assert.equal(made.exact, PHRASE);
    assert.equal(made.anchor, 'exact');
    assert.equal(made.revision, 1);
    assert.ok([...(made.prefix ?? '')].length >= 32 && [...(made.suffix ?? '')].length >= 32);
  });

  it('finds a passage by its quote where it stands once', async () => {
    const made = await postGloss(student, group, {
      start: undefined,
      end: undefined,
      quote: { exact: PHRASE },
    });
    assert.deepEqual([made.start, made.end], [948, 965]);
  });

  it('takes context to tell equal quotes apart, and refuses to guess without', async () => {
    const several = { ...input(), quote: { exact: 'Чехословакии' } };
    const refused = await refusal(await call(student, annotations, { body: several }), 422);
    assert.deepEqual(refused.pointers, ['/quote']);
    const quote = {
      exact: 'Чехословакии',
      prefix: 'заговора против социалистической ',
      suffix: ': антисоциалистические',
    };
    const made = await postGloss(student, group, { start: undefined, end: undefined, quote });
    const { text } = await (await call(anonymous, '/api/v1/editions/gheorghiu-2009/sections/doc1')).json();
    assert.equal([...text].slice(made.start ?? 0, made.end ?? 0).join(''), 'Чехословакии');
    assert.ok(
      [...text]
        .slice(0, made.start ?? 0)
        .join('')
        .endsWith('заговора против социалистической '),
    );
  });

  it('believes the quote where offsets and quote disagree', async () => {
    const made = await postGloss(student, group, { start: 0, end: 17, quote: { exact: PHRASE } });
    assert.deepEqual([made.start, made.end], [948, 965]);
  });

  it('takes a note on a whole section, and on a footnote', async () => {
    const whole = await postGloss(student, group, { start: undefined, end: undefined });
    assert.deepEqual([whole.start, whole.exact, whole.anchor], [null, null, null]);
    const note = await postGloss(student, group, { section: 'article.n5', start: 4, end: 14 });
    assert.equal(note.exact, 'Document I');
  });

  it('finds words as the margin does: whatever their accents, capitals and look', async () => {
    const own = await createSeminar({ student: { somebody: student, role: 'student' } });
    const bodies = ['Ceaușescu și Ştefan', 'Ёлка в Йошкар', 'ПОДНЯТА шумиха', '50 % of a_b “quoted”'];
    for (const body of bodies) await postGloss(student, own, { body });
    const found = async (words: string) => {
      const response = await call(
        student,
        `/api/v1/groups/${own}/annotations?q=${encodeURIComponent(words)}`,
      );
      return (await response.json()).items.map(({ body }: { body: string }) => bodies.indexOf(body));
    };
    for (const words of ['ceausescu', 'Ceauşescu', 'CEAUȘESCU', 'stefan', 'Ștefan', 'si ş'])
      assert.deepEqual(await found(words), [0], words);
    for (const words of ['елка', 'ЁЛКА', 'йошкар']) assert.deepEqual(await found(words), [1], words);
    assert.deepEqual(await found('иошкар'), []);
    assert.deepEqual(await found('поднята'), [2]);
    assert.deepEqual(await found('нездоровои'), []);
    assert.deepEqual(await found('НЕЗДОРОВОЙ'), [0, 1, 2, 3]);
    for (const words of ['50 %', 'a_b', '"quoted"', 'OF A']) assert.deepEqual(await found(words), [3], words);
    assert.deepEqual(await found('a.b'), []);
  });

  it('names every bad field, and stores nothing', async () => {
    const before = (await (await call(student, `${annotations}?limit=500`)).json()).items.length;
    const cases: [object, string[]][] = [
      [input({ start: 5 }), ['/end']],
      [input({ start: 5, end: 5 }), ['/end']],
      [input({ start: 0, end: 99_999 }), ['/end']],
      [input({ start: -1, end: 4 }), ['/start']],
      [input({ section: 'doc9' }), ['/section']],
      [input({ edition: 'none' }), ['/section']],
      [input({ quote: { exact: 'нет таких слов' } }), ['/quote']],
      [input({ body: '   ' }), ['/body']],
      [input({ body: 'a\u0000b' }), ['/body']],
      [input({ tags: ['ok', 'a\u0000b'] }), ['/tags/1']],
      [input({ section: '\u0000' }), ['/section']],
      [input({ kind: 'joke', colour: 'red' }), ['/colour', '/kind']],
      [input({ assignment: '00000000-0000-7000-8000-000000000000' }), ['/assignment']],
      [{ body: 'x' }, ['/edition', '/section']],
    ];
    for (const [body, pointers] of cases) {
      const refused = await refusal(await call(student, annotations, { body }), 422);
      assert.deepEqual(refused.pointers, pointers, JSON.stringify(body));
    }
    const after = (await (await call(student, `${annotations}?limit=500`)).json()).items.length;
    assert.equal(after, before);
  });

  it('tells a body that is no JSON from one of another type', async () => {
    await refusal(await call(student, annotations, { body: '{' }), 400);
    await refusal(await call(student, `${annotations}?q=%00`), 400);
    await refusal(await call(student, '/api/v1/groups/%00/annotations'), 400);
    const headers = { 'content-type': 'text/plain' };
    await refusal(await call(student, annotations, { body: 'x', headers }), 415);
    await refusal(await call(student, annotations, { body: input({ body: 'x'.repeat(2_100_000) }) }), 413);
  });

  it('refuses whoever may not write, and hides the group from whoever may not know of it', async () => {
    assert.equal(
      (await refusal(await call(anonymous, annotations, { body: input() }), 404)).code,
      'not_found',
    );
    assert.equal(
      (await refusal(await call(stranger, annotations, { body: input() }), 404)).code,
      'not_found',
    );
    assert.equal((await refusal(await call(reader, annotations, { body: input() }), 403)).code, 'forbidden');
    const absent = await (await call(stranger, '/api/v1/groups/no-such-group/annotations')).text();
    assert.equal(await (await call(stranger, annotations)).text(), absent);
  });

  it('refuses a token that is unknown, and one that may only read', async () => {
    await refusal(await call({ ...student, token: 'nonsense' }, annotations), 401);
    const onlooker = await createUserWithToken('onlooker', 'read');
    const place = await createSeminar({ onlooker: { somebody: onlooker, role: 'student' } });
    assert.equal((await call(onlooker, `/api/v1/groups/${place}/annotations`)).status, 200);
    await refusal(await call(onlooker, `/api/v1/groups/${place}/annotations`, { body: input() }), 403);
  });

  it('refuses a write that another site made a browser send', async () => {
    const cookie = { cookie: 'next-auth.session-token=x', origin: 'https://evil.example' };
    await refusal(await call(anonymous, '/api/v1/preview', { body: { body: 'x' }, headers: cookie }), 403);
  });

  it('renders Markdown without anything that could run', async () => {
    const body =
      '**b** <script>alert(1)</script> [x](javascript:alert(1)) ![i](https://evil.example/i.png) <https://a.example>';
    const { html } = await postGloss(student, group, { body });
    assert.match(html, /<strong>b<\/strong>/);
    assert.doesNotMatch(html, /<script|javascript:|<img/);
    assert.match(html, /<a href="https:\/\/a\.example" rel="nofollow noreferrer ugc">/);
  });

  it('changes a note on its version only, and keeps what it said', async () => {
    const made = await postGloss(student, group);
    const path = `/api/v1/annotations/${made.id}`;
    const etag = (await call(student, path)).headers.get('etag') ?? '';
    const change = (ifMatch: string | null, body: object, who = student) =>
      call(who, path, { method: 'PATCH', body, headers: ifMatch ? { 'if-match': ifMatch } : {} });
    await refusal(await change(null, { body: 'y' }), 428);
    await refusal(await change('"99"', { body: 'y' }), 412);
    await refusal(await change(etag, { body: 'y' }, other), 403);
    await refusal(await change(etag, { body: '' }), 422);
    const changed = await change(etag, { body: 'y', tags: ['a', 'a', 'b'] });
    assert.equal(changed.status, 200);
    const { version, tags } = await changed.json();
    assert.deepEqual([version, tags], [2, ['a', 'b']]);
    await refusal(await change(etag, { body: 'z' }), 412);
    const { items } = await (await call(other, `${path}/history`)).json();
    assert.deepEqual(
      items.map(({ body }: { body: string }) => body),
      ['Hullabaloo, rather.', 'y'],
    );
  });

  it('lets one of many concurrent changes win', async () => {
    const made = await postGloss(student, group);
    const one = (n: number) =>
      call(student, `/api/v1/annotations/${made.id}`, {
        ...{ method: 'PATCH', body: { body: `${n}` }, headers: { 'if-match': '"1"' } },
      });
    const statuses = (await Promise.all([1, 2, 3, 4, 5].map(one))).map(({ status }) => status).sort();
    assert.deepEqual(statuses, [200, 412, 412, 412, 412]);
  });

  it('leaves a tombstone, which its author can take back', async () => {
    const root = await postGloss(student, group, { body: 'to be deleted' });
    const reply = await postReply(other, root.id);
    const gone = await call(student, `/api/v1/annotations/${root.id}`, {
      method: 'DELETE',
      headers: { 'if-match': '"1"' },
    });
    assert.equal(gone.status, 200);
    const seen = await (await call(other, `${annotations}?thread=${root.id}`)).json();
    assert.deepEqual(
      seen.items.map(({ id, state, body }: Record<string, string>) => [id, state, body]),
      [
        [root.id, 'deleted', ''],
        [reply.id, 'published', 'Quite so.'],
      ],
    );
    const back = { action: 'restore', version: 2 };
    await refusal(await call(other, `/api/v1/annotations/${root.id}/moderation`, { body: back }), 403);
    const restored = await call(student, `/api/v1/annotations/${root.id}/moderation`, { body: back });
    assert.equal((await restored.json()).body, 'to be deleted');
  });

  it('nests replies as deep as they go, and lists a thread whole', async () => {
    const root = await postGloss(student, group);
    let parent = root.id;
    for (let depth = 0; depth < 12; depth++) {
      const made = await postReply(depth % 2 ? student : other, parent, { body: `${depth}` });
      assert.deepEqual([made.parent, made.root, made.section], [parent, root.id, 'doc1']);
      parent = made.id;
    }
    const { items } = await (await call(student, `${annotations}?thread=${root.id}`)).json();
    assert.equal(items.length, 13);
    assert.equal(items[0].replies, 12);
    await refusal(await call(reader, `/api/v1/annotations/${root.id}/replies`, { body: { body: 'x' } }), 403);
  });

  it('pages without losing or doubling while others write', async () => {
    const own = await createSeminar({ student: { somebody: student, role: 'student' } });
    for (let n = 0; n < 7; n++) await postGloss(student, own, { body: `${n}` });
    const seen: string[] = [];
    let cursor: string | null = null;
    do {
      const response: Response = await call(
        student,
        `/api/v1/groups/${own}/annotations?limit=3${cursor ? `&cursor=${cursor}` : ''}`,
      );
      const page = (await response.json()) as { items: { body: string }[]; next: string | null };
      seen.push(...page.items.map(({ body }) => body));
      if (cursor === null) await postGloss(student, own, { body: 'late' });
      cursor = page.next;
    } while (cursor);
    assert.deepEqual(seen, ['0', '1', '2', '3', '4', '5', '6', 'late']);
  });

  it('does not let a note be shown to fewer once others have answered', async () => {
    const root = await postGloss(student, group);
    await postReply(other, root.id);
    const body = { visibility: 'private' };
    const response = await call(student, `/api/v1/annotations/${root.id}`, {
      method: 'PATCH',
      body,
      headers: { 'if-match': '"1"' },
    });
    await refusal(response, 409);
  });

  it('describes itself', async () => {
    const { openapi, paths } = await (await call(anonymous, '/api/v1/openapi.json')).json();
    assert.match(openapi, /^3\.1/);
    for (const path of ['/groups/{group}/annotations', '/annotations/{id}', '/editions', '/me', '/groups']) {
      assert.ok(paths[`/api/v1${path}`], path);
    }
  });
});
