import assert from 'node:assert/strict';
import {
  type Answer,
  collectionAt,
  etagOf,
  idOf,
  isIri,
  itemsOf,
  type Json,
  jsonOf,
  LD,
  ok,
  pagesOf,
  valuesOf,
  type World,
} from './client';

const JSON_LD = { 'content-type': LD, accept: LD };
const FOREIGN = 'https://elsewhere.example/annotations/1';

/** A new annotation: its IRI, its ETag and what it says. */
async function fresh(world: World, text: string, more: object = {}) {
  const answer = await world.post(text, more);
  assert.equal(answer.status, 201, answer.text.slice(0, 300));
  const iri = idOf(answer);
  const got = await world.ask('GET', iri, { headers: { accept: LD } });
  return { iri, tag: etagOf(got), json: jsonOf(got) };
}

const get = (world: World, iri: string) => world.ask('GET', iri, { headers: { accept: LD } });

function put(
  world: World,
  iri: string,
  ifMatch: string | null,
  body: unknown,
  headers = {},
): Promise<Answer> {
  const condition: Record<string, string> = ifMatch === null ? {} : { 'if-match': ifMatch };
  return world.ask('PUT', iri, { body, headers: { ...JSON_LD, ...condition, ...headers } });
}

const remove = (world: World, iri: string, ifMatch: string | null) =>
  world.ask('DELETE', iri, { headers: ifMatch === null ? {} : { 'if-match': ifMatch } });

/** Refuses that `act` changes what is at `iri`. */
async function unchanged(world: World, iri: string, act: () => Promise<unknown>): Promise<void> {
  const before = await get(world, iri);
  await act();
  const after = await get(world, iri);
  assert.deepEqual([after.status, after.text, etagOf(after)], [before.status, before.text, etagOf(before)]);
}

async function total(world: World): Promise<unknown> {
  return (await collectionAt(world, world.subject.container)).total;
}

const tagOfContainer = async (world: World) => etagOf(await get(world, world.subject.container));

/** Whether `text` stands in an annotation somewhere. */
const says = (json: Json, text: string): boolean => JSON.stringify(json).includes(text);

