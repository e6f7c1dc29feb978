import type { Context } from 'hono';
import { type AnnotationRow, deleteAnnotation, getAnnotationRow } from '@/lib/annotation';
import { getSection } from '@/lib/edition';
import { checkWritePreconditions } from '@/lib/http/conditional-requests';
import { requireWriteScope } from '@/lib/identity';
import { AppError, notFound, nullIfNotFound } from '@/lib/kernel/errors';
import { convertHtmlOfRows, preserveVia, putAnnotation, toJsonLd } from '@/lib/w3c';
import type { Env } from '../middleware';
import { readJsonBody } from './request-body';
import { etagsOf, type RdfFormat, respondToRead, respondToWrite } from './respond';

/** The annotation of the request's IRI. Throws not_found, and gone where it was deleted. */
async function annotationOf(c: Context<Env>): Promise<AnnotationRow> {
  const row = await getAnnotationRow(c.get('viewer'), c.req.param('id') ?? '');
  if (row.groupSlug !== c.req.param('group')) throw notFound();
  if (row.state === 'deleted') throw new AppError('gone', 'This annotation was deleted.');
  await convertHtmlOfRows([row]);
  return row;
}

/** Checks the preconditions of a write, and returns the version to change (RFC 9110 §13.1.1): the one that was read. */
function requireVersion(c: Context<Env>, row: AnnotationRow): number | 'any' {
  const tags = Object.values(etagsOf(toJsonLd(row), row.version));
  return checkWritePreconditions(c.req.raw.headers, tags) === 'any' ? 'any' : row.version;
}

/** Responds with an annotation (Web Annotation Protocol §3). */
export async function readItem(c: Context<Env>, format: RdfFormat) {
  const row = await annotationOf(c);
  const document = toJsonLd(row);
  return respondToRead(c, document, format, { iri: String(document.id), version: row.version });
}

/** Replaces an annotation (§5.3). */
export async function replaceItem(c: Context<Env>) {
  requireWriteScope(c.get('viewer'));
  const row = await annotationOf(c);
  const json = await readJsonBody(c);
  const version = requireVersion(c, row);
  const changed = await putAnnotation(c.get('viewer'), row, preserveVia(toJsonLd(row), json), version);
  await convertHtmlOfRows([changed]);
  const document = toJsonLd(changed);
  return respondToWrite(c, 200, document, { iri: String(document.id), version: changed.version });
}

/** Deletes an annotation (§5.4); its IRI is never used again. */
export async function deleteItem(c: Context<Env>) {
  requireWriteScope(c.get('viewer'));
  const row = await annotationOf(c);
  await deleteAnnotation(c.get('viewer'), row.id, requireVersion(c, row));
  return c.body(null, 204);
}

/**
 * Redirects (303) to the reading page with the thread open, and its page image if it has regions; an anonymous viewer who
 * may not see it goes to the sign-in page, and back here. For others it is not there: server.ts has a page that says so.
 */
export async function redirectToPassage(c: Context<Env>): Promise<Response> {
  const [viewer, id] = [c.get('viewer'), c.req.param('id') ?? ''];
  const group = c.req.param('group');
  const row = await nullIfNotFound(getAnnotationRow(viewer, id));
  if (!row && viewer.id === null)
    return c.redirect(`/signin?callbackUrl=${encodeURIComponent(`/annotations/${id}`)}`, 303);
  if (!row || (group !== undefined && group !== row.groupSlug)) throw notFound();
  // A note is shown on the page of the section that calls it.
  const section = await nullIfNotFound(getSection(viewer, row.edition, row.section));
  const home = section?.home ?? null;
  const page = `/editions/${row.edition}/${home ?? row.section}`;
  // The author of a reply sees it though they may no longer see the gloss that it answers.
  const root = row.parentId === null ? row : await nullIfNotFound(getAnnotationRow(viewer, row.rootId));
  const region = root?.regions[0];
  const canvas = region ? `&canvas=${encodeURIComponent(region.canvas)}` : '';
  return c.redirect(`${page}?group=${row.groupSlug}&annotation=${row.id}${canvas}`, 303);
}
