import { z } from '@hono/zod-openapi';
import { sectionCountsSchema } from '@/lib/edition/schema';
import { withShare } from '@/lib/http/fair-share';
import { AppError } from '@/lib/kernel/errors';
import { previewPublication, publishDraft, uploadDraft } from '@/lib/publication';
import { publicationPreviewSchema } from '@/lib/publication/schema';
import { createApi } from './middleware';
import { body, json, route } from './route';

const editionParam = z.object({ edition: z.string().min(1).max(200) });

/** Drafts of editions, for administrators: upload, preview, publication. */
export const drafts = createApi()
  .openapi(
    route({
      method: 'get',
      path: '/editions/{edition}/draft',
      summary: 'What a publication of the draft would make of the notes; nothing is stored',
      request: { params: editionParam },
      responses: { 200: json(publicationPreviewSchema) },
    }),
    async (c) => {
      const rehearsal = await previewPublication(c.get('viewer'), c.req.valid('param').edition);
      if (!rehearsal) throw new AppError('not_found', 'This edition has no draft.');
      return c.json(rehearsal, 200);
    },
  )
  .openapi(
    route({
      method: 'put',
      path: '/editions/{edition}/draft',
      summary: 'Take a TEI file in as the draft, in place of an earlier one',
      request: {
        params: editionParam,
        body: { required: true, content: { 'application/tei+xml': { schema: z.string() } } },
      },
      responses: {
        200: json(
          z.object({
            slug: z.string(),
            revision: z.number(),
            sections: z.number(),
            unchanged: z.boolean(),
          }),
          'Taken in; `unchanged` where it is what is published',
        ),
      },
    }),
    async (c) => {
      const { edition } = c.req.valid('param');
      const viewer = c.get('viewer');
      const upload = () => uploadDraft(viewer, () => c.req.text(), { slug: edition });
      return c.json(await withShare('publication', viewer.id ?? '', upload), 200);
    },
  )
  .openapi(
    route({
      method: 'post',
      path: '/editions/{edition}/publication',
      summary: 'Make the draft current; 409 where it is not the one with this hash',
      request: { params: editionParam, ...body(z.strictObject({ sha256: z.string().max(64).optional() })) },
      responses: {
        200: json(
          z.object({ slug: z.string(), revision: z.number(), sections: z.array(sectionCountsSchema) }),
          'Published; passages by state for each section whose text changed',
        ),
      },
    }),
    async (c) => {
      const { sha256 } = c.req.valid('json');
      const viewer = c.get('viewer');
      const publish = () => publishDraft(viewer, c.req.valid('param').edition, { sha256 });
      return c.json(await withShare('publication', viewer.id ?? '', publish), 200);
    },
  );
