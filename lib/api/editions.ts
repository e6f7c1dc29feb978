import { z } from '@hono/zod-openapi';
import { getEdition, getSection, listEditions } from '@/lib/edition';
import { editionSchema, editionSummarySchema, sectionSchema } from '@/lib/edition/schema';
import { createApi } from './middleware';
import { json, route } from './route';

const editionParam = z.object({ edition: z.string().min(1).max(200) });
const sectionParam = editionParam.extend({ section: z.string().min(1).max(200) });

/** Editions and their texts, which are the same for everybody. */
export const editions = createApi()
  .openapi(
    route({
      method: 'get',
      path: '/editions',
      summary: 'The published editions',
      responses: { 200: json(z.object({ items: z.array(editionSummarySchema) })) },
    }),
    async (c) => c.json({ items: await listEditions() }, 200),
  )
  .openapi(
    route({
      method: 'get',
      path: '/editions/{edition}',
      summary: 'An edition: its header and its sections',
      request: { params: editionParam },
      responses: { 200: json(editionSchema) },
    }),
    async (c) => c.json(await getEdition(c.req.valid('param').edition), 200),
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
      return c.json(await getSection(edition, section, c.req.valid('query').revision), 200);
    },
  );
