import { type Context, Hono } from 'hono';
import { IMAGE_MAX_BYTES, IMAGE_TYPE } from '@/lib/canvas';
import { PROBLEM_TITLES, problemTypeIri } from '@/lib/http/problem-details';
import { isImportType } from '@/lib/import';
import type { ErrorCode } from '@/lib/kernel/errors';
import { AppError, STATUS } from '@/lib/kernel/errors';
import { anchors } from './anchors';
import { annotations } from './annotations';
import { canvases, isImageUpload } from './canvases';
import { DRAFT_PATH, drafts, TEI_MAX_BYTES, TEI_TYPE } from './drafts';
import { editions } from './editions';
import { exports } from './exports';
import { groups } from './groups';
import { health } from './health';
import { identity } from './identity';
import { iiif, manifests } from './iiif';
import { images } from './images';
import { imports } from './imports';
import {
  createApi,
  type Env,
  handleError,
  identifyRequest,
  isImportUpload,
  limitBody,
  rejectUndecodablePath,
} from './middleware';
import { moderation } from './moderation';
import { protocol } from './protocol';

/** The JSON API, whole: one place for its routes, its validation and its description. */
const api = createApi().basePath('/api/v1');

const limitJson = limitBody();
const limitTei = limitBody(TEI_MAX_BYTES);
const limitImage = limitBody(IMAGE_MAX_BYTES);
const isTeiUpload = (c: Context) => c.req.method === 'PUT' && DRAFT_PATH.test(c.req.path);

api.use('*', (c, next) => {
  if (isImportUpload(c)) return next();
  const limit = isTeiUpload(c) ? limitTei : isImageUpload(c) ? limitImage : limitJson;
  return limit(c, next);
});
api.use('*', identifyRequest);
api.use('*', async (c, next) => {
  const type = c.req.header('content-type') ?? '';
  // Over HTTP a body has a length or is sent in chunks (RFC 9112 §6.3); the server's Request has a stream even
  // where there is none, as with every DELETE. A Request made in this process has no Host, and its body tells.
  const overHttp = c.req.header('host') !== undefined;
  const length = c.req.header('content-length') ?? '0';
  const framed = length !== '0' || c.req.header('transfer-encoding') !== undefined;
  const hasBody = overHttp ? framed : c.req.raw.body !== null;
  if (isTeiUpload(c)) {
    if (!TEI_TYPE.test(type)) throw new AppError('unsupported', 'Send XML, and say so in Content-Type.');
  } else if (isImportUpload(c)) {
    if (!isImportType(type)) {
      throw new AppError('unsupported', 'Send JSON, JSON lines, or an archive that was exported here.');
    }
  } else if (isImageUpload(c)) {
    if (!IMAGE_TYPE.test(type))
      throw new AppError('unsupported', 'Send a JPEG, PNG, TIFF or WebP file, and say so in Content-Type.');
  } else if (hasBody && !/^application\/([\w.+-]+\+)?json\b/i.test(type)) {
    throw new AppError('unsupported', 'Send JSON, and say so in Content-Type.');
  }
  await next();
});

/** One chain, so that its type has every route with what it takes and gives. */
const routes = api
  .route('/', editions)
  .route('/', annotations)
  .route('/', anchors)
  .route('/', canvases)
  .route('/', drafts)
  .route('/', manifests)
  .route('/', moderation)
  .route('/', exports)
  .route('/', imports)
  .route('/', identity)
  .route('/', groups)
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
  ...{ type: 'apiKey', in: 'cookie', name: 'next-auth.session-token' },
});
api.doc31('/openapi.json', {
  openapi: '3.1.0',
  info: {
    title: 'Scholion',
    version: '1',
    description: 'Offsets count Unicode code points. Errors are RFC 9457 problem+json.',
  },
  security: [{ token: [] }, { session: [] }],
});

/** All that answers before Next does: the API, the W3C protocol, and the server's health. */
export const httpApp = new Hono<Env>()
  .use('*', rejectUndecodablePath)
  .get('/api/health', health)
  .route('/', api)
  .route('/', images)
  .route('/', iiif)
  .route('/', protocol);
httpApp.notFound((c) => handleError(new AppError('not_found', 'There is no such call.'), c));
httpApp.onError(handleError);