/** §5.1 and §5.2: new annotations. */
export const creation = {
  'post-201': async (world: World) => {
    assert.equal((await world.post('Created')).status, 201);
  },
  'post-location': async (world: World) => {
    const answer = await world.post('Located');
    const location = new URL(answer.headers.get('location') ?? '', world.subject.container).href;
    assert.equal(location, idOf(answer));
    assert.equal((await get(world, location)).status, 200);
  },
  'post-id': async (world: World) => {
    const [one, other] = [idOf(await world.post('Named')), idOf(await world.post('Named'))];
    ok(isIri(one) && isIri(other) && one !== other);
  },
  'post-id-replaced': async (world: World) => {
    const { iri, json } = await fresh(world, 'Renamed', { id: FOREIGN });
    ok(iri.startsWith(world.subject.container));
    assert.equal(json.id, iri);
  },
  'post-id-container': async (world: World) => {
    const iri = idOf(await world.post('Contained'));
    ok(iri.startsWith(world.subject.container));
    assert.match(iri.slice(world.subject.container.length), /^[^/?#]+$/);
  },
  'post-via': async (world: World) => {
    const { json } = await fresh(world, 'Copied', { id: FOREIGN });
    ok(valuesOf(json.via).includes(FOREIGN), JSON.stringify(json.via));
  },
  'post-canonical': async (world: World) => {
    const canonical = 'urn:uuid:dbfb1861-0ecf-41ad-be94-a584e5c4f1df';
    assert.equal((await fresh(world, 'Canonical', { canonical })).json.canonical, canonical);
    assert.equal((await fresh(world, 'Without')).json.canonical, undefined);
  },
  'post-state': async (world: World) => {
    const answer = await world.post('As it is kept');
    const got = await get(world, idOf(answer));
    ok(says(jsonOf(answer), 'As it is kept'));
    assert.deepEqual([jsonOf(answer), etagOf(answer)], [jsonOf(got), etagOf(got)]);
  },
  'post-contained': async (world: World) => {
    const before = (await total(world)) as number;
    const iri = idOf(await world.post('Counted'));
    const collection = await collectionAt(world, world.subject.container);
    assert.equal(collection.total, before + 1);
    assert.equal(itemsOf(await pagesOf(world, collection)).at(-1), iri);
  },
  'post-container-etag': async (world: World) => {
    const before = await tagOfContainer(world);
    await world.post('One more');
    assert.notEqual(await tagOfContainer(world), before);
  },
  'post-types': async (world: World) => {
    const types = [
      LD,
      'application/ld+json',
      'application/ld+json; charset=utf-8',
      'Application/LD+JSON;profile="urn:x"',
    ];
    for (const type of types) {
      assert.equal((await world.post('Typed', {}, { 'content-type': type })).status, 201, type);
    }
  },
  'post-415': async (world: World) => {
    const before = await total(world);
    for (const type of ['text/plain', 'text/html', 'application/xml', 'multipart/form-data; boundary=x']) {
      const answer = await world.post('Of another type', {}, { 'content-type': type });
      assert.equal(answer.status, 415, type);
      assert.match(answer.headers.get('accept-post') ?? '', /application\/ld\+json/);
    }
    assert.equal(await total(world), before);
  },
  'post-400': async (world: World) => {
    for (const body of ['', '{', '{"type": "Annotation"', 'no JSON']) {
      const { status } = await world.ask('POST', world.subject.container, { body, headers: JSON_LD });
      assert.equal(status, 400, body);
    }
  },
  'post-invalid': async (world: World) => {
    const before = await total(world);
    for (const body of [
      {},
      [],
      'null',
      '"text"',
      { type: 'Annotation' },
      { ...world.subject.annotation('x'), type: 'Note' },
    ]) {
      const { status } = await world.ask('POST', world.subject.container, { body, headers: JSON_LD });
      ok([400, 409, 415, 422].includes(status), `${status} for ${JSON.stringify(body)}`);
    }
    assert.equal(await total(world), before);
  },
  'post-slug': async (world: World) => {
    const hostile = [
      'my-note',
      '../../etc/passwd',
      '?page=0',
      '#',
      '%2e%2e%2f',
      '"quoted"',
      'a'.repeat(2_000),
      '/',
      ' ',
    ];
    for (const slug of hostile) {
      const answer = await world.post('Slugged', {}, { slug });
      assert.equal(answer.status, 201, slug);
      assert.match(idOf(answer).slice(world.subject.container.length), /^[^/?#]+$/, slug);
      assert.equal((await get(world, idOf(answer))).status, 200, slug);
    }
  },
  'post-slug-taken': async (world: World) => {
    const { iri } = await fresh(world, 'Taken');
    const slug = iri.slice(world.subject.container.length);
    await unchanged(world, iri, async () =>
      assert.notEqual(idOf(await world.post('Late', {}, { slug })), iri),
    );
  },
};

/** §5.3: replacement. */
export const replacement = {
  'put-200': async (world: World) => {
    const { iri, tag } = await fresh(world, 'Old');
    const answer = await put(world, iri, tag, world.subject.annotation('New'));
    assert.equal(answer.status, 200);
    assert.equal(idOf(answer), iri);
  },
  'put-state': async (world: World) => {
    const { iri, tag } = await fresh(world, 'Old words');
    const answer = await put(world, iri, tag, world.subject.annotation('New words', { id: iri }));
    const got = await get(world, iri);
    ok(says(jsonOf(got), 'New words') && !says(jsonOf(got), 'Old words'));
    assert.deepEqual([jsonOf(answer), etagOf(answer)], [jsonOf(got), etagOf(got)]);
    assert.equal(jsonOf(got).id, iri);
  },
  'put-whole': async (world: World) => {
    const { iri, tag, json } = await fresh(world, 'With rights', { rights: 'https://example.org/licence' });
    ok(says(json, 'https://example.org/licence'));
    await put(world, iri, tag, world.subject.annotation('Without'));
    ok(!says(jsonOf(await get(world, iri)), 'https://example.org/licence'));
  },
  'put-etag': async (world: World) => {
    const { iri, tag } = await fresh(world, 'Old');
    const before = await tagOfContainer(world);
    await put(world, iri, tag, world.subject.annotation('New'));
    assert.notEqual(etagOf(await get(world, iri)), tag);
    assert.notEqual(await tagOfContainer(world), before);
  },
  'put-canonical': async (world: World) => {
    const { iri, tag } = await fresh(world, 'Canonical', { canonical: 'urn:x:one' });
    const other = world.subject.annotation('Canonical', { canonical: 'urn:x:two' });
    await unchanged(world, iri, async () => {
      const { status } = await put(world, iri, tag, other);
      ok(status >= 400 && status < 500, `status ${status}`);
    });
  },
  'put-via': async (world: World) => {
    const { iri, tag } = await fresh(world, 'Via', { via: 'https://elsewhere.example/one' });
    const other = world.subject.annotation('Via', { via: 'https://elsewhere.example/two' });
    await unchanged(world, iri, async () => {
      const { status } = await put(world, iri, tag, other);
      ok(status >= 400 && status < 500, `status ${status}`);
    });
  },
  'put-412': async (world: World) => {
    const { iri, tag } = await fresh(world, 'First');
    await put(world, iri, tag, world.subject.annotation('Second'));
    await unchanged(world, iri, async () => {
      for (const stale of [tag, '"no such tag"', 'no tag at all']) {
        assert.equal((await put(world, iri, stale, world.subject.annotation('Third'))).status, 412, stale);
      }
    });
  },
  'put-weak': async (world: World) => {
    const { iri, tag } = await fresh(world, 'Strong');
    await unchanged(world, iri, async () => {
      assert.equal((await put(world, iri, `W/${tag}`, world.subject.annotation('Weak'))).status, 412);
    });
  },
  'put-list': async (world: World) => {
    const { iri, tag } = await fresh(world, 'Listed');
    const list = `"no such, tag", W/"x" ,${tag}`;
    assert.equal((await put(world, iri, list, world.subject.annotation('Found'))).status, 200);
  },
  'put-star': async (world: World) => {
    const { iri } = await fresh(world, 'Any');
    assert.equal((await put(world, iri, '*', world.subject.annotation('Some'))).status, 200);
  },
  'put-none-match': async (world: World) => {
    const { iri, tag } = await fresh(world, 'There');
    await unchanged(world, iri, async () => {
      const answer = await put(world, iri, tag, world.subject.annotation('New'), { 'if-none-match': '*' });
      assert.equal(answer.status, 412);
    });
  },
  'put-428': async (world: World) => {
    const { iri } = await fresh(world, 'Guarded');
    await unchanged(world, iri, async () => {
      assert.equal((await put(world, iri, null, world.subject.annotation('Blind'))).status, 428);
    });
  },
  'put-race': async (world: World) => {
    const { iri, tag } = await fresh(world, 'Start');
    const texts = ['Anna', 'Boris', 'Cătălin', 'Дарья', 'Elena'];
    const answers = await Promise.all(
      texts.map((text) => put(world, iri, tag, world.subject.annotation(text))),
    );
    const won = answers.filter(({ status }) => status === 200);
    assert.deepEqual(answers.map(({ status }) => status).sort(), [200, 412, 412, 412, 412]);
    assert.deepEqual(jsonOf(await get(world, iri)), jsonOf(won[0] as Answer));
  },
  'put-404': async (world: World) => {
    const { iri } = await fresh(world, 'Model');
    const never = iri.replace(/[0-9a-f](?=[^/]*$)/, (digit) => (digit === '0' ? '1' : '0'));
    const { status } = await put(world, never, '*', world.subject.annotation('Nowhere'));
    assert.equal(status, 404);
    assert.equal((await get(world, never)).status, 404);
  },
  'put-415': async (world: World) => {
    const { iri, tag } = await fresh(world, 'Typed');
    await unchanged(world, iri, async () => {
      const answer = await put(world, iri, tag, world.subject.annotation('x'), {
        'content-type': 'text/plain',
      });
      assert.equal(answer.status, 415);
    });
  },
};

/** §5.4: deletion. */
export const deletion = {
  'delete-204': async (world: World) => {
    const { iri, tag } = await fresh(world, 'Gone');
    assert.equal((await remove(world, iri, tag)).status, 204);
  },
  'delete-removed': async (world: World) => {
    const { iri, tag } = await fresh(world, 'Counted out');
    const before = (await total(world)) as number;
    await remove(world, iri, tag);
    for (const container of world.containers) {
      const collection = await collectionAt(world, container);
      ok(!itemsOf(await pagesOf(world, collection)).includes(iri));
      if (container === world.subject.container) assert.equal(collection.total, before - 1);
    }
  },
  'delete-410': async (world: World) => {
    const { iri, tag } = await fresh(world, 'Gone for good');
    await remove(world, iri, tag);
    assert.equal((await get(world, iri)).status, 410);
    assert.equal((await world.ask('HEAD', iri, { headers: { accept: LD } })).status, 410);
    assert.equal((await put(world, iri, '*', world.subject.annotation('Again'))).status, 410);
    assert.equal((await remove(world, iri, '*')).status, 410);
  },
  'delete-412': async (world: World) => {
    const { iri, tag } = await fresh(world, 'Kept');
    await unchanged(world, iri, async () => {
      for (const stale of ['"no such tag"', `W/${tag}`])
        assert.equal((await remove(world, iri, stale)).status, 412, stale);
    });
  },
  'delete-428': async (world: World) => {
    const { iri } = await fresh(world, 'Guarded');
    await unchanged(world, iri, async () => assert.equal((await remove(world, iri, null)).status, 428));
  },
  'delete-not-reused': async (world: World) => {
    const { iri, tag } = await fresh(world, 'Once');
    await remove(world, iri, tag);
    const slug = iri.slice(world.subject.container.length);
    const named: Record<string, string>[] = [{}, { slug }];
    for (const headers of named) assert.notEqual(idOf(await world.post('Twice', {}, headers)), iri);
    assert.notEqual((await get(world, iri)).status, 200);
  },
  'delete-container-etag': async (world: World) => {
    const { iri, tag } = await fresh(world, 'Counted out');
    const before = await tagOfContainer(world);
    await remove(world, iri, tag);
    assert.notEqual(await tagOfContainer(world), before);
  },
};
