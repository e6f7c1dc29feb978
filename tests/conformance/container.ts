import assert from 'node:assert/strict';
import { isSecure, requireTrueAllow, requireTurtle } from './annotation';
import {
  type Answer,
  collectionAt,
  DESCRIPTIONS,
  etagOf,
  hasLink,
  IRIS,
  isIri,
  isTime,
  itemsOf,
  type Json,
  jsonOf,
  LD,
  listOf,
  MINIMAL,
  ok,
  PROFILE,
  pagesOf,
  prefer,
  typeOf,
  valuesOf,
  type World,
} from './client';

const METHODS = ['GET', 'HEAD', 'OPTIONS'] as const;
const LDP = 'http://www.w3.org/ns/ldp#';
const CONSTRAINTS = 'http://www.w3.org/TR/annotation-protocol/';

/** Runs `check` on the answer to each of `methods` by each container. */
async function each(
  world: World,
  methods: readonly string[],
  check: (answer: Answer, container: string, method: string) => unknown,
): Promise<void> {
  for (const container of world.containers) {
    for (const method of methods) {
      await check(await world.ask(method, container, { headers: { accept: LD } }), container, method);
    }
  }
}

/** Runs `check` on every collection, as it comes with these headers. */
async function collections(
  world: World,
  check: (collection: Json, container: string) => unknown,
  headers: Record<string, string> = {},
): Promise<void> {
  for (const container of world.containers)
    await check(await collectionAt(world, container, headers), container);
}

/** Answers of all kinds by a container, refusals among them. */
async function everyAnswer(world: World, container: string): Promise<[string, Answer][]> {
  const { ask } = world;
  const get = await ask('GET', container, { headers: { accept: LD } });
  const unchanged = { accept: LD, 'if-none-match': etagOf(get) };
  const wrongType = { headers: { 'content-type': 'text/plain' }, body: 'no annotation' };
  const writes = container === world.subject.container;
  return [
    ['GET', get],
    ['HEAD', await ask('HEAD', container, { headers: { accept: LD } })],
    ['OPTIONS', await ask('OPTIONS', container)],
    ['304', await ask('GET', container, { headers: unchanged })],
    ['406', await ask('GET', container, { headers: { accept: 'image/png' } })],
    ['405', await ask('PUT', container, wrongType)],
    ['a refused POST', await ask('POST', container, wrongType)],
    ['a POST by nobody', await ask('POST', container, { ...wrongType, as: null })],
    ...(writes ? ([['POST', await world.post('Linked')]] as [string, Answer][]) : []),
  ];
}

const isEmbedded = (first: unknown): first is Json => typeof first === 'object' && first !== null;

/** Refuses a page whose items are not all IRIs (or not all descriptions). */
function requireItems(page: unknown, kind: 'iris' | 'descriptions'): void {
  const items = valuesOf((page as Json).items);
  ok(items.length > 0, 'the page is empty');
  for (const item of items) {
    if (kind === 'iris') ok(isIri(item), JSON.stringify(item));
    else ok(isEmbedded(item) && isIri(item.id) && item.target !== undefined, JSON.stringify(item));
  }
}

/** Refuses linked pages that do not follow the preference of their collection. */
async function requirePages(world: World, kind: 'iris' | 'descriptions', include: string[]): Promise<void> {
  await collections(
    world,
    async (collection) => {
      const pages = await pagesOf(world, collection);
      ok(pages.length > 1, 'there is one page only');
      for (const page of pages) {
        requireItems(page, kind);
        const partOf = page.partOf as Json | string;
        assert.equal(isEmbedded(partOf) ? partOf.id : partOf, collection.id);
      }
    },
    prefer(...include),
  );
}

