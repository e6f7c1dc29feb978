import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { normalize } from '@iiif/parser';
import { presentation3StrictUpgrade } from '@iiif/parser/strict';
import type { Manifest } from '@iiif/presentation-3';
import type { CanvasView } from '@/lib/canvas/schema';
import { FetchRefused, lookupPublic } from '@/lib/iiif/safe-fetch';
import { seedEdition } from '@/seed/seed';
import { freshDatabase } from '../support/fresh-database';
import { type IiifHost, IMAGE_SIZE, manifest2, manifest3, startIiifHost } from '../support/iiif-host';
import {
  anonymous,
  call,
  createAdmin,
  createSeminar,
  createUserWithToken,
  postGloss,
  postReply,
  type TestUser,
} from '../support/seminar';

const EDITION = 'gheorghiu-2009';
const onImage = { section: undefined, start: undefined, end: undefined };

let host: IiifHost;
let admin: TestUser;

before(async () => {
  host = await startIiifHost();
  process.env.SCHOLION_IIIF_HOSTS = `iiif.invalid, ${host.origin}`;
  await freshDatabase();
  await seedEdition();
  admin = await createAdmin();
});
after(() => host.close());

describe('the manifest of an edition', () => {
  const read = async (): Promise<Manifest> => (await call(anonymous, `/iiif/${EDITION}/manifest`)).json();

  it('is one of Presentation 3, in which a strict reader finds nothing to mend', async () => {
    const response = await call(anonymous, `/iiif/${EDITION}/manifest`);
    assert.equal(response.status, 200);
    assert.match(response.headers.get('content-type') ?? '', /presentation\/3\/context\.json/);
    assert.equal(response.headers.get('access-control-allow-origin'), '*');
    const manifest = await response.json();
    const found = { warnings: [] as string[] };
    const mended = presentation3StrictUpgrade(structuredClone(manifest), found);
    assert.deepEqual(found.warnings, []);
    assert.deepEqual(mended, manifest);
    const { entities, resource } = normalize(manifest);
    assert.equal(resource.type, 'Manifest');
    assert.equal(Object.keys(entities.Canvas).length, 6);
    // A reader that knows the tag of the last time is told that they hold.
    const again = await call(anonymous, `/iiif/${EDITION}/manifest`, {
      headers: { 'if-none-match': response.headers.get('etag') ?? '' },
    });
    assert.equal(again.status, 304);
  });

  it('would be found faulty', () => {
    const found = { warnings: [] as string[] };
    presentation3StrictUpgrade({ type: 'Manifest', label: 'bare', items: [] } as unknown as Manifest, found);
    assert.ok(found.warnings.length > 0);
  });

  it('has its pages in order, says of each that it is no facsimile, and leads to the text', async () => {
    const { items, requiredStatement, homepage, label } = await read();
    assert.match(JSON.stringify(label), /Romanian-Soviet/);
    assert.match(
      JSON.stringify(requiredStatement),
      /not a facsimile.*не факсимиле|не факсимиле.*not a facsimile/i,
    );
    assert.match(homepage?.[0]?.id ?? '', /\/editions\/gheorghiu-2009$/);
    assert.deepEqual(
      items.map((canvas) => canvas.label?.en?.[0]?.slice(0, 6)),
      ['p. 123', 'p. 124', 'p. 125', 'p. 126', 'p. 127', 'p. 128'],
    );
    for (const canvas of items) {
      assert.match(canvas.label?.en?.[0] ?? '', /not a facsimile/);
      const body = canvas.items?.[0]?.items?.[0]?.body as { id: string; service: { id: string }[] };
      for (const address of [body.id, `${body.service[0]?.id}/info.json`]) {
        const { pathname } = new URL(address);
        assert.equal((await call(anonymous, pathname)).status, 200, pathname);
      }
    }
  });

  it('has the sections as ranges, from the page on which each begins to its last', async () => {
    const { structures } = await read();
    const pages = structures?.map(({ items }) =>
      items?.map((item) => (item as { id: string }).id.split('/').at(-1)),
    );
    assert.deepEqual(pages, [
      ['p123', 'p124'],
      ['p125', 'p126', 'p127'],
      ['p127', 'p128'],
    ]);
  });

  it('is not there of an edition that is not', async () => {
    assert.equal((await call(anonymous, '/iiif/no-such/manifest')).status, 404);
  });
});

