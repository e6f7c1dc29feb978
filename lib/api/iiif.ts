import { z } from '@hono/zod-openapi';
import { Hono } from 'hono';
import { presentCanvas } from '@/lib/canvas';
import { canvasSchema } from '@/lib/canvas/schema';
import { evaluateReadConditions, shortDigest } from '@/lib/http/conditional-requests';
import { CORS_HEADERS, preflightHeaders } from '@/lib/http/cors';
import {
  attachManifest,
  buildAnnotationPage,
  buildManifest,
  importManifest,
  PRESENTATION_TYPE,
} from '@/lib/iiif';
import { manifestSourceSchema, newImagesEditionSchema } from '@/lib/iiif/schema';
import { createApi, type Env, handleError, identifyRequest } from './middleware';
import { NOT_STORED, readPublicly } from './read-publicly';
import { body, json, route } from './route';

const METHODS = 'GET, HEAD, OPTIONS';
const canvases = z.object({ items: z.array(canvasSchema) });

/** External manifests, for administrators: to attach to an edition, or to make an image-only edition of. */
export const manifests = createApi()
  .openapi(
    route({
      method: 'post',
      path: '/editions/{edition}/manifest',
      summary: 'Put the canvases of an IIIF manifest on an edition; for administrators',
      request: {
        params: z.object({ edition: z.string().min(1).max(200) }),
        ...body(manifestSourceSchema),
      },
      responses: { 200: json(canvases, 'The canvases that have their images from it') },
    }),
    async (c) => {
      const items = await attachManifest(c.get('viewer'), c.req.valid('param').edition, c.req.valid('json'));
      return c.json({ items: items.map((canvas) => presentCanvas(canvas, c.get('locale'))) }, 200);
    },
  )
  .openapi(
    route({
      method: 'post',
      path: '/manifests',
      summary: 'Make an edition of images alone of an IIIF manifest; for administrators',
      request: body(newImagesEditionSchema),
      responses: { 201: json(canvases.extend({ edition: z.string() }), 'Made and published') },
    }),
    async (c) => {
      const { slug, ...source } = c.req.valid('json');
      const { edition, canvases } = await importManifest(c.get('viewer'), slug, source);
      const items = canvases.map((canvas) => presentCanvas(canvas, c.get('locale')));
      return c.json({ edition, items }, 201);
    },
  );

/** What IIIF viewers on any site request: manifests are public unless their edition is closed; the annotations on a canvas depend on the caller. */
export const iiif = new Hono<Env>();
iiif.onError(handleError);
iiif.use('/iiif/:edition/*', async (c, next) => {
  await next();
  for (const [name, value] of Object.entries(CORS_HEADERS)) c.res.headers.set(name, value);
});
iiif
  .options('/iiif/:edition/*', (c) => {
    const headers = { Allow: METHODS, ...preflightHeaders(c.req.raw.headers, METHODS) };
    return c.body(null, 204, headers);
  })
  .get('/iiif/:edition/manifest', async (c) => {
    const slug = c.req.param('edition');
    const { found, isPublic } = await readPublicly(c, (viewer) => buildManifest(viewer, slug));
    const manifest = JSON.stringify(found);
    const tag = `"${shortDigest(manifest)}"`;
    c.header('ETag', tag);
    c.header('Cache-Control', isPublic ? 'public, no-cache' : NOT_STORED);
    if (evaluateReadConditions(c.req.raw.headers, tag) === 'unchanged') return c.body(null, 304);
    c.header('Content-Type', PRESENTATION_TYPE);
    return c.body(manifest);
  })
  .get('/iiif/:edition/canvas/:canvas/annotations', identifyRequest, async (c) => {
    const { edition = '', canvas = '' } = c.req.param();
    const page = await buildAnnotationPage(c.get('viewer'), edition, canvas, c.req.query('after'));
    c.header('Content-Type', PRESENTATION_TYPE);
    c.header('Vary', 'Authorization, Cookie');
    return c.body(JSON.stringify(page));
  })
  // A canvas is described in its manifest (IIIF Presentation API 3 §5.3).
  .get('/iiif/:edition/canvas/:canvas', (c) =>
    c.redirect(`/iiif/${encodeURIComponent(c.req.param('edition'))}/manifest`, 303),
  );
