import assert from 'node:assert/strict';
import { requireTurtle } from './annotation';
import {
  collectionAt,
  etagOf,
  IRIS,
  idOf,
  isIri,
  isTime,
  itemsOf,
  type Json,
  jsonOf,
  LD,
  listOf,
  ok,
  pagesOf,
  prefer,
  valuesOf,
  type World,
} from './client';

type Found = { collection: Json; pages: Json[] };

/** What was read of a container once: the checks of pages change nothing, but for the last of them. */
const read = new WeakMap<World, Promise<Found[]>>();

/** The pages of every container, in both forms. */
function everyPages(world: World): Promise<Found[]> {
  const known = read.get(world) ?? readEveryPage(world);
  read.set(world, known);
  return known;
}

async function readEveryPage(world: World): Promise<Found[]> {
  const found: Found[] = [];
  for (const iri of world.containers) {
    for (const headers of [{}, prefer(IRIS)]) {
      const collection = await collectionAt(world, iri, headers);
      const pages = await pagesOf(world, collection);
      ok(pages.length > 1, 'there is one page only');
      found.push({ collection, pages });
    }
  }
  return found;
}

async function eachPage(world: World, check: (page: Json, n: number, of: Found) => unknown): Promise<void> {
  for (const found of await everyPages(world)) {
    for (const [n, page] of found.pages.entries()) await check(page, n, found);
  }
}

async function secondPage(world: World): Promise<string> {
  const { first } = await collectionAt(world, world.subject.container);
  return String(jsonOf(await world.ask('GET', String((first as Json).id ?? first))).next);
}

/** §4.3: the pages of a container. */
export const page = {
  'page-iri': (world: World) => eachPage(world, ({ id }) => ok(isIri(id))),
  'page-class': (world: World) =>
    eachPage(world, ({ type }) => ok(valuesOf(type).includes('AnnotationPage'))),
  'page-next': (world: World) =>
    eachPage(world, ({ next, items }, n, { collection, pages }) => {
      ok(valuesOf(items).length > 0, 'the page is empty');
      assert.equal(isIri(next), n < pages.length - 1);
      if (n === pages.length - 1) assert.equal(itemsOf(pages).length, collection.total, 'a page has no next');
    }),
  'page-prev': (world: World) => eachPage(world, ({ prev }, n) => assert.equal(isIri(prev), n > 0)),
  'page-start': (world: World) =>
    eachPage(world, ({ startIndex }, n, { pages }) =>
      assert.equal(startIndex, itemsOf(pages.slice(0, n)).length),
    ),
  'page-part-of': (world: World) =>
    eachPage(world, ({ partOf }, _, { collection }) =>
      assert.equal(typeof partOf === 'string' ? partOf : (partOf as Json)?.id, collection.id),
    ),
  'page-part-of-total': (world: World) =>
    eachPage(world, ({ partOf }, _, { collection }) =>
      assert.equal((partOf as Json)?.total, collection.total),
    ),
  'page-part-of-modified': (world: World) =>
    eachPage(world, ({ partOf }) => ok(isTime((partOf as Json)?.modified))),
  'page-complete': async (world: World) => {
    for (const { pages } of await everyPages(world)) {
      const items = itemsOf(pages);
      assert.equal(new Set(items).size, items.length, 'an annotation comes twice');
      const known = new Set(world.made);
      assert.deepEqual(
        items.filter((iri) => known.has(iri)),
        world.made,
      );
    }
  },
  'page-backwards': async (world: World) => {
    for (const { pages } of await everyPages(world)) {
      const back = [];
      let iri: unknown = pages.at(-1)?.id;
      while (isIri(iri) && back.length < pages.length) {
        const page = jsonOf(await world.ask('GET', iri, { headers: { accept: LD } }));
        back.unshift(page);
        iri = page.prev;
      }
      assert.deepEqual(itemsOf(back), itemsOf(pages));
    }
  },
  'page-last': async (world: World) => {
    for (const { collection, pages } of await everyPages(world)) {
      assert.equal(collection.last, pages.at(-1)?.id);
      const last = jsonOf(await world.ask('GET', String(collection.last), { headers: { accept: LD } }));
      assert.deepEqual(last, pages.at(-1));
    }
  },
  'page-stable': async (world: World) => {
    const removable = idOf(await world.post('To go'));
    const collection = await collectionAt(world, world.subject.container);
    const stay = itemsOf(await pagesOf(world, collection)).filter((iri) => iri !== removable);
    // One that was read already goes, and another comes, before the second page is asked for.
    const early = world.made.shift() ?? '';
    const seen = await pagesOf(world, collection, async ({ length }) => {
      if (length !== 1) return;
      for (const iri of [early, removable]) {
        const tag = etagOf(await world.ask('GET', iri, { headers: { accept: LD } }));
        assert.equal((await world.ask('DELETE', iri, { headers: { 'if-match': tag } })).status, 204);
      }
      await world.post('New');
    });
    const items = itemsOf(seen);
    assert.equal(new Set(items).size, items.length, 'an annotation comes twice');
    assert.deepEqual(
      stay.filter((iri) => !items.includes(iri)),
      [],
      'an annotation is lost',
    );
  },
  'page-embedded': async (world: World) => {
    for (const { collection, pages } of await everyPages(world)) {
      const embedded = collection.first as Json;
      for (const name of ['id', 'type', 'items', 'next', 'startIndex'])
        assert.deepEqual(embedded[name], pages[0]?.[name], name);
    }
  },
  'page-methods': async (world: World) => {
    const iri = await secondPage(world);
    const head = await world.ask('HEAD', iri, { headers: { accept: LD } });
    assert.deepEqual([head.status, head.text], [200, '']);
    const options = await world.ask('OPTIONS', iri);
    ok(options.status === 200 || options.status === 204);
    const body = world.subject.annotation('On a page');
    const post = await world.ask('POST', iri, { body, headers: { 'content-type': LD } });
    assert.equal(post.status, 405);
    for (const answer of [head, options, post])
      assert.deepEqual(listOf(answer, 'allow').sort(), ['get', 'head', 'options']);
  },
  'page-etag': async (world: World) => {
    const iri = await secondPage(world);
    const tag = etagOf(await world.ask('GET', iri, { headers: { accept: LD } }));
    ok(tag !== '');
    const again = await world.ask('GET', iri, { headers: { accept: LD, 'if-none-match': tag } });
    assert.deepEqual([again.status, again.text], [304, '']);
  },
  'page-vary': async (world: World) => {
    const answer = await world.ask('GET', await secondPage(world), { headers: { accept: LD } });
    ok(listOf(answer, 'vary').includes('accept'));
  },
  'page-turtle': async (world: World) => {
    const iri = await secondPage(world);
    const answer = await world.ask('GET', iri, { headers: { accept: 'text/turtle' } });
    requireTurtle(answer, iri, 'http://www.w3.org/ns/activitystreams#OrderedCollectionPage');
  },
  'page-404': async (world: World) => {
    const { status } = await world.ask('GET', world.subject.missingPage, { headers: { accept: LD } });
    assert.equal(status, 404);
  },
};
