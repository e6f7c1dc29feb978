import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import sharp from 'sharp';

/** Somebody's IIIF server: image services of both versions, and manifests in the shapes that libraries publish. */
export type IiifHost = { origin: string; publish: (path: string, json: unknown) => void; close: () => void };

export const IMAGE_SIZE = { width: 1200, height: 1800 };

/**
 * Starts one on `port`, or on a free one. `/v3/{name}` and `/v2/{name}` are services, all of whose tiles are one
 * picture; `/files/{name}.jpg` are pictures alone.
 */
export async function startIiifHost(port = 0): Promise<IiifHost> {
  const published = new Map<string, string>();
  const { width, height } = IMAGE_SIZE;
  const picture = await sharp({ create: { width, height, channels: 3, background: '#dcb' } })
    .jpeg()
    .toBuffer();
  let origin = '';
  const server = createServer((request, response) => {
    const path = request.url ?? '';
    const json = (value: unknown) => {
      response
        .setHeader('Content-Type', 'application/ld+json')
        .end(typeof value === 'string' ? value : JSON.stringify(value));
    };
    const [, version, name] = /^\/v([23])\/(page-\d+)\/info\.json$/.exec(path) ?? [];
    if (version === '3') {
      return json({
        '@context': 'http://iiif.io/api/image/3/context.json',
        ...{ id: `${origin}/v3/${name}`, type: 'ImageService3', protocol: 'http://iiif.io/api/image' },
        profile: 'level1',
        width,
        height,
        maxWidth: 4000,
        rights: 'http://example.org/rights',
        tiles: [{ width: 256, scaleFactors: [1, 2, 4, 8] }],
      });
    }
    if (version === '2') {
      return json({
        '@context': 'http://iiif.io/api/image/2/context.json',
        ...{ '@id': `${origin}/v2/${name}`, protocol: 'http://iiif.io/api/image', width, height },
        profile: [
          'http://iiif.io/api/image/2/level2.json',
          { formats: ['jpg', 'png'], qualities: ['default'] },
        ],
        sizes: [{ width: 300, height: 450 }],
      });
    }
    if (path.startsWith('/files/') || /^\/v[23]\/page-\d+\/.*\.jpg$/.test(path))
      return void response.setHeader('Content-Type', 'image/jpeg').end(picture);
    if (path === '/away')
      return void response.writeHead(302, { location: 'http://169.254.169.254/latest/' }).end();
    if (path === '/round') return void response.writeHead(302, { location: '/round' }).end();
    const known = published.get(path);
    if (known === undefined) return void response.writeHead(404).end();
    json(known);
  });
  await new Promise<void>((done) => server.listen(port, '127.0.0.1', done));
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    origin,
    publish: (path, value) => published.set(path, JSON.stringify(value)),
    close: () => void server.close(),
  };
}

/** A manifest of Presentation API 3, as a library with a level 1 service has it. */
export function manifest3(origin: string, pages: number[]): Record<string, unknown> {
  const id = `${origin}/manifests/three`;
  return {
    '@context': 'http://iiif.io/api/presentation/3/context.json',
    id,
    type: 'Manifest',
    label: { ro: ['Scrisoare din 1968'], en: ['A letter of 1968'] },
    metadata: [{ label: { en: ['Shelfmark'] }, value: { none: ['3U/1968'] } }],
    rights: 'http://creativecommons.org/publicdomain/mark/1.0/',
    provider: [{ id: origin, type: 'Agent', label: { en: ['An archive'] } }],
    items: pages.map((page) => ({
      ...{ id: `${id}/canvas/${page}`, type: 'Canvas', label: { none: [`p. ${page}`] }, ...IMAGE_SIZE },
      items: [
        {
          ...{ id: `${id}/page/${page}`, type: 'AnnotationPage' },
          items: [
            {
              ...{ id: `${id}/painting/${page}`, type: 'Annotation', motivation: 'painting' },
              body: {
                ...{
                  id: `${origin}/v3/page-${page}/full/max/0/default.jpg`,
                  type: 'Image',
                  format: 'image/jpeg',
                },
                ...IMAGE_SIZE,
                service: [{ id: `${origin}/v3/page-${page}`, type: 'ImageService3', profile: 'level1' }],
              },
              target: `${id}/canvas/${page}`,
            },
          ],
        },
      ],
    })),
  };
}

/** A manifest of Presentation API 2.1, as older libraries have it. */
export function manifest2(origin: string, pages: number[]): Record<string, unknown> {
  const id = `${origin}/manifests/two`;
  return {
    '@context': 'http://iiif.io/api/presentation/2/context.json',
    '@id': id,
    '@type': 'sc:Manifest',
    label: 'Письмо 1968 года',
    viewingHint: 'paged',
    metadata: [{ label: 'Фонд', value: ['ф. 3'] }],
    attribution: 'An archive',
    sequences: [
      {
        '@type': 'sc:Sequence',
        label: 'Normal order',
        canvases: pages.map((page) => ({
          ...{ '@id': `${id}/canvas/${page}`, '@type': 'sc:Canvas', label: String(page), ...IMAGE_SIZE },
          images: [
            {
              ...{ '@type': 'oa:Annotation', motivation: 'sc:painting', on: `${id}/canvas/${page}` },
              resource: {
                '@id': `${origin}/v2/page-${page}/full/full/0/default.jpg`,
                '@type': 'dctypes:Image',
                format: 'image/jpeg',
                ...IMAGE_SIZE,
                service: {
                  '@context': 'http://iiif.io/api/image/2/context.json',
                  '@id': `${origin}/v2/page-${page}`,
                  profile: 'http://iiif.io/api/image/2/level2.json',
                },
              },
            },
          ],
        })),
      },
    ],
  };
}
