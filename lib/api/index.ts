import { Hono } from 'hono';
import { compress } from 'hono/compress';
import { config } from '@/lib/config';
import { PROBLEM_TITLES, problemTypeIri } from '@/lib/http/problem-details';
import type { ErrorCode } from '@/lib/kernel/errors';
import { AppError, STATUS } from '@/lib/kernel/errors';
import { accounts } from './accounts';
import { anchors } from './anchors';
import { annotations } from './annotations';
import { answerWriteOnce } from './answer-once';
import { assignments } from './assignments';
import { canvases } from './canvases';
import { contentNotices } from './content-notices';
import { drafts } from './drafts';
import { editions } from './editions';
import { events } from './events';
import { exports } from './exports';
import { groupNotes } from './group-notes';
import { groups } from './groups';
import { health } from './health';
import { identity } from './identity';
import { iiif, manifests } from './iiif';
import { images } from './images';
import { imports } from './imports';
import { members } from './members';
import { metrics } from './metrics';
import { createApi, type Env, handleError, identifyRequest, rejectUndecodablePath } from './middleware';
import { moderation } from './moderation';
import { notebook } from './notebook';
import { notices } from './notices';
import { privacy } from './privacy';
import { protocol } from './protocol';
import { restraints } from './restraints';
import { unread } from './unread';
import { limitBodyByPath, requireMediaType } from './uploads';

export { isApiPath } from './paths';

/** The whole JSON API: routes, validation and description. */
const api = createApi().basePath('/api/v1');

api.use('*', limitBodyByPath);
api.use('*', identifyRequest);
api.use('*', requireMediaType);
api.use('*', answerWriteOnce);

/** Long answers without an ETag; one with an ETag would get a weak one, which If-Match does not take (RFC 9110 §8.8.1). */
const LONG = [
  ...['/groups/:group/annotations', '/groups/:group/outline', '/groups/:group/export'],
  ...['/editions', '/editions/:edition', '/editions/:edition/sections/:section', '/openapi.json'],
];
api.on('GET', LONG, compress());

/** One chain, because only so the type has every route with its input and output. */
const routes = api
  .route('/', editions)
  .route('/', annotations)
  .route('/', anchors)
  .route('/', canvases)
  .route('/', drafts)
  .route('/', manifests)
  .route('/', moderation)
  .route('/', restraints)
  .route('/', exports)
  .route('/', events)
  .route('/', unread)
  .route('/', imports)
  .route('/', identity)
  .route('/', accounts)
  .route('/', notebook)
  .route('/', groups)
  .route('/', members)
  .route('/', groupNotes)
  .route('/', assignments)
  .route('/', notices)
  .route('/', privacy)
  .route('/', contentNotices)
  .get('/problems/:code', (c) => {
    const code = c.req.param('code') as ErrorCode;
    if (!(code in STATUS)) throw new AppError('not_found', 'There is no such kind of problem.');
    return c.json({ type: problemTypeIri(code), title: PROBLEM_TITLES[code], status: STATUS[code] });
  });

/**
 * The routes of the API as a type, for a typed client (`hc<ApiRoutes>` of hono/client, its `InferRequestType` and
 * `InferResponseType`). Type-only, because the browser must not load the server.
 */
export type ApiRoutes = typeof routes;

api.openAPIRegistry.registerComponent('securitySchemes', 'token', { type: 'http', scheme: 'bearer' });
api.openAPIRegistry.registerComponent('securitySchemes', 'session', {
  type: 'apiKey',
  in: 'cookie',
  name: 'next-auth.session-token',
});
/** Made at the first request and kept, because it takes some tens of milliseconds and never changes. */
let description: ReturnType<typeof api.getOpenAPI31Document> | undefined;
api.get('/openapi.json', (c) => {
  description ??= api.getOpenAPI31Document({
    openapi: '3.1.0',
    info: {
      title: 'Scholion',
      version: '1',
      description: 'Offsets count Unicode code points. Errors are RFC 9457 problem+json.',
    },
    servers: [{ url: config().address }],
    security: [{ token: [] }, { session: [] }],
  });
  return c.json(description);
});

/** All that answers before Next: the API, the W3C protocol, IIIF, and the server's health. */
export const httpApp = new Hono<Env>()
  .use('*', rejectUndecodablePath)
  .get('/api/health', health)
  .get('/api/metrics', metrics)
  .route('/', api)
  .route('/', images)
  .route('/', iiif)
  .route('/', protocol);
httpApp.notFound((c) => handleError(new AppError('not_found', 'There is no such call.'), c));
httpApp.onError(handleError);
