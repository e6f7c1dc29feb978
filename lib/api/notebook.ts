import { z } from '@hono/zod-openapi';
import { copyAnnotation, listOwn } from '@/lib/annotation';
import {
  annotationSchema,
  chosenIdsSchema,
  copyInputSchema,
  ownFilterSchema,
  pageSchema,
} from '@/lib/annotation/schema';
import { exportNotebook } from '@/lib/export';
import { notebookFormatSchema } from '@/lib/export/schema';
import { etagOf } from '@/lib/http/conditional-requests';
import { takeShare } from '@/lib/http/fair-share';
import { requireSignedIn } from '@/lib/identity';
import { whileConnected } from './connection';
import { toReadableStream } from './exports';
import { createApi } from './middleware';
import { body, idParam, json, listOf, route } from './route';

const file = (description: string) => ({ schema: z.string().openapi({ description }) });

/** One's own notes over all groups. */
export const notebook = createApi()
  .openapi(
    route({
      method: 'get',
      path: '/me/annotations',
      summary: 'What you have written, in all groups or in one, newest first',
      request: { query: ownFilterSchema.extend(pageSchema.shape) },
      responses: { 200: json(listOf(annotationSchema)) },
    }),
    async (c) => {
      const { limit, cursor, ...filter } = c.req.valid('query');
      const { items, next } = await listOwn(c.get('viewer'), filter, { limit, cursor });
      return c.json({ items: items.map(({ annotation }) => annotation), next }, 200);
    },
  )
  .openapi(
    route({
      method: 'get',
      path: '/me/annotations/export',
      summary:
        'What you have written, or those of it that you choose, as a text with its passages and references',
      request: {
        query: ownFilterSchema.extend({
          format: notebookFormatSchema.default('md'),
          ids: chosenIdsSchema.optional().openapi({ type: 'string', description: 'With commas between' }),
        }),
      },
      responses: {
        200: {
          description: 'The file',
          content: {
            'text/markdown': file('md'),
            'text/html': file('html'),
            'application/vnd.openxmlformats-officedocument.wordprocessingml.document': file('docx'),
          },
        },
      },
    }),
    async (c) => {
      const { format, ids, ...filter } = c.req.valid('query');
      const { id } = requireSignedIn(c.get('viewer'));
      const release = takeShare('export', id);
      try {
        const signal = whileConnected(c);
        const made = await exportNotebook(c.get('viewer'), format, { filter, ids }, c.get('locale'), signal);
        const close = () => made.close().finally(release);
        const headers = {
          'Content-Type': made.type,
          'Content-Disposition': `attachment; filename="${made.name}"`,
        };
        return c.body(toReadableStream({ ...made, close }, { notebook: id, format }), 200, headers);
      } catch (error) {
        release();
        throw error;
      }
    },
  )
  .openapi(
    route({
      method: 'post',
      path: '/annotations/{id}/copy',
      summary: 'Copy a gloss of yours into another of your groups',
      request: { params: idParam, ...body(copyInputSchema) },
      responses: { 201: json(annotationSchema, 'The copy') },
    }),
    async (c) => {
      const made = await copyAnnotation(
        c.get('viewer'),
        c.req.valid('param').id,
        c.req.valid('json'),
        c.get('newId'),
      );
      return c.json(made, 201, { ETag: etagOf(made.version), Location: `/api/v1/annotations/${made.id}` });
    },
  );
