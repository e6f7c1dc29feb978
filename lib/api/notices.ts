import { z } from '@hono/zod-openapi';
import { config } from '@/lib/config';
import { listJobs, retryJob } from '@/lib/job';
import { jobSchema } from '@/lib/job/schema';
import {
  createFeed,
  deleteFeed,
  isWatchingThread,
  listMentionable,
  listNotices,
  listWatched,
  markNotices,
  readFeed,
  setWatching,
  unsubscribe,
  watchThread,
} from '@/lib/notice';
import {
  mentionableQuerySchema,
  noticeChangeSchema,
  noticeQuerySchema,
  noticesSchema,
  personSchema,
  watchInputSchema,
  watchingSchema,
} from '@/lib/notice/schema';
import { createApi } from './middleware';
import { body, groupParam, idParam, json, listOf, route } from './route';

const recipientParam = z.object({
  person: z.string().min(1).max(100),
  signature: z.string().min(1).max(100),
});

/** What the server tells people, what they want to be told, and the queue of what it does later. */
export const notices = createApi()
  .openapi(
    route({
      method: 'get',
      path: '/notices',
      summary: 'Your notices, newest first; without those about what you may no longer see',
      request: { query: noticeQuerySchema },
      responses: { 200: json(noticesSchema) },
    }),
    async (c) => {
      const query = c.req.valid('query');
      const { next, ...page } = await listNotices(c.get('viewer'), query);
      if (next !== null) {
        const more = new URLSearchParams({ limit: String(query.limit), cursor: next });
        if (query.unread) more.set('unread', '1');
        c.header('Link', `<${config().address}/api/v1/notices?${more}>; rel="next"`);
      }
      return c.json(page, 200);
    },
  )
  .openapi(
    route({
      method: 'patch',
      path: '/notices',
      summary: 'Mark notices as read: those named, or all',
      request: body(noticeChangeSchema),
      responses: { 200: json(z.strictObject({ unread: z.int() })) },
    }),
    async (c) => {
      const unread = await markNotices(c.get('viewer'), c.req.valid('json').read);
      return c.json({ unread }, 200);
    },
  )
  .openapi(
    route({
      method: 'get',
      path: '/annotations/{id}/watch',
      summary: 'Whether you are told of what is new in a thread',
      request: { params: idParam },
      responses: { 200: json(watchingSchema) },
    }),
    async (c) => c.json({ watching: await isWatchingThread(c.get('viewer'), c.req.valid('param').id) }, 200),
  )
  .openapi(
    route({
      method: 'post',
      path: '/annotations/{id}/watch',
      summary: 'Be told of what is new in a thread',
      request: { params: idParam },
      responses: { 204: { description: 'Watching' } },
    }),
    async (c) => {
      await watchThread(c.get('viewer'), c.req.valid('param').id, true);
      return c.body(null, 204);
    },
  )
  .openapi(
    route({
      method: 'delete',
      path: '/annotations/{id}/watch',
      summary: 'Be told no more of a thread, but for answers to you and mentions',
      request: { params: idParam },
      responses: { 204: { description: 'Not watching' } },
    }),
    async (c) => {
      await watchThread(c.get('viewer'), c.req.valid('param').id, false);
      return c.body(null, 204);
    },
  )
  .openapi(
    route({
      method: 'get',
      path: '/groups/{group}/watched',
      summary: 'The sections, and for staff the members, whose news you are told of',
      request: { params: groupParam },
      responses: { 200: json(listOf(watchInputSchema)) },
    }),
    async (c) =>
      c.json({ items: await listWatched(c.get('viewer'), c.req.valid('param').group), next: null }, 200),
  )
  .openapi(
    route({
      method: 'post',
      path: '/groups/{group}/watched',
      summary: 'Be told of the notes on a section, or of a member’s questions',
      request: { params: groupParam, ...body(watchInputSchema) },
      responses: { 204: { description: 'Watching' } },
    }),
    async (c) => {
      await setWatching(c.get('viewer'), c.req.valid('param').group, c.req.valid('json'), true);
      return c.body(null, 204);
    },
  )
  .openapi(
    route({
      method: 'delete',
      path: '/groups/{group}/watched',
      summary: 'Be told of them no more',
      request: { params: groupParam, ...body(watchInputSchema) },
      responses: { 204: { description: 'Not watching' } },
    }),
    async (c) => {
      await setWatching(c.get('viewer'), c.req.valid('param').group, c.req.valid('json'), false);
      return c.body(null, 204);
    },
  )
  .openapi(
    route({
      method: 'get',
      path: '/groups/{group}/mentionable',
      summary: 'Members whom it is of use to mention in a note of this visibility',
      request: { params: groupParam, query: mentionableQuerySchema },
      responses: { 200: json(listOf(personSchema)) },
    }),
    async (c) => {
      const { group } = c.req.valid('param');
      const items = await listMentionable(c.get('viewer'), group, c.req.valid('query'));
      return c.json({ items, next: null }, 200);
    },
  )
  .openapi(
    route({
      method: 'post',
      path: '/me/feed',
      summary: 'Make a private address for a feed of your notices; it is shown in this answer only',
      responses: { 201: json(z.strictObject({ address: z.url() }), 'Made') },
    }),
    async (c) => c.json(await createFeed(c.get('viewer')), 201),
  )
  .openapi(
    route({
      method: 'delete',
      path: '/me/feed',
      summary: 'Take the address of your feed away',
      responses: { 204: { description: 'Gone' } },
    }),
    async (c) => {
      await deleteFeed(c.get('viewer'));
      return c.body(null, 204);
    },
  )
  .openapi(
    route({
      method: 'get',
      path: '/feeds/{secret}',
      summary: 'The notices of whoever has this address, as Atom (RFC 4287)',
      request: { params: z.object({ secret: z.string().min(1).max(100) }) },
      responses: {
        200: { description: 'The feed', content: { 'application/atom+xml': { schema: z.string() } } },
      },
    }),
    async (c) => {
      const feed = await readFeed(c.req.valid('param').secret, c.get('locale'));
      return c.body(feed, 200, { 'Content-Type': 'application/atom+xml; charset=utf-8' });
    },
  )
  .openapi(
    route({
      method: 'get',
      path: '/unsubscribe/{person}/{signature}',
      summary: 'Where a mail leads that somebody wants no more of: to a page that asks',
      request: { params: recipientParam },
      responses: { 303: { description: 'To the page' } },
    }),
    (c) => {
      const { person, signature } = c.req.valid('param');
      return c.redirect(`/unsubscribe/${encodeURIComponent(person)}/${encodeURIComponent(signature)}`, 303);
    },
  )
  .openapi(
    route({
      method: 'post',
      path: '/unsubscribe/{person}/{signature}',
      summary: 'End mail with one click, without a session (RFC 8058)',
      request: { params: recipientParam },
      responses: { 204: { description: 'No more mail' } },
    }),
    async (c) => {
      const { person, signature } = c.req.valid('param');
      await unsubscribe(person, signature);
      return c.body(null, 204);
    },
  )
  .openapi(
    route({
      method: 'get',
      path: '/jobs',
      summary: 'What waits in the queue, and what failed; for administrators',
      responses: { 200: json(listOf(jobSchema)) },
    }),
    async (c) => c.json({ items: await listJobs(c.get('viewer')), next: null }, 200),
  )
  .openapi(
    route({
      method: 'post',
      path: '/jobs/{id}/retry',
      summary: 'Do a job anew that failed; for administrators',
      request: { params: idParam },
      responses: { 204: { description: 'Waiting' } },
    }),
    async (c) => {
      await retryJob(c.get('viewer'), c.req.valid('param').id);
      return c.body(null, 204);
    },
  );
