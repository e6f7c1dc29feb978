import { listPendingAnchors, resolveAnchor } from '@/lib/anchor';
import { anchorResolutionSchema, pendingAnchorSchema } from '@/lib/anchor/schema';
import { annotationSchema, pageSchema } from '@/lib/annotation/schema';
import { etagOf } from '@/lib/http/conditional-requests';
import { createApi } from './middleware';
import { body, groupParam, idParam, json, listOf, route } from './route';

/** Anchors that a publication left fuzzy or orphaned. */
export const anchors = createApi()
  .openapi(
    route({
      method: 'get',
      path: '/groups/{group}/anchors',
      summary: 'The passages in doubt or lost that wait for you, in order of creation',
      request: { params: groupParam, query: pageSchema },
      responses: { 200: json(listOf(pendingAnchorSchema)) },
    }),
    async (c) =>
      c.json(
        await listPendingAnchors(c.get('viewer'), c.req.valid('param').group, c.req.valid('query')),
        200,
      ),
  )
  .openapi(
    route({
      method: 'post',
      path: '/annotations/{id}/anchor',
      summary:
        'Say where a passage in doubt or lost belongs; 409 where its version is not the one decided on',
      request: { params: idParam, ...body(anchorResolutionSchema) },
      responses: { 200: json(annotationSchema) },
    }),
    async (c) => {
      const settled = await resolveAnchor(c.get('viewer'), c.req.valid('param').id, c.req.valid('json'));
      return c.json(settled, 200, { ETag: etagOf(settled.version) });
    },
  );
