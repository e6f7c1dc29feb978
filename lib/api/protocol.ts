import { OpenAPIHono } from '@hono/zod-openapi';
import type { Context } from 'hono';
import Negotiator from 'negotiator';
import { deleteAnnotation, getRow, iriOf, listContained } from '@/lib/annotation';
import { config } from '@/lib/config';
import { getSection } from '@/lib/edition';
import { standing } from '@/lib/group';
import { etagOf, versionOf } from '@/lib/http/conditional';
import { AppError } from '@/lib/kernel/errors';
import {
  ANNO_TYPE,
  containerOf,
  PAGE_SIZE,
  postAnnotation,
  putAnnotation,
  toCollection,
  toJsonLd,
  toPage,
} from '@/lib/w3c';
import { answerError, type Env, settleRequest } from './app';

/**
 * The W3C Web Annotation Protocol in its simple form: every group is a container, `/annotations/` is a read-only
 * collection of all that the caller may see, and every annotation answers at its IRI.
 */
export const protocol = new OpenAPIHono<Env>({ strict: true });

/** Tells the JSON-LD of an annotation from its JSON, and from what it was before a revision moved its passage. */
const formOf = ({ anchorRevision }: { anchorRevision: number | null }): string => `${anchorRevision ?? 0}-ld`;
const LDP = 'http://www.w3.org/ns/ldp#';
const CONSTRAINTS =
  '<http://www.w3.org/TR/annotation-protocol/>; rel="http://www.w3.org/ns/ldp#constrainedBy"';
const CONTAINER_LINKS = `<${LDP}BasicContainer>; rel="type", ${CONSTRAINTS}`;
const ITEM_LINKS = `<${LDP}Resource>; rel="type", <http://www.w3.org/ns/oa#Annotation>; rel="type"`;
const CONTAINER_ALLOW = 'GET, HEAD, OPTIONS, POST';
const ITEM_ALLOW = 'GET, HEAD, OPTIONS, PUT, DELETE';

protocol.use('*', settleRequest);
protocol.onError(answerError);

/** Whether a person asks, and not a machine: HTML is what the caller prefers of all that we have. */
function wantsPage(c: Context<Env>): boolean {
  const accept = new Negotiator({ headers: { accept: c.req.header('accept') ?? '*/*' } });
  // A range with a profile matches only what has that profile too (RFC 9110 §12.5.1).
  const best = accept.mediaType([ANNO_TYPE, 'application/ld+json', 'application/json', 'text/html']);
  if (best === undefined) {
    throw new AppError('not_acceptable', 'This is to be had as application/ld+json, or as a page.');
  }
  return best === 'text/html';
}

function jsonLd(
  c: Context<Env>,
  body: unknown,
  status: 200 | 201,
  headers: Record<string, string>,
): Response {
  return c.body(JSON.stringify(body), status, { 'Content-Type': ANNO_TYPE, Vary: 'Accept', ...headers });
}

async function incoming(c: Context<Env>): Promise<unknown> {
  const type = c.req.header('content-type') ?? '';
  if (!/^application\/(ld\+)?json\b/i.test(type)) {
    throw new AppError('unsupported', 'Send application/ld+json.', { headers: { 'Accept-Post': ANNO_TYPE } });
  }
  return c.req.json().catch(() => {
    throw new AppError('malformed', 'The body is not JSON.');
  });
}

async function collection(c: Context<Env>, group: string | null): Promise<Response> {
  const viewer = c.get('viewer');
  const iri = group === null ? `${config().address}/annotations/` : containerOf(group);
  const label = group === null ? 'Scholion' : (await standing(viewer, group)).name;
  const page = c.req.query('page');
  const number = page === undefined ? 0 : Number(page);
  if (!Number.isInteger(number) || number < 0) throw new AppError('not_found', 'There is no such page.');
  const minimal = page === undefined && /PreferMinimalContainer/.test(c.req.header('prefer') ?? '');
  const limit = minimal ? 0 : PAGE_SIZE;
  const { items, ...held } = await listContained(viewer, group, { offset: number * PAGE_SIZE, limit });
  const body =
    page === undefined
      ? toCollection(iri, label, held, minimal ? undefined : items)
      : toPage(iri, number, held, items);
  return jsonLd(c, body, 200, {
    Link: CONTAINER_LINKS,
    Allow: group === null ? 'GET, HEAD, OPTIONS' : CONTAINER_ALLOW,
    ETag: etagOf(held.total, `${held.modified?.getTime() ?? 0}-${number}${minimal ? 'm' : ''}`),
    'Content-Location': page === undefined ? iri : `${iri}?page=${number}`,
    Vary: 'Accept, Prefer',
    ...(group !== null && { 'Accept-Post': ANNO_TYPE }),
    ...(minimal && { 'Preference-Applied': 'return=representation' }),
  });
}

