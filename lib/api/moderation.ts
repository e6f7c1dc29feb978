import { Readable } from 'node:stream';
import { z } from '@hono/zod-openapi';
import { annotationSchema, pageSchema } from '@/lib/annotation/schema';
import { getSignedHead, listChain } from '@/lib/audit';
import { chainLinkSchema, chainQuerySchema, signedHeadSchema } from '@/lib/audit/schema';
import { etagOf } from '@/lib/http/conditional-requests';
import {
  appealDecision,
  decideMany,
  exportLog,
  flagAnnotation,
  getOwnFlag,
  listAppeals,
  listDecisions,
  listQueue,
  lookAt,
  moderateAnnotation,
} from '@/lib/moderation';
import {
  appealInputSchema,
  appealSchema,
  type DecisionInput,
  decisionInputSchema,
  decisionSchema,
  isThreadAction,
  logFilterSchema,
  logFormatSchema,
  lookInputSchema,
  lookSchema,
  manyDecidedSchema,
  manyDecisionsSchema,
  newFlagSchema,
  ownFlagSchema,
  queueItemSchema,
} from '@/lib/moderation/schema';
import { actOnThread } from '@/lib/thread';
import { createApi } from './middleware';
import { body, groupParam, idParam, json, listOf, route } from './route';

/** Flags, decisions, the queue and the log. */
export const moderation = createApi()
  .openapi(
    route({
      method: 'post',
      path: '/annotations/{id}/flags',
      summary: 'Call a moderator',
      request: { params: idParam, ...body(newFlagSchema) },
      responses: { 201: json(z.object({ flagged: z.literal(true) }), 'Staff will see it') },
    }),
    async (c) => {
      await flagAnnotation(c.get('viewer'), c.req.valid('param').id, c.req.valid('json'));
      return c.json({ flagged: true as const }, 201);
    },
  )
  .openapi(
    route({
      method: 'post',
      path: '/annotations/{id}/moderation',
      summary: 'Decide on an annotation; 409 where its version is not the one decided on',
      request: { params: idParam, ...body(decisionInputSchema) },
      responses: { 200: json(annotationSchema) },
    }),
    async (c) => {
      const { id } = c.req.valid('param');
      const input: DecisionInput = c.req.valid('json');
      const decided = isThreadAction(input)
        ? await actOnThread(c.get('viewer'), id, input)
        : await moderateAnnotation(c.get('viewer'), id, input);
      return c.json(decided, 200, { ETag: etagOf(decided.version) });
    },
  )
  .openapi(
    route({
      method: 'get',
      path: '/annotations/{id}/flags',
      summary: 'What became of your own report',
      request: { params: idParam },
      responses: { 200: json(ownFlagSchema) },
    }),
    async (c) => c.json(await getOwnFlag(c.get('viewer'), c.req.valid('param').id), 200),
  )
  .openapi(
    route({
      method: 'post',
      path: '/annotations/{id}/appeal',
      summary: 'Appeal against the decision that holds your note back, once',
      request: { params: idParam, ...body(appealInputSchema) },
      responses: { 201: json(appealSchema, 'Staff will answer') },
    }),
    async (c) => {
      const { words } = c.req.valid('json');
      return c.json(await appealDecision(c.get('viewer'), c.req.valid('param').id, words), 201);
    },
  )
  .openapi(
    route({
      method: 'get',
      path: '/annotations/{id}/appeal',
      summary: 'The appeals on a note with their answers, oldest first; for its author and staff',
      request: { params: idParam },
      responses: { 200: json(listOf(appealSchema)) },
    }),
    async (c) =>
      c.json({ items: await listAppeals(c.get('viewer'), c.req.valid('param').id), next: null }, 200),
  )
  .openapi(
    route({
      method: 'post',
      path: '/groups/{group}/moderation',
      summary: 'Decide on several notes at once; `dryRun` says what would be, `undo` takes them back',
      request: { params: groupParam, ...body(manyDecisionsSchema) },
      responses: { 200: json(manyDecidedSchema) },
    }),
    async (c) =>
      c.json(await decideMany(c.get('viewer'), c.req.valid('param').group, c.req.valid('json')), 200),
  )
  .openapi(
    route({
      method: 'get',
      path: '/groups/{group}/moderation/queue',
      summary: 'What waits for staff, the most urgent first',
      request: { params: groupParam, query: pageSchema },
      responses: { 200: json(listOf(queueItemSchema)) },
    }),
    async (c) =>
      c.json(await listQueue(c.get('viewer'), c.req.valid('param').group, c.req.valid('query')), 200),
  )
  .openapi(
    route({
      method: 'put',
      path: '/groups/{group}/moderation/looking',
      summary: 'Say which note of the queue you look at, for a minute; gives what others look at',
      request: { params: groupParam, ...body(lookInputSchema) },
      responses: { 200: json(listOf(lookSchema)) },
    }),
    async (c) => {
      const { annotation } = c.req.valid('json');
      const items = await lookAt(c.get('viewer'), c.req.valid('param').group, annotation);
      return c.json({ items, next: null }, 200);
    },
  )
  .openapi(
    route({
      method: 'get',
      path: '/groups/{group}/moderation/log/export',
      summary: 'The log as a file, newest first',
      request: {
        params: groupParam,
        query: logFilterSchema.extend({ format: logFormatSchema.default('csv') }),
      },
      responses: {
        200: {
          description: 'The file',
          content: {
            'text/csv': { schema: z.string() },
            'application/x-ndjson': { schema: z.string() },
          },
        },
      },
    }),
    async (c) => {
      const { group } = c.req.valid('param');
      const { format, ...filter } = c.req.valid('query');
      const parts = await exportLog(c.get('viewer'), group, format, filter);
      // Each part is read when the one before has gone out.
      const bytes = Readable.toWeb(Readable.from(parts, { objectMode: false })) as ReadableStream;
      const type = format === 'csv' ? 'text/csv; charset=utf-8' : 'application/x-ndjson';
      return c.body(bytes, 200, {
        'Content-Type': type,
        'Content-Disposition': `attachment; filename="${group}-moderation.${format}"`,
        'Cache-Control': 'no-store',
      });
    },
  )
  .openapi(
    route({
      method: 'get',
      path: '/groups/{group}/moderation/log',
      summary: 'Every decision, newest first, as the filters say',
      request: { params: groupParam, query: pageSchema.extend(logFilterSchema.shape) },
      responses: { 200: json(listOf(decisionSchema)) },
    }),
    async (c) =>
      c.json(await listDecisions(c.get('viewer'), c.req.valid('param').group, c.req.valid('query')), 200),
  )
  .openapi(
    route({
      method: 'get',
      path: '/groups/{group}/moderation/head',
      summary: 'The end of the record of decisions, signed, for its members to keep',
      request: { params: groupParam },
      responses: { 200: json(signedHeadSchema) },
    }),
    async (c) => c.json(await getSignedHead(c.get('viewer'), c.req.valid('param').group), 200),
  )
  .openapi(
    route({
      method: 'get',
      path: '/groups/{group}/moderation/chain',
      summary: 'The hashes of the record, to see that it still leads through a head that was kept',
      request: { params: groupParam, query: chainQuerySchema },
      responses: { 200: json(listOf(chainLinkSchema)) },
    }),
    async (c) =>
      c.json(await listChain(c.get('viewer'), c.req.valid('param').group, c.req.valid('query')), 200),
  );
