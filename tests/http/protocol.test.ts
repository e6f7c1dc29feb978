import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { before, describe, it } from 'node:test';
import { Parser } from 'n3';
import { httpApp } from '@/lib/api';
import { operator } from '@/lib/identity';
import { publishDraft, uploadDraft } from '@/lib/publication';
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
const LD = { accept: 'application/ld+json; profile="http://www.w3.org/ns/anno.jsonld"' };

describe('the W3C container of a group', () => {
  let student: TestUser;
  let stranger: TestUser;
  let owner: TestUser;
  let group = '';
  let container = '';

  before(async () => {
    await freshDatabase();
    await publishSampleEdition();
    student = await createUserWithToken('student');
    stranger = await createUserWithToken('stranger');
    owner = await createUserWithToken('owner');
    group = await createSeminar({ student: { somebody: student, role: 'student' } });
    container = `/groups/${group}/annotations/`;
  });

  const incoming = (more: object = {}) => ({
    '@context': 'http://www.w3.org/ns/anno.jsonld',
    type: 'Annotation',
    motivation: 'questioning',
    body: [
      { type: 'TextualBody', value: 'Who raised it?', format: 'text/markdown' },
      { type: 'TextualBody', value: 'press', purpose: 'tagging' },
    ],
    target: {
      source: `${ADDRESS}/editions/gheorghiu-2009/doc1`,
      selector: { type: 'TextQuoteSelector', exact: 'нездоровой шумихи' },
    },
    ...more,
  });
  const moderate = (id: string, action: string) =>
    call(owner, `/api/v1/annotations/${id}/moderation`, { body: { action, reason: 'For the test.' } });
  const publishAnew = async () => {
    const source = await readFile('seed/gheorghiu-2009.xml', 'utf8');
    const { slug } = await uploadDraft(operator, source.replace('Уважаемые товарищи', 'Дорогие товарищи'));
    await publishDraft(operator, slug);
  };
  const post = (body: unknown, who = student) =>
    call(who, container, { body, headers: { 'content-type': 'application/ld+json' } });

  it('takes an annotation, and gives it back at its IRI', async () => {
    const made = await post(incoming());
    assert.equal(made.status, 201);
    const iri = made.headers.get('location') ?? '';
    assert.ok(iri.startsWith(`${ADDRESS}${container}`));
    const response = await call(student, iri.slice(ADDRESS.length), { headers: LD });
    assert.equal(
      response.headers.get('content-type'),
      'application/ld+json; profile="http://www.w3.org/ns/anno.jsonld"',
    );
    assert.match(response.headers.get('etag') ?? '', /^"[^"]+"$/);
    assert.match(response.headers.get('link') ?? '', /ldp#Resource>; rel="type"/);
    const annotation = await response.json();
    assert.equal(annotation['@context'], 'http://www.w3.org/ns/anno.jsonld');
    assert.equal(annotation.id, iri);
    assert.equal(annotation.motivation, 'questioning');
    assert.deepEqual(
      annotation.body.map(({ value }: { value: string }) => value),
      ['Who raised it?', 'press'],
    );
    assert.deepEqual(annotation.target, incoming().target);
    const kept = await (await call(student, `/api/v1/annotations/${iri.split('/').at(-1)}`)).json();
    assert.deepEqual([kept.exact, kept.start, kept.end], ['нездоровой шумихи', 948, 965]);
  });

  it('takes a reply as an annotation of an annotation', async () => {
    const root = await postGloss(student, group);
    const made = await post(
      incoming({ target: root.iri, motivation: 'replying', body: undefined, bodyValue: 'Yes.' }),
    );
    const { target, motivation } = await made.json();
    assert.deepEqual([target, motivation], [root.iri, 'replying']);
  });

  it('keeps what its selectors do not lead to, lost, with its quote; and refuses that in its own API', async () => {
    const section = `${ADDRESS}/editions/gheorghiu-2009/doc1`;
    const selector = { type: 'TextQuoteSelector', exact: 'words of another text', prefix: 'the ' };
    const target = (selector: unknown) => ({ source: section, selector });
    const refined = { type: 'FragmentSelector', value: 'doc1.p99', refinedBy: selector };
    const cases: [unknown, string | null, unknown][] = [
      [target(selector), 'orphaned', selector.exact],
      [target([selector, { type: 'SvgSelector', value: '<svg/>' }]), 'orphaned', selector.exact],
      [target(refined), 'orphaned', selector.exact],
      [target({ type: 'TextPositionSelector', start: 5, end: 9_999_999 }), 'orphaned', null],
      [`${section}#doc1.p99`, 'orphaned', null],
      [target({ type: 'TextPositionSelector', start: 948, end: 965 }), 'exact', 'нездоровой шумихи'],
      [section, null, null],
    ];
    for (const [target, anchor, exact] of cases) {
      const response = await post(incoming({ target }));
      assert.equal(response.status, 201, await response.clone().text());
      const id = response.headers.get('location')?.split('/').at(-1);
      const kept = await (await call(student, `/api/v1/annotations/${id}`)).json();
      assert.deepEqual([kept.anchor, kept.exact], [anchor, exact], JSON.stringify(target));
      if (anchor === 'orphaned') assert.ok(kept.can.includes('reanchor') && kept.start === null);
    }
    const own = { edition: 'gheorghiu-2009', section: 'doc1', quote: { exact: selector.exact }, body: 'No.' };
    const refused = await call(student, `/api/v1/groups/${group}/annotations`, { body: own });
    assert.equal(refused.status, 422);
  });

  it('refuses what it cannot keep, with a pointer to the fault', async () => {
    const cases: [unknown, number, string[]][] = [
      [incoming({ type: 'Note' }), 422, ['/type']],
      [incoming({ target: 'https://elsewhere.example/page' }), 422, ['/target']],
      [{ type: 'Annotation' }, 422, ['/@context', '/target']],
      ['{', 400, []],
    ];
    for (const [body, status, pointers] of cases) {
      const response = await post(body);
      const problem = await response.json();
      assert.equal(response.status, status, JSON.stringify(problem));
      assert.deepEqual(
        (problem.errors ?? []).map(({ pointer }: { pointer: string }) => pointer),
        pointers,
      );
    }
    const html = await call(student, container, { body: '<p>', headers: { 'content-type': 'text/html' } });
    assert.equal(html.status, 415);
  });

  it('replaces and deletes on the right version only', async () => {
    const { id, iri } = await postGloss(student, group);
    const path = iri.slice(ADDRESS.length);
    const etag = (await call(student, path, { headers: LD })).headers.get('etag') ?? '';
    const send = (method: string, ifMatch: string | null, body?: unknown) =>
      call(student, path, {
        method,
        body,
        headers: { 'content-type': 'application/ld+json', ...(ifMatch && { 'if-match': ifMatch }) },
      });
    const text = { type: 'TextualBody', value: 'Changed.' };
    assert.equal((await send('PUT', null, incoming({ body: text }))).status, 428);
    assert.equal((await send('PUT', '"77-ld"', incoming({ body: text }))).status, 412);
    const put = await send('PUT', etag, incoming({ body: text }));
    assert.equal(put.status, 200);
    assert.equal((await put.json()).body.value, 'Changed.');
    assert.equal((await send('DELETE', etag)).status, 412);
    const before = (await (await call(student, container)).json()).total;
    assert.equal((await send('DELETE', put.headers.get('etag'))).status, 204);
    assert.equal((await call(student, path, { headers: LD })).status, 410);
    assert.equal((await (await call(student, container)).json()).total, before - 1);
    assert.equal((await (await call(student, `/api/v1/annotations/${id}`)).json()).state, 'deleted');
  });

  it('pages through everything once', async () => {
    const own = await createSeminar({ student: { somebody: student, role: 'student' } });
    const ids: string[] = [];
    for (let n = 0; n < 103; n++) ids.push((await postGloss(student, own)).iri);
    const collection = await (await call(student, `/groups/${own}/annotations/`)).json();
    assert.deepEqual(collection.type, ['BasicContainer', 'AnnotationCollection']);
    assert.equal(collection.total, 103);
    const seen: string[] = [];
    let next: string | undefined = `${ADDRESS}/groups/${own}/annotations/?page=0`;
    while (next) {
      const page = await (await call(student, next.slice(ADDRESS.length))).json();
      assert.equal(page.startIndex, seen.length);
      seen.push(...page.items.map(({ id }: { id: string }) => id));
      next = page.next;
    }
    assert.deepEqual(seen, ids);
    const minimal = await call(student, `/groups/${own}/annotations/`, {
      headers: { prefer: 'return=representation;include="http://www.w3.org/ns/ldp#PreferMinimalContainer"' },
    });
    assert.equal(typeof (await minimal.json()).first, 'string');
  });

  it('leads a person to the passage, and a machine to the data', async () => {
    const root = await postGloss(student, group);
    const reply = await postReply(student, root.id);
    const html = { accept: 'text/html,application/xhtml+xml,*/*;q=0.8' };
    for (const path of [reply.iri.slice(ADDRESS.length), `/annotations/${reply.id}`]) {
      const response = await call(student, path, { headers: html });
      assert.equal(response.status, 303);
      const where = new URL(response.headers.get('location') ?? '', ADDRESS);
      assert.equal(where.pathname, '/editions/gheorghiu-2009/doc1');
      assert.deepEqual(
        [where.searchParams.get('group'), where.searchParams.get('annotation')],
        [group, reply.id],
      );
    }
    const asked = await call(anonymous, `/annotations/${reply.id}`, { headers: html });
    assert.match(asked.headers.get('location') ?? '', /^\/signin\?callbackUrl=/);
    assert.equal((await call(stranger, `/annotations/${reply.id}`, { headers: html })).status, 404);
    assert.equal(
      (await call(student, reply.iri.slice(ADDRESS.length), { headers: { accept: 'image/png' } })).status,
      406,
    );
  });

  it('leads the author of a reply to it, though its gloss is no longer shown to them', async () => {
    const other = await createUserWithToken('other');
    const own = await createSeminar({
      student: { somebody: student, role: 'student' },
      other: { somebody: other, role: 'student' },
      owner: { somebody: owner, role: 'owner' },
    });
    const root = await postGloss(other, own);
    const reply = await postReply(student, root.id);
    const denial = { action: 'revise', reason: 'Not here.' };
    assert.equal(
      (await call(owner, `/api/v1/annotations/${root.id}/moderation`, { body: denial })).status,
      200,
    );
    const html = { accept: 'text/html' };
    assert.equal((await call(student, `/annotations/${root.id}`, { headers: html })).status, 404);
    assert.equal((await call(student, `/annotations/${reply.id}`, { headers: html })).status, 303);
  });

  it('has another ETag for everybody who is shown something else', async () => {
    const own = await createSeminar({
      student: { somebody: student, role: 'student' },
      owner: { somebody: owner, role: 'owner' },
    });
    const path = `/groups/${own}/annotations/`;
    const tags = async () =>
      Promise.all([student, owner].map(async (who) => (await call(who, path)).headers.get('etag')));
    const { id } = await postGloss(student, own);
    let last = await tags();
    const steps: [string, () => Promise<unknown>, boolean[]][] = [
      ['nothing', async () => {}, [false, false]],
      ['a note', () => postGloss(student, own), [true, true]],
      ['a private note', () => postGloss(student, own, { visibility: 'private' }), [true, false]],
      ['a decision', () => moderate(id, 'hide'), [true, true]],
      ['another edition of the text', () => publishAnew(), [true, true]],
      [
        'a flag',
        () => call(owner, `/api/v1/annotations/${id}/flags`, { body: { reason: 'other', note: '' } }),
        [false, false],
      ],
    ];
    for (const [what, step, changed] of steps) {
      await step();
      const now = await tags();
      assert.deepEqual(
        now.map((tag, n) => tag !== last[n]),
        changed,
        what,
      );
      last = now;
    }
  });

  it('tells a reader who has it already that it is the same, and one who has an older one what it is', async () => {
    const root = await postGloss(student, group);
    for (const path of [container, `${container}?page=0`, '/annotations/', root.iri.slice(ADDRESS.length)]) {
      const etag = (await call(student, path, { headers: LD })).headers.get('etag') ?? '';
      const same = await call(student, path, { headers: { ...LD, 'if-none-match': `"x", W/${etag}` } });
      assert.deepEqual([same.status, await same.text(), same.headers.get('etag')], [304, '', etag], path);
      const turtle = { accept: 'text/turtle', 'if-none-match': etag };
      assert.equal((await call(student, path, { headers: turtle })).status, 200, path);
      assert.equal((await call(student, path, { headers: { ...LD, 'if-match': '"x"' } })).status, 412, path);
    }
  });

  it('reads a body only where it is of a size and a kind that it can be', async () => {
    const send = (body: string | Uint8Array, headers: Record<string, string>) =>
      httpApp.fetch(
        new Request(`${ADDRESS}${container}`, {
          method: 'POST',
          body: body as string,
          headers: {
            authorization: `Bearer ${student.token}`,
            'content-type': 'application/ld+json',
            ...headers,
          },
        }),
      );
    const good = JSON.stringify(incoming());
    const bytes = new TextEncoder().encode(good);
    bytes[bytes.indexOf(0xd0)] = 0xff;
    for (const [body, headers, status] of [
      [good, {}, 201],
      [good, { 'content-type': 'application/json; charset=UTF-8' }, 201],
      [good, { 'content-type': 'text/turtle' }, 415],
      [good, { 'content-type': 'application/ld+jsonx' }, 415],
      [good, { 'content-encoding': 'gzip' }, 415],
      [bytes, {}, 400],
      [`${good}}`, {}, 400],
      [JSON.stringify(incoming({ body: { type: 'TextualBody', value: 'x'.repeat(2_100_000) } })), {}, 413],
    ] as const) {
      const response = await send(body, headers);
      assert.equal(response.status, status, `${String(body).slice(0, 40)} ${JSON.stringify(headers)}`);
      assert.match(response.headers.get('link') ?? '', /BasicContainer/);
    }
  });

  it('asks who cannot be told from a stranger to say who they are, before it says whether a group is there', async () => {
    for (const path of [container, '/groups/no-such-group/annotations/']) {
      const sent = { body: incoming(), headers: { 'content-type': 'application/ld+json' } };
      const refused = await call(anonymous, path, sent);
      assert.deepEqual([refused.status, refused.headers.get('www-authenticate')], [401, 'Bearer'], path);
      assert.equal((await call(stranger, path, sent)).status, 404, path);
      for (const headers of [{}, LD])
        assert.equal((await call(anonymous, path, { headers })).status, 404, path);
    }
    const reading = await createUserWithToken('script', 'read');
    const sent = { body: incoming(), headers: { 'content-type': 'application/ld+json' } };
    assert.equal((await call(reading, container, sent)).status, 403);
  });

  it('lets no site write with the cookie of a reader, and every site with a token', async () => {
    const elsewhere = { origin: 'https://elsewhere.example', 'content-type': 'application/ld+json' };
    const withCookie = { ...elsewhere, cookie: 'next-auth.session-token=stolen' };
    const refused = await call(anonymous, container, { body: incoming(), headers: withCookie });
    assert.equal(refused.status, 403);
    assert.equal(refused.headers.get('access-control-allow-credentials'), null);
    assert.equal((await call(student, container, { body: incoming(), headers: elsewhere })).status, 201);
    const preflight = await call(anonymous, container, {
      method: 'OPTIONS',
      headers: { origin: 'https://elsewhere.example', 'access-control-request-method': 'POST' },
    });
    assert.equal(preflight.status, 204);
    assert.match(preflight.headers.get('access-control-allow-headers') ?? '', /Authorization/);
  });

  it('leads whoever left the slash away to the container, body and method with them', async () => {
    for (const [path, method, status] of [
      [`/groups/${group}/annotations?page=0`, 'GET', 308],
      [`/groups/${group}/annotations`, 'POST', 308],
      [`/groups/${group}/annotations`, 'PUT', 405],
      ['/annotations', 'GET', 308],
      ['/annotations', 'POST', 405],
    ] as const) {
      const response = await call(student, path, { method });
      assert.equal(response.status, status, `${method} ${path}`);
      if (status === 308)
        assert.equal(response.headers.get('location'), ADDRESS + path.replace(/annotations/, '$&/'));
      else assert.ok(!(response.headers.get('allow') ?? '').includes(method));
    }
  });

  it('takes of several writers at once one, and tells the others', async () => {
    const { iri } = await postGloss(student, group);
    const path = iri.slice(ADDRESS.length);
    const etag = (await call(student, path, { headers: LD })).headers.get('etag') ?? '';
    const headers = { 'content-type': 'application/ld+json', 'if-match': etag };
    const put = (value: string) =>
      call(student, path, {
        method: 'PUT',
        headers,
        body: incoming({ body: { type: 'TextualBody', value } }),
      });
    const statuses = (await Promise.all(['1', '2', '3', '4', '5', '6'].map(put))).map(({ status }) => status);
    assert.deepEqual(statuses.sort(), [200, 412, 412, 412, 412, 412]);
    assert.equal(
      (await (await call(student, `/api/v1/annotations/${path.split('/').at(-1)}`)).json()).version,
      2,
    );
  });

  it('gives Turtle to whoever likes it better, of a note, of the container and of its pages', async () => {
    const root = await postGloss(student, group);
    const cases: [string, string][] = [
      [root.iri.slice(ADDRESS.length), 'http://www.w3.org/ns/oa#Annotation'],
      [container, 'http://www.w3.org/ns/ldp#BasicContainer'],
      [`${container}?page=0`, 'http://www.w3.org/ns/activitystreams#OrderedCollectionPage'],
    ];
    for (const [path, type] of cases) {
      const response = await call(student, path, {
        headers: { accept: 'text/turtle, application/ld+json;q=0.5' },
      });
      assert.equal(response.headers.get('content-type'), 'text/turtle; charset=utf-8');
      const triples = new Parser().parse(await response.text());
      const types = triples
        .filter(({ subject }) => subject.value === ADDRESS + path)
        .map(({ object }) => object.value);
      assert.ok(types.includes(type), `${path}: ${types}`);
    }
  });

  it('never fails, whatever comes in headers and queries', async () => {
    const own = await createSeminar({ student: { somebody: student, role: 'student' } });
    const { iri } = await postGloss(student, own);
    const value = fc.oneof(
      fc.stringMatching(/^[\x21-\x7e\xa0-\xff]{0,40}$/),
      fc.constantFrom(
        '*',
        '"x"',
        'W/"x"',
        '"',
        '","',
        'return=representation;include="',
        'application/ld+json;q=',
        '%00',
        '\u00ff',
      ),
    );
    const names = [
      'accept',
      'prefer',
      'if-match',
      'if-none-match',
      'slug',
      'content-type',
      'accept-language',
      'origin',
    ];
    const request = fc.record({
      method: fc.constantFrom('GET', 'HEAD', 'OPTIONS', 'POST', 'PUT', 'DELETE', 'PATCH'),
      path: fc.constantFrom(
        `/groups/${own}/annotations/`,
        '/annotations/',
        iri.slice(ADDRESS.length),
        '/annotations',
      ),
      query: fc.dictionary(fc.constantFrom('page', 'after', 'iris', 'x'), value),
      headers: fc.dictionary(fc.constantFrom(...names), value),
      body: fc.option(fc.oneof(fc.json(), fc.string())),
    });
    await fc.assert(
      fc.asyncProperty(request, async ({ method, path, query, headers, body }) => {
        const sent = body !== null && ['POST', 'PUT', 'PATCH', 'DELETE'].includes(method) ? { body } : {};
        const response = await call(student, `${path}?${new URLSearchParams(query)}`, {
          method,
          headers,
          ...sent,
        });
        assert.ok(response.status < 500, `${response.status} ${await response.text()}`);
        assert.equal(response.headers.get('access-control-allow-origin'), '*');
        if (response.status === 405)
          assert.ok(!(response.headers.get('allow') ?? '').split(', ').includes(method));
      }),
      { numRuns: 300 },
    );
  });

  it('lets nobody replace or delete what another wrote', async () => {
    const own = await createSeminar({
      student: { somebody: student, role: 'student' },
      owner: { somebody: owner, role: 'owner' },
    });
    const path = (await postGloss(student, own)).iri.slice(ADDRESS.length);
    const before = await call(owner, path, { headers: LD });
    const headers = { 'content-type': 'application/ld+json', 'if-match': before.headers.get('etag') ?? '' };
    assert.equal((await call(owner, path, { method: 'PUT', headers, body: incoming() })).status, 403);
    assert.equal((await call(owner, path, { method: 'DELETE', headers })).status, 403);
    assert.equal((await call(stranger, path, { method: 'DELETE', headers })).status, 404);
    assert.equal((await call(anonymous, path, { method: 'DELETE', headers })).status, 401);
    assert.equal(await (await call(owner, path, { headers: LD })).text(), await before.text());
  });

  it('gathers all that one may see at /annotations/', async () => {
    const mine = await (await call(student, '/annotations/', { headers: LD })).json();
    assert.ok(mine.total > 100);
    assert.equal((await (await call(stranger, '/annotations/', { headers: LD })).json()).total, 0);
    assert.equal((await call(student, '/annotations/', { body: incoming() })).status, 405);
  });

  it('is empty where nobody wrote yet, and open to all where its group is', async () => {
    const open = await createSeminar({ student: { somebody: student, role: 'student' } }, 'open');
    const path = `/groups/${open}/annotations/`;
    const { total, first, last, modified } = await (await call(anonymous, path)).json();
    assert.deepEqual([total, first, last], [0, undefined, undefined]);
    assert.ok(Date.parse(modified) <= Date.now());
    const page = await (await call(anonymous, `${path}?page=0`)).json();
    assert.deepEqual([page.startIndex, page.items, page.next, page.prev], [0, [], undefined, undefined]);
    const { iri } = await postGloss(student, open);
    assert.equal((await (await call(anonymous, path)).json()).first.items[0].id, iri);
    assert.equal((await call(anonymous, iri.slice(ADDRESS.length), { headers: LD })).status, 200);
  });
});