protocol.get('/annotations/', async (c) => (wantsPage(c) ? c.redirect('/groups', 303) : collection(c, null)));

// The short link: a person with a browser is what follows it.
protocol.get('/annotations/:id', async (c) => toPassage(c, c.req.param('id')));

protocol.on(['GET', 'POST'], '/groups/:group/annotations', (c) =>
  c.redirect(`/groups/${encodeURIComponent(c.req.param('group'))}/annotations/`, 308),
);

protocol.get('/groups/:group/annotations/', async (c): Promise<Response> => {
  const group = c.req.param('group');
  return wantsPage(c) ? c.redirect(`/groups/${encodeURIComponent(group)}`, 303) : collection(c, group);
});

protocol.options('/groups/:group/annotations/', (c) =>
  c.body(null, 204, { Allow: CONTAINER_ALLOW, 'Accept-Post': ANNO_TYPE, Link: CONTAINER_LINKS }),
);

protocol.post('/groups/:group/annotations/', async (c) => {
  const row = await postAnnotation(c.get('viewer'), c.req.param('group'), await incoming(c));
  const iri = iriOf(row);
  return jsonLd(c, toJsonLd(row), 201, {
    Location: iri,
    'Content-Location': iri,
    ETag: etagOf(row.version, formOf(row)),
    Link: ITEM_LINKS,
    Allow: ITEM_ALLOW,
  });
});

async function item(c: Context<Env>) {
  const row = await getRow(c.get('viewer'), c.req.param('id') ?? '');
  if (row.groupSlug !== c.req.param('group')) throw new AppError('not_found', 'There is no such annotation.');
  if (row.state === 'deleted') throw new AppError('gone', 'This annotation was deleted.');
  return row;
}

protocol.get('/groups/:group/annotations/:id', async (c) => {
  if (wantsPage(c)) return toPassage(c, c.req.param('id'));
  const row = await item(c);
  const body = toJsonLd(row);
  return jsonLd(c, body, 200, {
    ETag: etagOf(row.version, formOf(row)),
    Link: ITEM_LINKS,
    Allow: ITEM_ALLOW,
    'Content-Location': String(body.id),
  });
});

protocol.options('/groups/:group/annotations/:id', (c) =>
  c.body(null, 204, { Allow: ITEM_ALLOW, Link: ITEM_LINKS }),
);

protocol.put('/groups/:group/annotations/:id', async (c) => {
  const row = await item(c);
  const version = versionOf(c.req.header('if-match'), formOf(row));
  const changed = await putAnnotation(c.get('viewer'), row, await incoming(c), version);
  return jsonLd(c, toJsonLd(changed), 200, {
    ETag: etagOf(changed.version, formOf(changed)),
    Link: ITEM_LINKS,
    Allow: ITEM_ALLOW,
  });
});

protocol.delete('/groups/:group/annotations/:id', async (c) => {
  const row = await item(c);
  await deleteAnnotation(c.get('viewer'), row.id, versionOf(c.req.header('if-match'), formOf(row)));
  return c.body(null, 204);
});

/** 303 to the passage with the thread open; whoever is not signed in is asked to, and comes back here. */
async function toPassage(c: Context<Env>, id: string): Promise<Response> {
  const viewer = c.get('viewer');
  const row = await getRow(viewer, id).catch((error) => {
    if (error instanceof AppError && error.code === 'not_found' && viewer.id === null) return null;
    throw error;
  });
  if (!row) return c.redirect(`/signin?callbackUrl=${encodeURIComponent(`/annotations/${id}`)}`, 303);
  // A footnote is read on the page of the section that calls it.
  const { home } = await getSection(row.edition, row.section);
  const page = `/editions/${row.edition}/${home ?? row.section}`;
  return c.redirect(`${page}?group=${row.groupSlug}&annotation=${row.id}`, 303);
}
