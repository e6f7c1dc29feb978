import assert from 'node:assert/strict';
import { before, describe, it } from 'node:test';
import { parse as parseCsv } from 'csv-parse/sync';
import sharp from 'sharp';
import type { Annotation } from '@/lib/annotation/schema';
import { unzip } from '@/lib/kernel/unzip';
import { freshDatabase } from '../support/fresh-database';
import { fc } from '../support/seeded-fast-check';
import {
  call,
  createAdmin,
  createSeminar,
  createUserWithToken,
  postGloss,
  postReply,
  publishSampleEdition,
  type TestUser,
} from '../support/seminar';

const PROFILE = 'application/ld+json; profile="http://www.w3.org/ns/anno.jsonld"';
const ANNO = 'http://www.w3.org/ns/anno.jsonld';
const noPassage = { section: undefined, start: undefined, end: undefined };
const SIZE = { width: 600, height: 900 };
const TRIANGLE = '<svg xmlns="http://www.w3.org/2000/svg"><polygon points="10,10 110,20 60,95.5"/></svg>';

describe('a gloss on a part of a page image', () => {
  let admin: TestUser;
  let ana: TestUser;
  let ion: TestUser;
  let group: string;
  let edition: string;
  const scan = async (tone: number) => {
    const picture = { create: { ...SIZE, channels: 3 as const, background: { r: tone, g: 200, b: 200 } } };
    return new Uint8Array(await sharp(picture).png().toBuffer());
  };
  const putScan = async (page: string, tone: number) => {
    const path = `/api/v1/editions/${edition}/canvases?page=${page}`;
    const body = await scan(tone);
    const response = await call(admin, path, {
      method: 'POST',
      headers: { 'content-type': 'image/png' },
      body,
    });
    assert.equal(response.status, 201);
    return response.json();
  };
  const post = (body: Record<string, unknown>) =>
    call(ana, `/api/v1/groups/${group}/annotations`, { body: { edition, body: 'A stamp.', ...body } });
  const draw = async (body: Record<string, unknown>): Promise<Annotation> => {
    const response = await post(body);
    assert.equal(response.status, 201, await response.clone().text());
    const made = await response.json();
    assert.deepEqual(made, await read(made.id));
    return made;
  };
  const refused = async (response: Response, status: number, pointer: string) => {
    assert.equal(response.status, status, await response.clone().text());
    const { errors } = await response.json();
    assert.equal(errors[0].pointer, pointer);
    return errors[0].detail as string;
  };
  const asJsonLd = async ({ id }: { id: string }) =>
    (await call(ana, `/groups/${group}/annotations/${id}`, { headers: { accept: PROFILE } })).json();
  const postJsonLd = (target: unknown, more = {}) =>
    call(ana, `/groups/${group}/annotations/`, {
      method: 'POST',
      headers: { 'content-type': PROFILE },
      body: JSON.stringify({ '@context': ANNO, type: 'Annotation', target, ...more }),
    });
  const read = async (id: string): Promise<Annotation> =>
    (await call(ana, `/api/v1/annotations/${id}`)).json();
  const list = async (query: string): Promise<Annotation[]> =>
    (await (await call(ana, `/api/v1/groups/${group}/annotations?${query}`)).json()).items;

  before(async () => {
    await freshDatabase();
    edition = await publishSampleEdition();
    admin = await createAdmin();
    ana = await createUserWithToken('ana');
    ion = await createUserWithToken('ion');
    group = await createSeminar({
      ana: { somebody: ana, role: 'student' },
      ion: { somebody: ion, role: 'instructor' },
    });
    for (const page of ['123', '124', '125']) await putScan(page, Number(page));
  });

  it('stands on a rectangle of a canvas, in the section where its page begins', async () => {
    const { canvas, region, regions, section, start, exact, passages, anchor } = await draw({
      canvas: 'p124',
      region: { x: 10, y: 20.5, w: 100, h: 50 },
    });
    assert.deepEqual(
      { canvas, region },
      { canvas: 'p124', region: { x: 10, y: 20.5, w: 100, h: 50, svg: null } },
    );
    const page = await (await call(ana, `/api/v1/editions/${edition}/canvases/p124`)).json();
    assert.deepEqual(
      { section, start, exact, passages, anchor },
      {
        section: page.section,
        start: null,
        exact: null,
        passages: [],
        anchor: 'exact',
      },
    );
    assert.equal(regions.length, 1);
    assert.equal(regions[0]?.image, page.image.id);
    assert.equal(regions[0]?.label, 'p. 124');
  });

  it('may be sent as a polygon, as a W3C selector, as its value, or as nothing for the whole page', async () => {
    const box = { x: 10, y: 10, w: 100, h: 85.5 };
    const ways: [unknown, unknown][] = [
      [{ svg: TRIANGLE }, { ...box, svg: TRIANGLE }],
      [TRIANGLE, { ...box, svg: TRIANGLE }],
      [
        { type: 'SvgSelector', value: TRIANGLE },
        { ...box, svg: TRIANGLE },
      ],
      ['xywh=pixel:1,2,3,4', { x: 1, y: 2, w: 3, h: 4, svg: null }],
      [
        { x: 1, y: 2, width: 3, height: 4 },
        { x: 1, y: 2, w: 3, h: 4, svg: null },
      ],
      ['1,2,3,4', { x: 1, y: 2, w: 3, h: 4, svg: null }],
      ['xywh=percent:10,10,50,50', { x: 60, y: 90, w: 300, h: 450, svg: null }],
      [
        { type: 'FragmentSelector', conformsTo: 'http://www.w3.org/TR/media-frags/', value: 'xywh=1,2,3,4' },
        { x: 1, y: 2, w: 3, h: 4, svg: null },
      ],
      [undefined, { x: 0, y: 0, w: 600, h: 900, svg: null }],
    ];
    for (const [region, expected] of ways) {
      assert.deepEqual((await draw({ canvas: 'p123', region })).region, expected);
    }
  });

  it('names its canvas by its IRI too', async () => {
    const { iri } = await (await call(ana, `/api/v1/editions/${edition}/canvases/p123`)).json();
    assert.equal((await draw({ canvas: iri, region: 'xywh=1,2,3,4' })).canvas, 'p123');
  });

  it('is refused outside the canvas, with a script in it, or on a canvas that is not there; nothing is stored', async () => {
    const count = async () => (await list('canvas=p125')).length;
    const before = await count();
    const outside = await refused(
      await post({ canvas: 'p125', region: { x: 500, y: 0, w: 200, h: 10 } }),
      ...([422, '/region'] as const),
    );
    assert.match(outside, /600/);
    const script =
      '<svg xmlns="http://www.w3.org/2000/svg"><script>1</script><rect width="9" height="9"/></svg>';
    assert.match(await refused(await post({ canvas: 'p125', region: script }), 422, '/region'), /script/);
    await refused(await post({ canvas: 'p125', region: { x: 1, y: 1, w: 0, h: 5 } }), 422, '/region/w');
    await refused(await post({ canvas: 'p999', region: 'xywh=1,2,3,4' }), 422, '/canvas');
    await refused(await post({ region: 'xywh=1,2,3,4', section: 'doc1' }), 422, '/canvas');
    await refused(await post({}), 422, '/section');
    await refused(await post({ canvas: 'p125', section: 'doc2', region: 'xywh=1,2,3,4' }), 422, '/section');
    assert.equal(await count(), before);
  });

  it('can be linked with a passage: one gloss, of both', async () => {
    const both = await draw({
      canvas: 'p125',
      region: 'xywh=10,20,30,40',
      passages: [{ section: 'doc1', start: 948, end: 965 }],
    });
    assert.equal(both.section, 'doc1');
    assert.equal(both.exact, 'нездоровой шумихи');
    assert.equal(both.canvas, 'p125');
    const { target } = await asJsonLd(both);
    assert.equal(target.length, 2);
    assert.ok((await list('section=doc1')).some(({ id }) => id === both.id));
    assert.ok((await list('canvas=p125')).some(({ id }) => id === both.id));
  });

  it('is found by its canvas with its replies, and has threads, history and moderation as any gloss', async () => {
    const root = await draw({ canvas: 'p124', region: { svg: TRIANGLE }, tags: ['stamp'] });
    const reply = await postReply(ion, root.id);
    const found = await list('canvas=p124');
    assert.ok([root.id, reply.id].every((id) => found.some((one) => one.id === id)));
    assert.equal(reply.section, root.section);
    const changed = await call(ana, `/api/v1/annotations/${root.id}`, {
      method: 'PATCH',
      headers: { 'if-match': `"${root.version}"` },
      body: { body: 'A seal.' },
    });
    assert.equal(changed.status, 200, await changed.clone().text());
    assert.deepEqual((await changed.json()).region, root.region);
    const hide = await call(ion, `/api/v1/annotations/${root.id}/moderation`, {
      body: { action: 'hide', reason: 'Off topic' },
    });
    assert.equal(hide.status, 200, await hide.clone().text());
    assert.equal((await read(root.id)).state, 'hidden');
  });

  it('is a Web Annotation on the canvas, and comes back from one', async () => {
    const drawn = await draw({ canvas: 'p124', region: { x: 1, y: 2, w: 3, h: 4 } });
    const jsonLd = await asJsonLd(drawn);
    const { address } = { address: jsonLd.id.split('/groups/')[0] };
    assert.deepEqual(jsonLd.target, {
      type: 'SpecificResource',
      source: `${address}/iiif/${edition}/canvas/p124`,
      selector: {
        type: 'FragmentSelector',
        conformsTo: 'http://www.w3.org/TR/media-frags/',
        value: 'xywh=pixel:1,2,3,4',
      },
      'urn:scholion:image': `${address}/iiif/images/${drawn.regions[0]?.image}`,
    });
    const again = await postJsonLd(jsonLd.target, { bodyValue: 'The same place' });
    assert.equal(again.status, 201, await again.clone().text());
    const [, id = ''] = /annotations\/([^/]+)$/.exec(again.headers.get('location') ?? '') ?? [];
    assert.deepEqual((await read(id)).regions, drawn.regions);
    // A fragment of the IRI is a selector too.
    const short = await postJsonLd(`${address}/iiif/${edition}/canvas/p124#xywh=5,6,7,8`);
    assert.equal(short.status, 201);
    assert.equal((await short.json()).target, `${address}/iiif/${edition}/canvas/p124#xywh=5,6,7,8`);
    await refused(
      await postJsonLd(`${address}/iiif/${edition}/canvas/p124#xywh=599,6,7,8`),
      422,
      '/target/selector',
    );
    await refused(await postJsonLd(`${address}/iiif/${edition}/canvas/p998`), 422, '/target');
    const svg = '<svg onload="go()"><path d="M0 0 L9 9"/></svg>';
    const unsafe = { source: jsonLd.target.source, selector: { type: 'SvgSelector', value: svg } };
    await refused(await postJsonLd(unsafe), 422, '/target/selector/value');
  });

  it('comes back from an address of our own image, as it is seen there', async () => {
    const canvas = await putScan('126', 66);
    const { id: image } = canvas.image;
    const address = canvas.iri.split('/iiif/')[0];
    const selector = { type: 'FragmentSelector', value: 'xywh=pixel:10,20,30,40' };
    for (const [path, region] of [
      ['', [10, 20, 30, 40]],
      ['/full/max/0/default.jpg', [10, 20, 30, 40]],
      ['/full/300,/0/default.jpg', [20, 40, 60, 80]],
      ['/100,200,150,150/!75,75/0/default.jpg', [120, 240, 60, 80]],
      ['/info.json', [10, 20, 30, 40]],
    ] as const) {
      const response = await postJsonLd({ source: `${address}/iiif/images/${image}${path}`, selector });
      assert.equal(response.status, 201, await response.clone().text());
      const made = await read((await response.json()).id.split('/').at(-1));
      const [found] = made.regions;
      assert.ok(found);
      assert.deepEqual([found.canvas, found.x, found.y, found.w, found.h], [canvas.id, ...region], path);
    }
    assert.equal((await postJsonLd({ source: `${address}/iiif/images/none`, selector })).status, 422);
  });

  it('comes into another group as the page that is given to IIIF viewers', async () => {
    const canvas = await putScan('127', 67);
    const note = await draw({
      canvas: canvas.id,
      region: { x: 1, y: 2, w: 3, h: 4 },
      tags: ['stamp'],
      ...noPassage,
    });
    await postReply(ion, note.id, { body: 'A *reply*.' });
    const page = await (await call(ana, `${new URL(canvas.iri).pathname}/annotations`)).json();
    const other = await createSeminar({
      ana: { somebody: ana, role: 'instructor' },
      ion: { somebody: ion, role: 'student' },
    });
    const response = await call(ana, `/api/v1/groups/${other}/import`, {
      body: page,
      headers: { 'content-type': 'application/json' },
    });
    assert.equal(response.status, 201, await response.clone().text());
    const { items } = await (await call(ana, `/api/v1/groups/${other}/annotations`)).json();
    const shape = items.map((one: Annotation) => [one.body, one.author.id, one.tags, one.parent === null]);
    assert.deepEqual(shape, [
      ['A stamp.', ana.id, ['stamp'], true],
      ['A _reply_.', ion.id, [], false],
    ]);
    assert.deepEqual(items[0].regions[0].canvas, canvas.id);
  });

  it('is led to by its permanent address, with the page image open, and so are its answers', async () => {
    const root = await draw({ canvas: 'p124', region: 'xywh=1,2,3,4' });
    const reply = await postReply(ion, root.id);
    for (const { id } of [root, reply]) {
      const location = (
        await call(ana, `/annotations/${id}`, { headers: { accept: 'text/html' } })
      ).headers.get('location');
      assert.match(location ?? '', new RegExp(`\\?group=${group}&annotation=${id}&canvas=p124$`));
    }
  });

  it('keeps a selector that it cannot read as it came, as orphaned', async () => {
    const source = (await (await call(ana, `/api/v1/editions/${edition}/canvases/p124`)).json()).iri;
    const selector = {
      type: 'SvgSelector',
      value: '<svg viewBox="0 0 1 1"><rect width="1" height="1"/></svg>',
    };
    const response = await postJsonLd({ source, selector });
    assert.equal(response.status, 201, await response.clone().text());
    const { id, target } = await response.json();
    assert.deepEqual(target, { source, selector });
    assert.equal((await read(id.split('/').at(-1))).anchor, 'orphaned');
  });

  it('comes back with every number, whatever was drawn inside the canvas, and is refused outside', async () => {
    const number = (most: number) => fc.integer({ min: 0, max: most * 1000 }).map((n) => n / 1000);
    const region = fc.record({ x: number(700), y: number(1000), w: number(700), h: number(1000) });
    await fc.assert(
      fc.asyncProperty(region, async (wished) => {
        const { x, y, w, h } = wished;
        const fits = w > 0 && h > 0 && x + w <= SIZE.width && y + h <= SIZE.height;
        const response = await post({ canvas: 'p123', region: wished });
        assert.equal(response.status, fits ? 201 : 422);
        if (!fits) return;
        const drawn: Annotation = await response.json();
        assert.deepEqual(drawn.region, { ...wished, svg: null });
        const copy = await postJsonLd((await asJsonLd(drawn)).target);
        const [, id = ''] = /annotations\/([^/]+)$/.exec(copy.headers.get('location') ?? '') ?? [];
        assert.deepEqual((await read(id)).regions, drawn.regions);
      }),
      { numRuns: 40 },
    );
  });

  it('is lost where the page gets another image, and can be drawn on that anew', async () => {
    const drawn = await draw({ canvas: 'p125', region: { x: 1, y: 2, w: 3, h: 4 } });
    const image = drawn.regions[0]?.image ?? '';
    const { image: other } = await putScan('125', 90);
    const lost = await read(drawn.id);
    assert.equal(lost.anchor, 'orphaned');
    assert.equal(lost.regions[0]?.image, image);
    assert.ok((await list('anchor=orphaned')).some(({ id }) => id === drawn.id));
    const waiting = async () => {
      const { items } = await (await call(ana, `/api/v1/groups/${group}/anchors?limit=500`)).json();
      return items.find(({ annotation }: { annotation: Annotation }) => annotation.id === drawn.id);
    };
    const { passage, drawn: which, now } = await waiting();
    assert.deepEqual({ passage, which, now }, { passage: null, which: 0, now: null });
    const left = await call(ana, `/api/v1/annotations/${drawn.id}/anchor`, {
      body: { action: 'leave', drawn: 0 },
    });
    assert.equal(left.status, 200, await left.clone().text());
    assert.equal(await waiting(), undefined);
    assert.equal((await read(drawn.id)).anchor, 'orphaned');
    const stale = await post({ canvas: 'p125', region: 'xywh=1,2,3,4', image });
    assert.equal(stale.status, 409);
    const moved = await call(ana, `/api/v1/annotations/${drawn.id}/anchor`, {
      body: { action: 'move', region: { x: 5, y: 6, w: 7, h: 8 }, image: other.id },
    });
    assert.equal(moved.status, 200, await moved.clone().text());
    const { anchor, region } = await moved.json();
    assert.deepEqual({ anchor, region }, { anchor: 'exact', region: { x: 5, y: 6, w: 7, h: 8, svg: null } });
    const { items } = await (await call(ana, `/api/v1/annotations/${drawn.id}/history`)).json();
    assert.equal(items[0].regions[0].image, image);
    // Each decision is taken back in its turn, the last one first.
    for (const settled of [true, false]) {
      const back = await call(ana, `/api/v1/annotations/${drawn.id}/anchor`, {
        body: { action: 'undo', drawn: 0 },
      });
      assert.equal(back.status, 200, await back.clone().text());
      const [region] = ((await back.json()) as Annotation).regions;
      const { x, anchor } = region!;
      assert.deepEqual(
        { x, anchor, image: region!.image, settled: region!.settled },
        { x: 1, anchor: 'orphaned', image, settled },
      );
    }
    assert.notEqual(await waiting(), undefined);
    // The image that was drawn on is kept as long as anything stands on it, and found again where it comes back.
    const elsewhere = await postGloss(ana, group, {
      section: undefined,
      start: undefined,
      end: undefined,
      canvas: 'p125',
    });
    await putScan('125', 125);
    assert.equal((await read(elsewhere.id)).anchor, 'orphaned');
    await putScan('125', 90);
    assert.equal((await read(elsewhere.id)).anchor, 'exact');
  });

  it('is taken home in every format, with a small picture of it in HTML and in the archive', async () => {
    const home = await createSeminar({ ana: { somebody: ana, role: 'student' } });
    const region = { x: 10, y: 20, w: 300, h: 150 };
    const drawn = await postGloss(ana, home, { ...noPassage, canvas: 'p124', region });
    const both = await postGloss(ana, home, { canvas: 'p125', region: { svg: TRIANGLE } });
    const take = async (format: string) => {
      const response = await call(ana, `/api/v1/groups/${home}/export?format=${format}`);
      assert.equal(response.status, 200);
      return Buffer.from(await response.arrayBuffer());
    };
    const rows: Record<string, string>[] = parseCsv(await take('csv'), { bom: true, columns: true });
    assert.deepEqual(
      rows.map(({ canvas, region, page, passage }) => ({ canvas, region, page, passage })),
      [
        { canvas: 'p124', region: 'xywh=pixel:10,20,300,150', page: '124', passage: '' },
        { canvas: 'p125', region: TRIANGLE, page: '125', passage: 'нездоровой шумихи' },
      ],
    );
    assert.match(String(await take('md')), /### On the image of p\. 124 \(xywh=pixel:10,20,300,150\)/);
    const html = String(await take('html'));
    assert.match(html, /<h4>On page images<\/h4>/);
    assert.match(html, /img-src data:/);
    const pictures = [...html.matchAll(/<img src="data:image\/jpeg;base64,([^"]+)" alt="([^"]+)">/g)];
    assert.equal(pictures.length, 2);
    const shown = pictures.find(([, , about = '']) => about.includes('p. 124'))?.[1] ?? '';
    const { width, height } = await sharp(Buffer.from(shown, 'base64')).metadata();
    assert.deepEqual({ width, height }, { width: 300, height: 150 });
    const tei = String(await take('tei'));
    assert.match(tei, /target="[^"]+\/iiif\/gheorghiu-2009\/canvas\/p124#xywh=pixel:10,20,300,150"/);
    assert.match(tei, /<note type="region" subtype="exact"[^>]*>&#60;svg/);
    const files = await unzip(await take('zip'));
    for (const { id } of [drawn, both]) {
      const picture = files.get(`${home}/regions/${id}.jpg`);
      assert.equal((await sharp(picture).metadata()).format, 'jpeg');
    }
    const readme = String(files.get(`${home}/README.txt`));
    assert.equal(readme.match(/^regions\/$/gm)?.length, 1);
    const manifest = JSON.parse(String(files.get(`${home}/manifest.json`)));
    assert.equal(manifest.files.filter(({ type }: { type: string }) => type === 'image/jpeg').length, 2);
    assert.deepEqual(await take('zip'), await take('zip'));
  });

  it('stands in a page of HTML after the notes on the whole section, each answer under its own note', async () => {
    const mixed = await createSeminar({ ana: { somebody: ana, role: 'student' } });
    const region = { x: 10, y: 20, w: 300, h: 150 };
    const first = await postGloss(ana, mixed, { ...noPassage, canvas: 'p124', region, body: 'First image.' });
    const { section } = first;
    const onWhole = (body: string) => postGloss(ana, mixed, { ...noPassage, section, body });
    const whole = await onWhole('First whole.');
    const answer = await postReply(ana, whole.id, { body: 'Answer to the first whole.' });
    await postReply(ana, answer.id, { body: 'Answer to that answer.' });
    await postGloss(ana, mixed, { ...noPassage, canvas: 'p124', region, body: 'Second image.' });
    await onWhole('Second whole.');
    await postReply(ana, first.id, { body: 'Answer to the first image.' });
    const response = await call(ana, `/api/v1/groups/${mixed}/export?format=html`);
    const html = await response.text();
    const notes = [...html.matchAll(/--depth:(\d+)">.*?<div class="body" lang=""><p>([^<]+)<\/p>/gs)];
    assert.deepEqual(
      notes.map(([, depth, body]) => [Number(depth), body]),
      [
        [0, 'First whole.'],
        [1, 'Answer to the first whole.'],
        [2, 'Answer to that answer.'],
        [0, 'Second whole.'],
        [0, 'First image.'],
        [1, 'Answer to the first image.'],
        [0, 'Second image.'],
      ],
    );
    assert.ok(html.indexOf('Second whole.') < html.indexOf('<h4>On page images</h4>'));
    assert.equal(html.match(/<img src="data:image\/jpeg/g)?.length, 2);
  });

  it('goes out and into another group as the same notes', async () => {
    const take = async (slug: string) => {
      const response = await call(ion, `/api/v1/groups/${slug}/export?format=jsonl`);
      assert.equal(response.status, 200);
      return response.text();
    };
    const target = await createSeminar({
      ana: { somebody: ana, role: 'student' },
      ion: { somebody: ion, role: 'instructor' },
    });
    const out = await take(group);
    const brought = await call(ion, `/api/v1/groups/${target}/import`, {
      method: 'POST',
      headers: { 'content-type': 'application/x-ndjson' },
      body: out,
    });
    assert.equal(brought.status, 201, await brought.clone().text());
    const places = (text: string) =>
      text
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line))
        .filter(({ motivation, target }) => motivation !== 'replying' && target)
        .map(({ target }) => JSON.stringify(target));
    assert.ok(places(out).length > 20);
    assert.deepEqual(places(await take(target)), places(out));
  });
});
