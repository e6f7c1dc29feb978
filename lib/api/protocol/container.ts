import type { Context } from 'hono';
import { listCollection, listCollectionRows } from '@/lib/annotation';
import { resolveMembership } from '@/lib/group';
import { AppError } from '@/lib/kernel/errors';
import { isId } from '@/lib/kernel/ids';
import {
  type Collection,
  collectionIri,
  convertHtmlOfRows,
  PAGE_SIZE,
  type PagePosition,
  toCollection,
  toPage,
} from '@/lib/w3c';
import type { Env } from '../middleware';
import { containerPreference } from './prefer';
import { type RdfFormat, respondToRead } from './respond';

/** Whether the request is for a page of a container, not for the container itself. */
export function isPage(c: Context<Env>): boolean {
  return c.req.query('page') !== undefined;
}

/** The page position in a query. Throws not_found where it is none of ours. */
function pagePositionOf({ page = '', after = null }: { page?: string; after?: string | null }): PagePosition {
  const isNumber = /^(0|[1-9]\d{0,6})$/.test(page);
  if (!isNumber || (after !== null && (page === '0' || !isId(after)))) throw noSuchPage();
  return { number: Number(page), after };
}

function noSuchPage(): AppError {
  return new AppError('not_found', 'There is no such page.');
}

async function collectionOf(c: Context<Env>, group: string | null, iris: boolean): Promise<Collection> {
  const label = group === null ? 'Scholion' : (await resolveMembership(c.get('viewer'), group)).name;
  return { group, label, iris };
}

/** Responds with a container or a page of it. `group` null: the collection of all groups. */
export async function readContainer(c: Context<Env>, group: string | null, format: RdfFormat) {
  const irisInIri = c.req.query('iris') === '1' ? true : c.req.query('iris') === '0' ? false : null;
  return isPage(c) ? readPage(c, group, irisInIri ?? false, format) : readWhole(c, group, irisInIri, format);
}

async function readWhole(
  c: Context<Env>,
  group: string | null,
  irisInIri: boolean | null,
  format: RdfFormat,
) {
  const viewer = c.get('viewer');
  const preference = containerPreference(c.req.header('prefer'));
  // If the IRI states the contents of the pages, Prefer does not change them (§4.2).
  const iris = irisInIri ?? preference.iris ?? false;
  const isApplied = preference.minimal || (irisInIri === null && preference.iris !== null);
  const collection = await collectionOf(c, group, iris);
  const listed = await listCollection(viewer, group, { size: PAGE_SIZE, page: 0 });
  const rows = preference.minimal || iris ? [] : await listCollectionRows(viewer, group, listed.ids);
  await convertHtmlOfRows(rows);
  return respondToRead(c, toCollection(collection, listed, preference.minimal ? null : rows), format, {
    iri: collectionIri(collection),
    print: listed.print,
    ...(isApplied && { headers: { 'Preference-Applied': 'return=representation' } }),
  });
}

async function readPage(c: Context<Env>, group: string | null, iris: boolean, format: RdfFormat) {
  const viewer = c.get('viewer');
  const position = pagePositionOf(c.req.query());
  const collection = await collectionOf(c, group, iris);
  const listed = await listCollection(viewer, group, {
    size: PAGE_SIZE,
    page: position.number,
    after: position.after,
  });
  // All annotations after `after` may be deleted by now: then the page is empty, and the last.
  if (position.after === null && position.number > 0 && listed.ids.length === 0) throw noSuchPage();
  const rows = iris ? [] : await listCollectionRows(viewer, group, listed.ids);
  await convertHtmlOfRows(rows);
  const document = toPage(collection, position, listed, rows);
  return respondToRead(c, document, format, { iri: (document as { id: string }).id });
}
