import { z } from '@hono/zod-openapi';
import { getEdition, getSection, listEditions } from '@/lib/edition';
import { editionSchema, editionSummarySchema, sectionSchema } from '@/lib/edition/schema';
import { changeEdition } from '@/lib/publication';
import { editionChangeSchema, editionSettingsSchema } from '@/lib/publication/schema';
import { createApi } from './middleware';
import { body, json, route } from './route';

const editionParam = z.object({ edition: z.string().min(1).max(200) });
const sectionParam = editionParam.extend({ section: z.string().min(1).max(200) });

/** Editions and their texts, for those who may read them. */
export const editions = createApi()
  .openapi(
    route({
      method: 'get',
      path: '/editions',
      summary: 'The published editions that you may read',
      responses: { 200: json(z.object({ items: z.array(editionSummarySchema) })) },
    }),
    async (c) => c.json({ items: await listEditions(c.get('viewer')) }, 200),
  )
  .openapi(
    route({
      method: 'get',
      path: '/editions/{edition}',
      summary: 'An edition: its header and its sections',
      request: { params: editionParam },
      responses: { 200: json(editionSchema) },
    }),
    async (c) => c.json(await getEdition(c.get('viewer'), c.req.valid('param').edition), 200),
  )
  .openapi(
    route({
      method: 'patch',
      path: '/editions/{edition}',
      summary: 'Change its title, who may read it, and which groups read it; for those who manage it',
      request: { params: editionParam, ...body(editionChangeSchema) },
      responses: { 200: json(editionSettingsSchema) },
    }),
    async (c) => {
      const changed = await changeEdition(c.get('viewer'), c.req.valid('param').edition, c.req.valid('json'));
      return c.json(changed, 200);
    },
  )
  .openapi(
    route({
      method: 'get',
      path: '/editions/{edition}/sections/{section}',
      summary: 'A section: its canonical text, with what stands in it by offsets in code points',
      request: {
        params: sectionParam,
        query: z.object({ revision: z.coerce.number().int().min(1).optional() }),
      },
      responses: { 200: json(sectionSchema) },
    }),
    async (c) => {
      const { edition, section } = c.req.valid('param');
      return c.json(await getSection(c.get('viewer'), edition, section, c.req.valid('query').revision), 200);
    },
  );
