import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { readManifest } from '@/lib/iiif/read-manifest';
import { AppError } from '@/lib/kernel/errors';

const SERVICE = {
  '@context': 'http://iiif.io/api/image/2/context.json',
  profile: 'http://iiif.io/api/image/2/level1.json',
};
const image = (on: string, name: string, hasService: boolean) => ({
  '@type': 'oa:Annotation',
  motivation: 'sc:painting',
  on,
  resource: {
    '@id': `https://iiif.example/${name}.jpg`,
    '@type': 'dctypes:Image',
    ...(hasService && { service: { ...SERVICE, '@id': `https://iiif.example/${name}` } }),
  },
});
const canvas = (id: string, images: object[]) => ({
  ...{ '@id': id, '@type': 'sc:Canvas', label: 'p. 1', width: 10, height: 10 },
  images,
});
const manifest2 = (canvases: object[]) => ({
  '@context': 'http://iiif.io/api/presentation/2/context.json',
  '@id': 'https://iiif.example/manifest',
  '@type': 'sc:Manifest',
  label: 'A book',
  sequences: [{ '@type': 'sc:Sequence', canvases }],
});
const faultsOf = (json: unknown) => {
  try {
    readManifest(json);
  } catch (error) {
    assert.ok(error instanceof AppError);
    return error.errors.map(({ pointer, detail }) => `${pointer} ${detail}`.trim());
  }
  return assert.fail('it was read');
};

describe('a manifest of version 2', () => {
  it('may have its IRIs escaped or not, with spaces, the canvas otherwise than its image', () => {
    const forms = [
      'c 1',
      'c%201',
      'c%2F1',
      'c|1{é}',
      'c%7C1%7B%C3%A9%7D',
      'стр 1',
      '%D1%81%D1%82%D1%80%201',
      '100%25',
    ];
    const same = [
      [0, 1],
      [3, 4],
      [5, 6],
    ];
    const iri = (i: number) => `https://iiif.example/canvas/${forms[i]}`;
    for (const [one, other] of [...forms.map((_, i) => [i, i]), ...same, ...same.map(([a, b]) => [b, a])]) {
      const { canvases } = readManifest(
        manifest2([canvas(iri(one as number), [image(iri(other as number), 'a', true)])]),
      );
      assert.equal(canvases[0]?.origin, iri(one as number));
    }
    const other = manifest2([canvas(iri(0), [image(iri(2), 'a', true)])]);
    assert.deepEqual(faultsOf(other), ['/sequences/0/canvases/0 The image has to cover the canvas.']);
  });

  it('names the image as it was named, once escaped', () => {
    const names: [string, string][] = [
      ['a b', 'a%20b'],
      ['a%20b', 'a%20b'],
      ['a%2Fb', 'a%2Fb'],
    ];
    for (const [given, expected] of names)
      for (const hasService of [true, false]) {
        const id = 'https://iiif.example/canvas/1';
        const { canvases } = readManifest(manifest2([canvas(id, [image(id, given, hasService)])]));
        const address = `https://iiif.example/${expected}`;
        assert.deepEqual(canvases[0]?.image, hasService ? { service: address } : { file: `${address}.jpg` });
      }
  });

  it('has a gap where a canvas has no image, and is refused where none has', () => {
    const id = (n: number) => `https://iiif.example/canvas/${n}`;
    const { canvases } = readManifest(
      manifest2([
        canvas(id(1), [image(id(1), 'a', true)]),
        canvas(id(2), []),
        canvas(id(3), [image(id(3), 'c', true)]),
      ]),
    );
    assert.deepEqual(
      canvases.map(({ image }) => image !== null),
      [true, false, true],
    );
    assert.deepEqual(faultsOf(manifest2([canvas(id(1), [])])), ['No canvas of this manifest has an image.']);
  });

  it('is refused by its real fault', () => {
    assert.deepEqual(faultsOf(manifest2([])), ['This manifest has no canvases.']);
    for (const collection of [{ '@type': 'sc:Collection' }, { type: 'Collection', items: [] }])
      assert.match(faultsOf(collection)[0] ?? '', /collection/);
    assert.match(faultsOf({ type: 'FeatureCollection' })[0] ?? '', /no IIIF manifest/);
    const { width: _, ...unsized } = canvas('https://iiif.example/canvas/1', []);
    assert.match(faultsOf(manifest2([unsized]))[0] ?? '', /lacks its IRI or its size/);
  });
});
