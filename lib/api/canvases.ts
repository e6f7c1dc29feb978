import { z } from '@hono/zod-openapi';
import type { Context, Next } from 'hono';
import {
  deleteCanvas,
  getCanvas,
  listCanvases,
  presentCanvas,
  updateCanvas,
  uploadImage,
} from '@/lib/canvas';
import { canvasChangeSchema, canvasSchema, newCanvasSchema } from '@/lib/canvas/schema';
import { requireManagedEdition } from '@/lib/edition';
import { withShare } from '@/lib/http/fair-share';
import { attachService } from '@/lib/iiif';
import { newServiceSchema } from '@/lib/iiif/schema';
import { readBody, whileConnected } from './connection';
import { createApi, type Env } from './middleware';
import { body, json, route } from './route';
import { isImageUpload } from './uploads';

const editionParam = z.object({ edition: z.string().min(1).max(200) });
const canvasParam = editionParam.extend({ canvas: z.string().min(1).max(200) });

/** Middleware: authorises before the body is read, because uploads can be large. */
async function requireManagerFirst(c: Context<Env>, next: Next): Promise<void> {
  await requireManagedEdition(c.get('viewer'), c.req.param('edition') ?? '');
  await next();
}

/** Page images of editions: everybody reads them, administrators change them. */
export const canvases = createApi()
  .openapi(
    route({
      method: 'get',
      path: '/editions/{edition}/canvases',
      summary: 'The page images of an edition, in order',
      request: { params: editionParam },
      responses: { 200: json(z.object({ items: z.array(canvasSchema) })) },
    }),
    async (c) => {
      const items = await listCanvases(c.get('viewer'), c.req.valid('param').edition);
      return c.json({ items: items.map((canvas) => presentCanvas(canvas, c.get('locale'))) }, 200);
    },
  )
  .openapi(
    route({
      method: 'get',
      path: '/editions/{edition}/canvases/{canvas}',
      summary: 'A page image',
      request: { params: canvasParam },
      responses: { 200: json(canvasSchema) },
    }),
    async (c) => {
      const { edition, canvas } = c.req.valid('param');
      return c.json(presentCanvas(await getCanvas(c.get('viewer'), edition, canvas), c.get('locale')), 200);
    },
  )
  .openapi(
    route({
      method: 'post',
      path: '/editions/{edition}/canvases',
      middleware: requireManagerFirst,
      summary:
        'Put a scan, or an image of an IIIF image service, on the canvas of this id or page, of the page whose picture has its name, or on a new one; for those who manage the edition',
      request: {
        params: editionParam,
        query: newCanvasSchema,
        body: {
          content: {
            'application/json': { schema: newServiceSchema },
            ...Object.fromEntries(
              ['jpeg', 'png', 'tiff', 'webp'].map((type) => [
                `image/${type}`,
                { schema: z.string().openapi({ format: 'binary' }) },
              ]),
            ),
          },
        },
      },
      responses: { 201: json(canvasSchema, 'There, with its tiles') },
    }),
    async (c) => {
      const { edition } = c.req.valid('param');
      if (!isImageUpload(c)) {
        const canvas = await attachService(c.get('viewer'), edition, c.req.valid('json'));
        return c.json(presentCanvas(canvas, c.get('locale')), 201);
      }
      const viewer = c.get('viewer');
      const upload = async () => {
        const bytes = Buffer.from((await readBody(c)).buffer);
        return uploadImage(viewer, edition, bytes, c.req.valid('query'));
      };
      const canvas = await withShare('image', viewer.id ?? '', upload, whileConnected(c));
      return c.json(presentCanvas(canvas, c.get('locale')), 201);
    },
  )
  .openapi(
    route({
      method: 'patch',
      path: '/editions/{edition}/canvases/{canvas}',
      summary: 'Change the label, the page or the place of a page image; for administrators',
      request: { params: canvasParam, ...body(canvasChangeSchema) },
      responses: { 200: json(canvasSchema) },
    }),
    async (c) => {
      const { edition, canvas } = c.req.valid('param');
      const changed = await updateCanvas(c.get('viewer'), edition, canvas, c.req.valid('json'));
      return c.json(presentCanvas(changed, c.get('locale')), 200);
    },
  )
  .openapi(
    route({
      method: 'delete',
      path: '/editions/{edition}/canvases/{canvas}',
      summary: 'Take a page image away; what was written on it keeps its picture. For administrators',
      request: { params: canvasParam },
      responses: { 204: { description: 'Taken away' } },
    }),
    async (c) => {
      const { edition, canvas } = c.req.valid('param');
      await deleteCanvas(c.get('viewer'), edition, canvas);
      return c.body(null, 204);
    },
  );
