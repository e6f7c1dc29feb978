import type { Context } from 'hono';
import { listCollection, listCollectionRows } from '@/lib/annotation';
import { resolveMembership } from '@/lib/group';
import { AppError } from '@/lib/kernel/errors';
import { isId } from '@/lib/kernel/ids';
import {
  type Collection,
  collectionIri,
  PAGE_SIZE,
  type PagePosition,
  toCollection,
  toPage,
} from '@/lib/w3c';
import type { Env } from '../middleware';
import { containerPreference } from './prefer';
import { type RdfFormat, respondToRead } from './respond';

/** Whether a request is for a page of a container, and not for the container. */
export function isPage(c: Context<Env>): boolean {
  return c.req.query('page') !== undefined;
}

/** The page that a query names. Throws not_found where it cannot be one of ours. */
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

/** Answers with a container, or with a page of it. `group` null: the collection of all that the reader may see. */
export async function readContainer(c: Context<Env>, group: string | null, format: RdfFormat) {
  const named = c.req.query('iris') === '1' ? true : c.req.query('iris') === '0' ? false : null;
  return isPage(c) ? readPage(c, group, named ?? false, format) : readWhole(c, group, named, format);
}

async function readWhole(c: Context<Env>, group: string | null, named: boolean | null, format: RdfFormat) {
  const viewer = c.get('viewer');
  const wish = containerPreference(c.req.header('prefer'));
  // An IRI that says what is on its pages stays what it is (§4.2).
  const iris = named ?? wish.iris ?? false;
  const isApplied = wish.minimal || (named === null && wish.iris !== null);
  const collection = await collectionOf(c, group, iris);
  const held = await listCollection(viewer, group, { size: PAGE_SIZE, page: 0 });
  const rows = wish.minimal || iris ? [] : await listCollectionRows(viewer, group, held.ids);
  return respondToRead(c, toCollection(collection, held, wish.minimal ? null : rows), format, {
    iri: collectionIri(collection),
    print: held.print,
    ...(isApplied && { headers: { 'Preference-Applied': 'return=representation' } }),
  });
}

async function readPage(c: Context<Env>, group: string | null, iris: boolean, format: RdfFormat) {
  const viewer = c.get('viewer');
  const place = pagePositionOf(c.req.query());
  const collection = await collectionOf(c, group, iris);
  const held = await listCollection(viewer, group, {
    size: PAGE_SIZE,
    page: place.number,
    after: place.after,
  });
  // What followed a page may all be gone by now: that is an empty page, and the end.
  if (place.after === null && place.number > 0 && held.ids.length === 0) throw noSuchPage();
  const rows = iris ? [] : await listCollectionRows(viewer, group, held.ids);
  const document = toPage(collection, place, held, rows);
  return respondToRead(c, document, format, { iri: (document as { id: string }).id });
}
