import { z } from '@hono/zod-openapi';
import {
  createGloss,
  deleteAnnotation,
  getAnnotationJson,
  getHistory,
  getPageIndexJson,
  listAnnotationsJson,
  setAgreement,
  updateAnnotation,
} from '@/lib/annotation';
import { BODY_LIMIT } from '@/lib/annotation/constants';
import { type PageIndex, pageIndexQuerySchema, pageIndexSchema } from '@/lib/annotation/page-index/schema';
import {
  type Annotation,
  annotationSchema,
  changeSchema,
  filterSchema,
  newGlossSchema,
  newReplySchema,
  pageSchema,
} from '@/lib/annotation/schema';
import { versionSchema } from '@/lib/annotation/versions/schema';
import { etagOf, parseIfMatch } from '@/lib/http/conditional-requests';
import { requireSignedIn } from '@/lib/identity';
import type { ListPage } from '@/lib/kernel/list-page';
import { requireRenderable } from '@/lib/markdown';
import { createReply } from '@/lib/thread';
import { knownTo, respondWithJson, weakly } from './json-text';
import { createApi } from './middleware';
import { body, groupParam, idParam, ifMatchHeader, json, listOf, route } from './route';

/** Glosses, replies and their history. */
export const annotations = createApi()
  .openapi(
    route({
      method: 'get',
      path: '/groups/{group}/annotations',
      summary: 'List the annotations of a group that you may see, in order of creation',
      request: { params: groupParam, query: filterSchema.extend(pageSchema.shape) },
      responses: { 200: json(listOf(annotationSchema)) },
    }),
    async (c) => {
      const { limit, cursor, ...filter } = c.req.valid('query');
      const { group } = c.req.valid('param');
      const page = { limit, cursor };
      const list = await listAnnotationsJson(c.get('viewer'), group, filter, page, knownTo(c));
      return respondWithJson<ListPage<Annotation>>(c, weakly(list));
    },
  )
  .openapi(
    route({
      method: 'get',
      path: '/groups/{group}/outline',
      summary: 'Where the annotations of a page stand and what they are, by columns, without their words',
      request: { params: groupParam, query: pageIndexQuerySchema },
      responses: { 200: json(pageIndexSchema) },
    }),
    async (c) => {
      const { group } = c.req.valid('param');
      const index = await getPageIndexJson(c.get('viewer'), group, c.req.valid('query'), knownTo(c));
      return respondWithJson<PageIndex>(c, weakly(index));
    },
  )
  .openapi(
    route({
      method: 'post',
      path: '/groups/{group}/annotations',
      summary: 'Write a gloss on a passage',
      request: { params: groupParam, ...body(newGlossSchema) },
      responses: { 201: json(annotationSchema, 'Written') },
    }),
    async (c) => {
      const made = await createGloss(
        c.get('viewer'),
        c.req.valid('param').group,
        c.req.valid('json'),
        c.get('newId'),
      );
      return c.json(made, 201, { ETag: etagOf(made.version), Location: `/api/v1/annotations/${made.id}` });
    },
  )
  .openapi(
    route({
      method: 'get',
      path: '/annotations/{id}',
      summary: 'One annotation',
      request: { params: idParam },
      responses: { 200: json(annotationSchema) },
    }),
    async (c) => {
      const { json, version } = await getAnnotationJson(c.get('viewer'), c.req.valid('param').id);
      return respondWithJson<Annotation>(c, { json, etag: etagOf(version) });
    },
  )
  .openapi(
    route({
      method: 'patch',
      path: '/annotations/{id}',
      summary: 'Change your annotation; the earlier text is kept',
      request: { params: idParam, headers: ifMatchHeader, ...body(changeSchema) },
      responses: { 200: json(annotationSchema) },
    }),
    async (c) => {
      const version = parseIfMatch(c.req.header('if-match'));
      const { id } = c.req.valid('param');
      const changed = await updateAnnotation(c.get('viewer'), id, c.req.valid('json'), version);
      return c.json(changed, 200, { ETag: etagOf(changed.version) });
    },
  )
  .openapi(
    route({
      method: 'delete',
      path: '/annotations/{id}',
      summary: 'Delete your annotation; a tombstone stays in its thread',
      request: { params: idParam, headers: ifMatchHeader },
      responses: { 200: json(annotationSchema, 'The tombstone') },
    }),
    async (c) => {
      const version = parseIfMatch(c.req.header('if-match'));
      const gone = await deleteAnnotation(c.get('viewer'), c.req.valid('param').id, version);
      return c.json(gone, 200, { ETag: etagOf(gone.version) });
    },
  )
  .openapi(
    route({
      method: 'post',
      path: '/annotations/{id}/replies',
      summary: 'Answer an annotation',
      request: { params: idParam, ...body(newReplySchema) },
      responses: { 201: json(annotationSchema, 'Written') },
    }),
    async (c) => {
      const made = await createReply(
        c.get('viewer'),
        c.req.valid('param').id,
        c.req.valid('json'),
        c.get('newId'),
      );
      return c.json(made, 201, { ETag: etagOf(made.version), Location: `/api/v1/annotations/${made.id}` });
    },
  )
  .openapi(
    route({
      method: 'post',
      path: '/annotations/{id}/agree',
      summary: 'Say that you agree with what another wrote, or have the same question',
      request: { params: idParam },
      responses: { 200: json(annotationSchema) },
    }),
    async (c) => c.json(await setAgreement(c.get('viewer'), c.req.valid('param').id, true), 200),
  )
  .openapi(
    route({
      method: 'delete',
      path: '/annotations/{id}/agree',
      summary: 'Take it back that you agree',
      request: { params: idParam },
      responses: { 200: json(annotationSchema) },
    }),
    async (c) => c.json(await setAgreement(c.get('viewer'), c.req.valid('param').id, false), 200),
  )
  .openapi(
    route({
      method: 'get',
      path: '/annotations/{id}/history',
      summary: 'What an annotation said in each of its versions, oldest first',
      request: { params: idParam },
      responses: { 200: json(z.object({ items: z.array(versionSchema) })) },
    }),
    async (c) => c.json({ items: await getHistory(c.get('viewer'), c.req.valid('param').id) }, 200),
  )
  .openapi(
    route({
      method: 'post',
      path: '/preview',
      summary: 'Render Markdown as a note would show it',
      request: body(z.strictObject({ body: z.string().max(BODY_LIMIT) })),
      responses: { 200: json(z.object({ html: z.string() })) },
    }),
    async (c) => {
      requireSignedIn(c.get('viewer'));
      return c.json({ html: await requireRenderable(c.req.valid('json').body) }, 200);
    },
  );