/** §4 and §4.1: containers, and how they are retrieved. */
export const container = {
  'container-path': async ({ containers }: World) => {
    for (const iri of containers) {
      const { search, hash, pathname } = new URL(iri);
      assert.deepEqual([search, hash, pathname.at(-1)], ['', '', '/']);
    }
  },
  'container-basic': (world: World) =>
    collections(world, ({ type }) => ok(valuesOf(type).includes('BasicContainer'))),
  'container-https': async ({ containers }: World) => {
    ok(containers.every(isSecure));
  },
  'container-get': (world: World) => each(world, ['GET'], (answer) => ok(isIri(jsonOf(answer).id))),
  'container-head': (world: World) =>
    each(world, ['HEAD'], ({ status, text }) => assert.deepEqual([status, text], [200, ''])),
  'container-options': (world: World) =>
    each(world, ['OPTIONS'], ({ status }) => ok(status === 200 || status === 204, `status ${status}`)),
  'container-json-ld': (world: World) =>
    each(world, ['GET', 'HEAD'], (answer) => assert.equal(typeOf(answer), 'application/ld+json')),
  'container-turtle': async (world: World) => {
    for (const iri of world.containers) {
      const { id } = await collectionAt(world, iri);
      const answer = await world.ask('GET', iri, { headers: { accept: 'text/turtle' } });
      requireTurtle(answer, String(id), 'http://www.w3.org/ns/activitystreams#OrderedCollection');
    }
  },
  'container-contexts': (world: World) =>
    collections(world, (collection) => {
      const contexts = valuesOf(collection['@context']);
      for (const needed of [PROFILE, 'http://www.w3.org/ns/ldp.jsonld']) ok(contexts.includes(needed));
    }),
  'container-200': (world: World) => each(world, ['GET', 'HEAD'], ({ status }) => assert.equal(status, 200)),
  'container-allow': (world: World) =>
    each(world, METHODS, (answer, iri, method) => {
      const needed = ['get', 'head', 'options', ...(iri === world.subject.container ? ['post'] : [])];
      assert.deepEqual(listOf(answer, 'allow').sort(), needed.sort(), method);
    }),
  'container-allow-true': async (world: World) => {
    for (const iri of world.containers) await requireTrueAllow(world, iri);
  },
  'container-link-type': async (world: World) => {
    for (const iri of world.containers) {
      for (const [what, answer] of await everyAnswer(world, iri))
        ok(hasLink(answer, `${LDP}BasicContainer`, 'type'), what);
    }
  },
  'container-link-constrained': async (world: World) => {
    for (const iri of world.containers) {
      for (const [what, answer] of await everyAnswer(world, iri))
        ok(hasLink(answer, CONSTRAINTS, `${LDP}constrainedBy`), what);
    }
  },
  'container-etag': async (world: World) => {
    await each(world, ['GET', 'HEAD'], (answer) => ok(etagOf(answer) !== ''));
  },
  'container-default': async (world: World) => {
    for (const iri of world.containers) {
      const answer = await world.ask('GET', iri);
      assert.equal(typeOf(answer), 'application/ld+json');
      ok(isIri(jsonOf(answer).id));
    }
  },
  'container-vary': (world: World) =>
    each(world, ['GET', 'HEAD'], (answer) => ok(listOf(answer, 'vary').includes('accept'))),
  'container-accept-post': async (world: World) => {
    for (const method of ['GET', 'HEAD']) {
      const answer = await world.ask(method, world.subject.container, { headers: { accept: LD } });
      assert.match(answer.headers.get('accept-post') ?? '', /application\/ld\+json/, method);
    }
  },
  'container-accept-post-options': async (world: World) => {
    const answer = await world.ask('OPTIONS', world.subject.container);
    assert.match(answer.headers.get('accept-post') ?? '', /application\/ld\+json/);
  },
  'container-accept-post-true': async (world: World) => {
    const { container, collection, annotation } = world.subject;
    const taken = (await world.ask('OPTIONS', container)).headers.get('accept-post') ?? '';
    for (const type of taken.match(/[\w.+-]+\/[\w.+-]+(?:\s*;\s*profile="[^"]*")?/g) ?? []) {
      const body = annotation(`Sent as ${type}`);
      const { status } = await world.ask('POST', container, { body, headers: { 'content-type': type } });
      assert.equal(status, 201, type);
    }
    if (collection) assert.equal((await world.ask('OPTIONS', collection)).headers.get('accept-post'), null);
  },
};

/** §4.2: how a container is represented. */
export const collection = {
  'collection-iri': (world: World) => collections(world, ({ id }) => ok(isIri(id))),
  'collection-class': (world: World) =>
    collections(world, ({ type }) => ok(valuesOf(type).includes('AnnotationCollection'))),
  'collection-label': (world: World) => collections(world, ({ label }) => ok(label)),
  'collection-first': (world: World) =>
    collections(world, ({ first }) => ok(isIri(isEmbedded(first) ? first.id : first))),
  'collection-last': (world: World) => collections(world, ({ last }) => ok(isIri(last))),
  'collection-total': (world: World) =>
    collections(world, async (collection) => {
      assert.equal(collection.total, itemsOf(await pagesOf(world, collection)).length);
    }),
  'collection-modified': async (world: World) => {
    await world.post('Newest');
    await collections(world, async (collection) => {
      ok(isTime(collection.modified));
      const items = (await pagesOf(world, collection)).flatMap((page) => valuesOf(page.items) as Json[]);
      const newest = Math.max(
        ...items.map(({ modified, created }) => Date.parse(String(modified ?? created))),
      );
      ok(Date.parse(collection.modified) >= newest, `${collection.modified} is before the newest`);
    });
  },
  'collection-iri-differs': async (world: World) => {
    for (const iri of world.containers) {
      const [iris, descriptions] = [
        await collectionAt(world, iri, prefer(IRIS)),
        await collectionAt(world, iri, prefer(DESCRIPTIONS)),
      ];
      assert.notEqual(iris.id, descriptions.id);
      // What an IRI says of its pages holds where it is asked for by itself.
      requireItems((await collectionAt(world, String(iris.id))).first, 'iris');
    }
  },
  'collection-content-location': async (world: World) => {
    for (const iri of world.containers) {
      for (const include of [[], [IRIS], [DESCRIPTIONS], [MINIMAL], [MINIMAL, IRIS]]) {
        const headers = { accept: LD, ...(include.length > 0 && prefer(...include)) };
        const answer = await world.ask('GET', iri, { headers });
        if (answer.status >= 300) ok(isIri(answer.headers.get('location')));
        else assert.equal(answer.headers.get('content-location'), jsonOf(answer).id, include.join());
      }
    }
  },
};

/** §4.2.1–4: what a client prefers. */
export const preference = {
  'prefer-default': (world: World) => collections(world, ({ first }) => requireItems(first, 'descriptions')),
  'prefer-minimal': (world: World) =>
    collections(
      world,
      (collection) => {
        ok(!isEmbedded(collection.first), 'the first page is embedded');
        for (const name of ['contains', 'ldp:contains', `${LDP}contains`, 'items'])
          assert.equal(collection[name], undefined);
      },
      prefer(MINIMAL),
    ),
  'prefer-minimal-links': (world: World) =>
    collections(world, ({ first, last }) => ok(isIri(first) && isIri(last)), prefer(MINIMAL)),
  'prefer-minimal-iris': (world: World) => requirePages(world, 'iris', [MINIMAL, IRIS]),
  'prefer-minimal-descriptions': (world: World) =>
    requirePages(world, 'descriptions', [MINIMAL, DESCRIPTIONS]),
  'prefer-iris': (world: World) =>
    collections(world, ({ first }) => requireItems(first, 'iris'), prefer(IRIS)),
  'prefer-iris-pages': (world: World) => requirePages(world, 'iris', [IRIS]),
  'prefer-descriptions': (world: World) =>
    collections(world, ({ first }) => requireItems(first, 'descriptions'), prefer(DESCRIPTIONS)),
  'prefer-descriptions-pages': (world: World) => requirePages(world, 'descriptions', [DESCRIPTIONS]),
  'prefer-vary': (world: World) =>
    each(world, ['GET', 'HEAD'], (answer) => ok(listOf(answer, 'vary').includes('prefer'))),
  'prefer-unknown': async (world: World) => {
    const plain = await collectionAt(world, world.subject.container);
    for (const unknown of [
      'respond-async, wait=100',
      'return=representation;include="urn:x"',
      ';;=,"',
      'a; b="c, d"',
    ]) {
      assert.deepEqual(
        await collectionAt(world, world.subject.container, { prefer: unknown }),
        plain,
        unknown,
      );
    }
  },
  'prefer-grammar': async (world: World) => {
    for (const wish of [
      `respond-async; note="return=minimal, not", return=representation; include="urn:x ${IRIS}"`,
      `Return = representation ; Include = "${IRIS}"`,
      `return="representation";omit="urn:x";include="${IRIS}", return=minimal`,
    ]) {
      requireItems((await collectionAt(world, world.subject.container, { prefer: wish })).first, 'iris');
    }
  },
  'prefer-applied': async (world: World) => {
    for (const [headers, applied] of [
      [prefer(IRIS), true],
      [prefer(MINIMAL, DESCRIPTIONS), true],
      [prefer('urn:x'), false],
      [{}, false],
    ] as const) {
      const answer = await world.ask('GET', world.subject.container, { headers: { accept: LD, ...headers } });
      const told = answer.headers.get('preference-applied');
      if (applied) assert.match(told ?? '', /^return\s*=\s*"?representation"?$/, JSON.stringify(headers));
      else assert.equal(told, null);
    }
  },
  'prefer-etag': async (world: World) => {
    for (const iri of world.containers) {
      const tags = [];
      for (const include of [[DESCRIPTIONS], [IRIS], [MINIMAL], [MINIMAL, IRIS]]) {
        tags.push(etagOf(await world.ask('GET', iri, { headers: { accept: LD, ...prefer(...include) } })));
      }
      assert.equal(new Set(tags).size, tags.length, tags.join());
    }
  },
};
