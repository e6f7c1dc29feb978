import { z } from '@hono/zod-openapi';
import { clientAddress } from '@/lib/http/client-address';
import { preferredOffer } from '@/lib/http/content-negotiation';
import { takeShare } from '@/lib/http/fair-share';
import { credentialHash } from '@/lib/identity';
import { AppError } from '@/lib/kernel/errors';
import { findStreamStart, openStream } from '@/lib/live';
import { streamEventSchema, streamFilterSchema } from '@/lib/live/schema';
import { createApi } from './middleware';
import { groupParam, route } from './route';

const TYPE = 'text/event-stream';

/** The event stream of a group. */
export const events = createApi().openapi(
  route({
    method: 'get',
    path: '/groups/{group}/events',
    summary: 'What is written in a group, as it happens: server-sent events of what you may see, ids alone',
    description:
      'Each event has its `id` and, as JSON, its data. `gone` is sent to those who saw a note that they may not see any more; `revealed` has no ids, and wants the lists read again. The stream ends when you may not know of the group any more, with your session or token, and where you read too slowly: connect again with the last `id`.',
    request: {
      params: groupParam,
      query: streamFilterSchema,
      headers: z.object({
        'last-event-id': z.string().optional().openapi({
          description:
            'Go on after this event; 0 for all from the first. Until an event has come: the header of the same name in the answer',
        }),
      }),
    },
    responses: {
      200: {
        description: 'The events',
        headers: z.object({ 'Last-Event-ID': z.string() }),
        content: { [TYPE]: { schema: streamEventSchema } },
      },
    },
  }),
  async (c) => {
    const viewer = c.get('viewer');
    const { once, after, ...filter } = c.req.valid('query');
    const { group } = c.req.valid('param');
    const start = await findStreamStart(viewer, group, filter, c.req.header('last-event-id') ?? after);
    if (!preferredOffer(c.req.header('accept'), [{ type: TYPE }])) {
      throw new AppError('not_acceptable', 'This is a stream of server-sent events: text/event-stream.');
    }
    const headers = {
      'Content-Type': TYPE,
      'Cache-Control': 'private, no-cache, no-transform',
      // nginx would keep the events until there are many.
      'X-Accel-Buffering': 'no',
      'Last-Event-ID': start.position,
    };
    if (c.req.raw.method === 'HEAD') return c.body(null, 200, headers);
    const { headers: sent } = c.req.raw;
    const onGone = takeShare('events', viewer.id ?? clientAddress(sent));
    const options = { credential: credentialHash(sent) ?? null, once: once === '1', onGone };
    return c.body(openStream(viewer, start, options), 200, headers);
  },
);
