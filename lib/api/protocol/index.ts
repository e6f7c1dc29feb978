import { OpenAPIHono } from '@hono/zod-openapi';
import type { Context } from 'hono';
import { iriOf } from '@/lib/annotation';
import { config } from '@/lib/config';
import { requireWriteScope } from '@/lib/identity';
import { postAnnotation, toJsonLd } from '@/lib/w3c';
import { answerWriteOnce } from '../answer-once';
import { type Env, handleError, identifyWith } from '../middleware';
import { limitBody } from '../uploads';
import { isPage, readContainer } from './container';
import { deleteItem, readItem, redirectToPassage, replaceItem } from './item';
import { readJsonBody, readTextOfBytes } from './request-body';
import {
  COLLECTION,
  CONTAINER,
  describeResource,
  ITEM,
  methodNotAllowed,
  PAGE,
  REDIRECT,
} from './resource-headers';
import { negotiateReadFormat, respondToWrite } from './respond';

/**
 * The W3C Web Annotation Protocol (docs/protocol.md): every group is a container, `/annotations/` is a read-only
 * collection of all that the caller may see, and every annotation answers at its IRI.
 */
export const protocol = new OpenAPIHono<Env>({ strict: true });
protocol.onError(handleError);

const groupPage = (c: Context<Env>) => `/groups/${encodeURIComponent(c.req.param('group') ?? '')}`;

const identify = identifyWith(readTextOfBytes);

/** Adds the middleware that all methods of a path share. */
function addMiddleware(path: string, resourceOf: Parameters<typeof describeResource>[0]) {
  protocol.use(path, describeResource(resourceOf), limitBody(), identify, answerWriteOnce);
}

/** The container of a group. */
const container = '/groups/:group/annotations/';
addMiddleware(container, (c) => (isPage(c) ? PAGE : CONTAINER));
protocol.get(container, async (c) => {
  const format = negotiateReadFormat(c);
  return format === 'page'
    ? c.redirect(groupPage(c), 303)
    : readContainer(c, c.req.param('group') ?? '', format);
});
protocol.post(container, async (c) => {
  // A page is no container and takes no POST (§6, 405).
  if (isPage(c)) methodNotAllowed();
  const viewer = requireWriteScope(c.get('viewer'));
  // A Slug is only a suggestion (§5.2): every annotation gets a new id.
  const row = await postAnnotation(viewer, c.req.param('group') ?? '', await readJsonBody(c), c.get('newId'));
  const { version } = row;
  return respondToWrite(c, 201, toJsonLd(row), {
    iri: iriOf(row),
    version,
    headers: { Location: iriOf(row) },
  });
});

/** The collection of all annotations that the caller may see. */
addMiddleware('/annotations/', (c) => (isPage(c) ? PAGE : COLLECTION));
protocol.get('/annotations/', async (c) => {
  const format = negotiateReadFormat(c);
  return format === 'page' ? c.redirect('/groups', 303) : readContainer(c, null, format);
});

/** An annotation. */
const item = '/groups/:group/annotations/:id';
addMiddleware(item, () => ITEM);
protocol.get(item, async (c) => {
  const format = negotiateReadFormat(c);
  return format === 'page' ? redirectToPassage(c) : readItem(c, format);
});
protocol.put(item, replaceItem);
protocol.delete(item, deleteItem);

/** The short link, for people with a browser. */
addMiddleware('/annotations/:id', () => REDIRECT);
protocol.get('/annotations/:id', redirectToPassage);

/** A container's IRI without its slash redirects to the container, with method and body (308). */
for (const [path, { Allow }] of [
  ['/groups/:group/annotations', CONTAINER],
  ['/annotations', COLLECTION],
] as const) {
  addMiddleware(path, () => ({ ...REDIRECT, Allow }));
  protocol.on(Allow.split(', '), path, (c) => {
    const { search } = new URL(c.req.url);
    const base = c.req.param('group') === undefined ? '' : groupPage(c);
    return c.redirect(`${config().address}${base}/annotations/${search}`, 308);
  });
  protocol.all(path, methodNotAllowed);
}

for (const path of [container, '/annotations/', item, '/annotations/:id'])
  protocol.all(path, methodNotAllowed);