describe('what is written on a canvas', () => {
  const path = `/iiif/${EDITION}/canvas/p124/annotations`;
  const seen = async (who: TestUser) => {
    const response = await call(who, path);
    assert.equal(response.status, 200);
    return response.json();
  };

  it('is what the caller may see: a rectangle by its fragment, a polygon by its SVG, the answers as bodies', async () => {
    const [ana, ion, stranger] = await Promise.all(
      ['ana', 'ion', 'stranger'].map((name) => createUserWithToken(name)),
    );
    assert.ok(ana && ion && stranger);
    const group = await createSeminar({
      ana: { somebody: ana, role: 'student' },
      ion: { somebody: ion, role: 'instructor' },
    });
    const drawn = { ...onImage, canvas: 'p124' };
    const root = await postGloss(ana, group, {
      ...drawn,
      region: { x: 1, y: 2, w: 30, h: 40 },
      body: '*A* <b>stamp</b>',
    });
    await postReply(ion, root.id, { body: 'Indeed.' });
    const svg = '<svg xmlns="http://www.w3.org/2000/svg"><polygon points="1,1 9,1 5,9"/></svg>';
    await postGloss(ana, group, { ...drawn, region: { svg }, visibility: 'private' });
    const mine = await seen(ana);
    assert.equal(mine.type, 'AnnotationPage');
    assert.equal(mine.items.length, 2);
    const [rectangle, polygon] = mine.items;
    assert.match(rectangle.target, /\/canvas\/p124#xywh=1,2,30,40$/);
    assert.equal(rectangle.id, root.iri);
    assert.equal(rectangle.body.length, 2);
    assert.match(rectangle.body[0].value, /<em>A<\/em>/);
    assert.doesNotMatch(rectangle.body[0].value, /<b>stamp/);
    assert.match(rectangle.body[1].value, /Indeed/);
    assert.equal(polygon.target.selector.value, svg);
    assert.equal((await seen(ion)).items.length, 1);
    for (const who of [stranger, anonymous]) assert.deepEqual((await seen(who)).items, []);
    await call(ion, `/api/v1/annotations/${root.id}/moderation`, { body: { action: 'hide', reason: 'x' } });
    assert.equal((await seen(ana)).items.length, 2);
    const [other] = [await createUserWithToken('other')];
    assert.deepEqual((await seen(other)).items, []);
  });

  it('may be asked for by a viewer on another site, with a token', async () => {
    const preflight = await call(anonymous, path, {
      method: 'OPTIONS',
      headers: {
        origin: 'https://viewer.example',
        'access-control-request-method': 'GET',
        'access-control-request-headers': 'authorization',
      },
    });
    assert.equal(preflight.status, 204);
    assert.equal(preflight.headers.get('access-control-allow-origin'), '*');
    assert.match(preflight.headers.get('access-control-allow-headers') ?? '', /authorization/i);
    assert.equal((await call(anonymous, path)).headers.get('access-control-allow-origin'), '*');
  });

  it('comes in pages where it is much', async () => {
    const ana = await createUserWithToken('ana');
    const group = await createSeminar({ ana: { somebody: ana, role: 'student' } });
    for (let i = 0; i < 201; i += 1) {
      await postGloss(ana, group, { ...onImage, canvas: 'p126', region: { x: i, y: 0, w: 5, h: 5 } });
    }
    const first = await (await call(ana, `/iiif/${EDITION}/canvas/p126/annotations`)).json();
    assert.equal(first.items.length, 200);
    const { pathname, search } = new URL(first.next.id);
    const second = await (await call(ana, pathname + search)).json();
    assert.equal(second.items.length, 1);
    assert.equal(second.next, undefined);
  });
});

describe('manifests and services of others', () => {
  const send = (path: string, body: unknown, who = admin) => call(who, `/api/v1${path}`, { body });
  const attach = (body: unknown, who = admin) => send(`/editions/${EDITION}/manifest`, body, who);
  const canvases = async (edition = EDITION): Promise<CanvasView[]> =>
    (await (await call(anonymous, `/api/v1/editions/${edition}/canvases`)).json()).items;
  const refused = async (response: Response, pointer: string, sentence: RegExp) => {
    assert.equal(response.status, 422, await response.clone().text());
    const [fault] = (await response.json()).errors;
    assert.equal(fault.pointer, pointer);
    assert.match(fault.detail, sentence);
  };

  it('of version 3 are attached to the pages that their labels name, by an administrator alone', async () => {
    const manifest = manifest3(host.origin, [124, 125, 700]);
    assert.equal((await attach({ manifest }, anonymous)).status, 401);
    assert.equal((await attach({ manifest }, await createUserWithToken('student'))).status, 403);
    const response = await attach({ manifest });
    assert.equal(response.status, 200, await response.clone().text());
    const all = await canvases();
    assert.equal(all.length, 7);
    const page = all.find(({ id }) => id === 'p124');
    assert.equal(page?.page, '124');
    assert.equal(page?.statement, null);
    assert.deepEqual({ width: page?.width, height: page?.height }, IMAGE_SIZE);
    assert.equal(page?.image.info.id, `${host.origin}/v3/page-124`);
    assert.equal(page?.image.info.type, 'ImageService3');
    assert.equal(all.at(-1)?.label, 'p. 700');
    assert.equal(all.at(-1)?.page, null);
    // Again: the same canvases.
    assert.equal((await attach({ manifest })).status, 200);
    assert.equal((await canvases()).length, 7);
  });

  it('of version 2 too, by their address', async () => {
    host.publish('/manifests/two', manifest2(host.origin, [127]));
    const response = await attach({ url: `${host.origin}/manifests/two` });
    assert.equal(response.status, 200, await response.clone().text());
    const page = (await canvases()).find(({ id }) => id === 'p127');
    assert.equal(page?.image.info['@id'], `${host.origin}/v2/page-127`);
    assert.equal(page?.origin, `${host.origin}/manifests/two/canvas/127`);
    const manifest = await (await call(anonymous, `/iiif/${EDITION}/manifest`)).json();
    const found = { warnings: [] as string[] };
    presentation3StrictUpgrade(manifest, found);
    assert.deepEqual(found.warnings, []);
  });

  it('become an edition of images alone, with a text of their labels', async () => {
    host.publish('/manifests/three', manifest3(host.origin, [1, 2, 3]));
    const body = { slug: 'letter-1968', url: `${host.origin}/manifests/three` };
    const response = await send('/manifests', body);
    assert.equal(response.status, 201, await response.clone().text());
    assert.deepEqual(
      (await canvases('letter-1968')).map(({ page, section, offset }) => [page, section, offset !== null]),
      ['p. 1', 'p. 2', 'p. 3'].map((page) => [page, 'images', true]),
    );
    const edition = await (await call(anonymous, '/api/v1/editions/letter-1968')).json();
    assert.equal(edition.title, 'A letter of 1968');
    assert.equal((await send('/manifests', body)).status, 409);
  });

  it('may have a page without an image: it has its place in the text, and no canvas', async () => {
    const manifest = manifest3(host.origin, [1, 2, 3]);
    const [first, second, third] = manifest.items as Record<string, unknown>[];
    const items = [first, { ...second, items: [] }, third];
    const response = await send('/manifests', { slug: 'gap-1968', manifest: { ...manifest, items } });
    assert.equal(response.status, 201, await response.clone().text());
    assert.deepEqual(
      (await canvases('gap-1968')).map(({ page }) => page),
      ['p. 1', 'p. 3'],
    );
    const { pages } = await (await call(anonymous, '/api/v1/editions/gap-1968/sections/images')).json();
    assert.deepEqual(
      pages.map(({ label }: { label: string }) => label),
      ['p. 1', 'p. 2', 'p. 3'],
    );
  });

  it('may name pictures without a service: they are fetched and cut into tiles', async () => {
    const manifest = manifest3(host.origin, [128]);
    const [canvas] = manifest.items as { items: { items: { body: Record<string, unknown> }[] }[] }[];
    const body = canvas?.items[0]?.items[0]?.body ?? {};
    body.id = `${host.origin}/files/128.jpg`;
    delete body.service;
    assert.equal((await attach({ manifest })).status, 200);
    const page = (await canvases()).find(({ id }) => id === 'p128');
    assert.equal(page?.image.info.profile, 'level0');
  });

  it('that lie are refused whole, with every canvas that does', async () => {
    const before = await canvases();
    const manifest = manifest3(host.origin, [123, 125]);
    const items = manifest.items as Record<string, unknown>[];
    Object.assign(items[1] ?? {}, { height: 300 });
    await refused(await attach({ manifest }), '/items/1', /another shape/);
    const gone = manifest2(host.origin, [123]);
    const text = JSON.stringify(gone).replaceAll('/v2/page-123', '/v2/nothing');
    await refused(await attach({ manifest: JSON.parse(text) }), '/sequences/0/canvases/0', /404/);
    await refused(await attach({ manifest: { type: 'Collection', items: [] } }), '', /collection: take/);
    await refused(await attach({ manifest: { ...manifest, items: [] } }), '', /no canvases/);
    await refused(
      await attach({ manifest: { ...manifest, items: [items[0], items[0]] } }),
      '/items/1',
      /same IRI/,
    );
    const bare = { ...items[0], items: [] };
    await refused(await attach({ manifest: { ...manifest, items: [bare] } }), '', /has an image/);
    assert.deepEqual(await canvases(), before);
  });

  it('are fetched from the hosts that the operator names alone', async () => {
    const sent = (url: string) => attach({ url });
    await refused(await sent('https://example.org/manifest'), '/url', /example\.org/);
    await refused(await sent('http://127.0.0.1:1/manifest'), '/url', /127\.0\.0\.1:1/);
    await refused(await sent(`${host.origin}/away`), '/url', /169\.254\.169\.254/);
    await refused(await sent(`${host.origin}/round`), '/url', /one address to the next/);
    await refused(await sent(`${host.origin}/nothing`), '/url', /404/);
    const service = await send(`/editions/${EDITION}/canvases`, {
      service: 'https://example.org/iiif/x',
      page: '123',
    });
    await refused(service, '/service', /example\.org/);
    const elsewhere = manifest3('https://example.org', [123]);
    await refused(await attach({ manifest: elsewhere }), '/items/0', /example\.org/);
  });

  it('are not fetched where a name of the list leads inside', async () => {
    const error = await new Promise((done) => lookupPublic('localhost', {}, (error) => done(error)));
    assert.ok(error instanceof FetchRefused);
    assert.match(error.detail, /private/);
  });

  it('an image of a service stands on a canvas, and pages may show it', async () => {
    const body = { service: `${host.origin}/v2/page-123/info.json`, page: '123' };
    const response = await send(`/editions/${EDITION}/canvases`, body);
    assert.equal(response.status, 201, await response.clone().text());
    const { image, thumbnail, id } = await response.json();
    assert.equal(id, 'p123');
    assert.equal(image.info['@id'], `${host.origin}/v2/page-123`);
    assert.equal(thumbnail, `${host.origin}/v2/page-123/full/300,450/0/default.jpg`);
    const { contentSecurityPolicy } = await import('@/lib/http/security-headers');
    assert.match(
      contentSecurityPolicy([]),
      new RegExp(`img-src 'self' data: https://iiif\\.invalid ${host.origin}`),
    );
  });
});
