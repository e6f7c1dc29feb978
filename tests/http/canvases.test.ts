import assert from 'node:assert/strict';
import { before, describe, it } from 'node:test';
import sharp from 'sharp';
import { freshDatabase } from '../support/fresh-database';
import {
  anonymous,
  call,
  createAdmin,
  createUserWithToken,
  publishSampleEdition,
  type TestUser,
} from '../support/seminar';

/** A picture with something on it: `width` × `height` pixels. */
function scan(width: number, height: number, tone = 200) {
  return sharp({ create: { width, height, channels: 3, background: { r: tone, g: tone, b: 255 - tone } } });
}

describe('page images', () => {
  let admin: TestUser;
  let edition: string;
  const path = () => `/api/v1/editions/${edition}/canvases`;
  const send = (bytes: Buffer | string, { type = 'image/png', query = '', who = admin } = {}) =>
    call(who, `${path()}${query}`, {
      method: 'POST',
      headers: { 'content-type': type },
      body: typeof bytes === 'string' ? bytes : new Uint8Array(bytes),
    });
  const list = async () => (await (await call(anonymous, path())).json()).items;

  before(async () => {
    await freshDatabase();
    edition = await publishSampleEdition();
    admin = await createAdmin();
  });

  it('are none at first', async () => {
    assert.deepEqual(await list(), []);
  });

  it('are put there by an administrator, and nobody else', async () => {
    const student = await createUserWithToken('student');
    const bytes = await scan(20, 20).png().toBuffer();
    assert.equal((await send(bytes, { who: anonymous })).status, 401);
    assert.equal((await send(bytes, { who: student })).status, 403);
    assert.deepEqual(await list(), []);
  });

  it('show the page that they are of, where it begins in the text', async () => {
    const response = await send(await scan(1300, 1800).jpeg().toBuffer(), {
      type: 'image/jpeg',
      query: '?page=126',
    });
    assert.equal(response.status, 201);
    const canvas = await response.json();
    assert.deepEqual(
      { ...canvas, image: undefined, thumbnail: undefined },
      {
        ...{
          id: 'p126',
          iri: `http://localhost:3000/iiif/${edition}/canvas/p126`,
          edition,
          label: 'p. 126',
          page: '126',
        },
        section: canvas.section,
        offset: canvas.offset,
        width: 1300,
        height: 1800,
        statement: null,
        origin: null,
        image: undefined,
        thumbnail: undefined,
      },
    );
    const { pages } = await (
      await call(anonymous, `/api/v1/editions/${edition}/sections/${canvas.section}`)
    ).json();
    assert.deepEqual(
      pages.find(({ label }: { label: string }) => label === '126'),
      { label: '126', offset: canvas.offset },
    );
    assert.deepEqual(
      (await list()).map(({ id }: { id: string }) => id),
      ['p126'],
    );
  });

  it('are static IIIF services: every tile and size that info.json names is there', async () => {
    const [{ image, thumbnail }] = await list();
    const { pathname } = new URL(image.info.id);
    const response = await call(anonymous, `${pathname}/info.json`);
    const info = await response.json();
    assert.deepEqual(info, image.info);
    assert.equal(response.headers.get('access-control-allow-origin'), '*');
    const [{ width: tile, scaleFactors }] = info.tiles;
    for (const [small, width] of [
      ['90,', 90],
      ['!60,60', 43],
    ] as const) {
      const asked = await call(anonymous, `${pathname}/full/${small}/0/default.jpg`);
      assert.equal(asked.status, 200, small);
      assert.equal((await sharp(Buffer.from(await asked.arrayBuffer())).metadata()).width, width);
    }
    const paths = [new URL(thumbnail).pathname, `${pathname}/full/max/0/default.jpg`];
    assert.equal(info.sizes.length, scaleFactors.length);
    for (const { width, height } of info.sizes)
      paths.push(`${pathname}/full/${width},${height}/0/default.jpg`);
    for (const factor of scaleFactors) {
      for (let y = 0; y < info.height; y += tile * factor) {
        for (let x = 0; x < info.width; x += tile * factor) {
          const w = Math.min(tile * factor, info.width - x);
          const h = Math.min(tile * factor, info.height - y);
          const whole = x === 0 && y === 0 && w === info.width && h === info.height;
          const size = `${Math.ceil(w / factor)},${Math.ceil(h / factor)}`;
          paths.push(`${pathname}/${whole ? 'full' : [x, y, w, h].join(',')}/${size}/0/default.jpg`);
        }
      }
    }
    assert.ok(paths.length > 18);
    for (const file of paths) {
      const answer = await call(anonymous, file);
      assert.equal(answer.status, 200, file);
      const { format, width } = await sharp(Buffer.from(await answer.arrayBuffer())).metadata();
      assert.equal(format, 'jpeg');
      const [, wanted] = /\/(\d+),\d+\/0\/default\.jpg$/.exec(file) ?? [];
      if (wanted) assert.equal(width, Number(wanted), file);
    }
    assert.equal((await call(anonymous, `${pathname}/0,0,7,7/7,7/0/default.jpg`)).status, 404);
  });

  it('are made upright and without what the camera wrote into them', async () => {
    const bytes = await scan(400, 300)
      .withExif({ IFD0: { Artist: 'Secret Name' } })
      .withMetadata({ orientation: 6 })
      .jpeg()
      .toBuffer();
    const canvas = await (await send(bytes, { type: 'image/jpeg', query: '?page=127' })).json();
    assert.deepEqual([canvas.width, canvas.height], [300, 400]);
    const file = await call(anonymous, `${new URL(canvas.image.info.id).pathname}/full/max/0/default.jpg`);
    const { exif, orientation } = await sharp(Buffer.from(await file.arrayBuffer())).metadata();
    assert.deepEqual([exif, orientation], [undefined, undefined]);
  });

  it('may be TIFF and WebP, with an alpha channel, in grey, with 16 bits', async () => {
    const tiff = await scan(90, 60).toColourspace('grey16').tiff().toBuffer();
    const webp = await sharp({ create: { width: 50, height: 70, channels: 4, background: '#0000' } })
      .webp()
      .toBuffer();
    const [one, two] = [
      await (await send(tiff, { type: 'image/tiff' })).json(),
      await (await send(webp, { type: 'image/webp' })).json(),
    ];
    assert.deepEqual([one.width, one.height, two.width, two.height], [90, 60, 50, 70]);
    for (const { id } of [one, two])
      assert.equal((await call(admin, `${path()}/${id}`, { method: 'DELETE' })).status, 204);
  });

  it('are refused where they are broken, too large or something else, and nothing is stored', async () => {
    const before = await list();
    const noise = Buffer.alloc(300 * 300 * 3, 0).map((_, i) => (i * 7919) % 251);
    const jpeg = await sharp(noise, { raw: { width: 300, height: 300, channels: 3 } })
      .jpeg()
      .toBuffer();
    const bomb = await sharp({ create: { width: 16_000, height: 12_000, channels: 3, background: 'white' } })
      .png()
      .toBuffer();
    const strip = (width: number, height: number) =>
      sharp({ create: { width, height, channels: 3, background: 'white' } })
        .png()
        .toBuffer();
    const cases: [string, Buffer | string, string, number][] = [
      ['a picture that breaks off', jpeg.subarray(0, jpeg.length / 2), 'image/jpeg', 422],
      ['text', 'this is not a picture', 'image/png', 422],
      ['nothing', '', 'image/png', 422],
      [
        'an SVG',
        '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><script>1</script></svg>',
        'image/png',
        422,
      ],
      ['a PDF', '%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\n', 'image/png', 422],
      ['a GIF', Buffer.from('R0lGODlhAQABAIAAAAAAAP///ywAAAAAAQABAAACAUwAOw==', 'base64'), 'image/png', 422],
      ['a bomb', bomb, 'image/png', 413],
      ['a strip that is too high for a JPEG', await strip(1, 70_000), 'image/png', 413],
      ['a strip that is too wide for one', await strip(70_000, 1), 'image/png', 413],
      ['another type', jpeg, 'image/svg+xml', 415],
      ['a form', 'a=b', 'application/x-www-form-urlencoded', 415],
    ];
    for (const [what, bytes, type, status] of cases) {
      const response = await send(bytes, { type, query: '?page=128' });
      assert.equal(response.status, status, what);
      assert.match(response.headers.get('content-type') ?? '', /problem\+json/, what);
      assert.ok((await response.json()).detail.length > 20, what);
    }
    assert.deepEqual(await list(), before);
  });

  it('stand in the order of the numbers in their names, whichever came first', async () => {
    for (const name of ['scan_10.png', 'scan_2.png', 'scan_1.png'])
      assert.equal((await send(await scan(60, 90).png().toBuffer(), { query: `?name=${name}` })).status, 201);
    const added = (await list()).map(({ id }: { id: string }) => id).filter((id: string) => /scan/.test(id));
    assert.deepEqual(added, ['pscan_1', 'pscan_2', 'pscan_10']);
    for (const id of added) await call(admin, `${path()}/${id}`, { method: 'DELETE' });
  });

  it('are replaced by page, put in order, renamed and taken away', async () => {
    const replaced = await (
      await send(await scan(600, 900, 90).png().toBuffer(), { query: '?page=126' })
    ).json();
    assert.deepEqual([replaced.id, replaced.width], ['p126', 600]);
    const set = await (
      await send(await scan(61, 90).png().toBuffer(), { query: '?page=125&position=0&facsimile=false' })
    ).json();
    assert.equal(set.statement, 'Re-set from the text, not a facsimile');
    assert.deepEqual(
      (await list()).map(({ id }: { id: string }) => id),
      ['p125', 'p126', 'p127'],
    );
    const renamed = await call(admin, `${path()}/p127`, {
      method: 'PATCH',
      body: { label: 'folio 3', position: 0 },
    });
    assert.equal((await renamed.json()).label, 'folio 3');
    assert.deepEqual(
      (await list()).map(({ id }: { id: string }) => id),
      ['p127', 'p125', 'p126'],
    );
    assert.equal((await call(admin, `${path()}/p127`, { method: 'DELETE' })).status, 204);
    assert.equal((await call(anonymous, `${path()}/p127`)).status, 404);
    assert.deepEqual(
      (await list()).map(({ id }: { id: string }) => id),
      ['p125', 'p126'],
    );
  });
});
