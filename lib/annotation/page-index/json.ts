import { LRUCache } from 'lru-cache';
import { resolveMembership } from '@/lib/group';
import type { Viewer } from '@/lib/identity/schema';
import { expandPage } from '../expand-page';
import { digestOf, type JsonText, UNCHANGED } from '../json/json-text';
import { keepAnswers } from '../json/kept-answers';
import { selectPageStamp } from '../json/store';
import { viewerKind } from '../present';
import { getPageIndex, MOST } from './read';
import type { PageIndexQuery } from './schema';

/** Bytes of JSON that are kept. */
const KEPT_BYTES = 32_000_000;

const indexes = new LRUCache<string, Buffer>({
  maxSize: KEPT_BYTES,
  sizeCalculation: (json) => json.length + 200,
});

const recallPageIndex = keepAnswers(KEPT_BYTES);

/**
 * What `getPageIndex` gives, as JSON, from memory where nothing of it has changed; null where the client has it already,
 * as `isKnown` says of its ETag. Throws as `getPageIndex`.
 */
export function getPageIndexJson(
  viewer: Viewer,
  groupSlug: string,
  pageQuery: PageIndexQuery,
  isKnown: (etag: string) => boolean,
): Promise<JsonText> {
  const make = () => makePageIndex(viewer, groupSlug, pageQuery, isKnown);
  return recallPageIndex(viewer, [groupSlug, pageQuery], isKnown, make);
}

async function makePageIndex(
  viewer: Viewer,
  groupSlug: string,
  pageQuery: PageIndexQuery,
  isKnown: (etag: string) => boolean,
): Promise<JsonText> {
  const { groupId } = await resolveMembership(viewer, groupSlug);
  const { near = null, cursor = null, ...filter } = await expandPage(viewer, pageQuery);
  const page = { ...filter, cursor: cursor ?? undefined };
  const { stamp, total } = await selectPageStamp(viewer, groupId, page, MOST);
  const names = [groupId, viewerKind(viewer, groupId), filter.edition, filter.section ?? null, near, cursor];
  const key = digestOf([...names, stamp]);
  // Without the names: what is not there, and what this viewer may not know of, have one ETag.
  const etag = digestOf([viewerKind(viewer, groupId), stamp]);
  // The texts count replies, which an index that is full may not have.
  const isWhole = total < MOST;
  if (isWhole && isKnown(etag)) return { etag, json: UNCHANGED };
  const kept = isWhole ? indexes.get(key) : undefined;
  if (kept) return { etag, json: kept };
  const json = Buffer.from(JSON.stringify(await getPageIndex(viewer, groupSlug, pageQuery)));
  if (isWhole) indexes.set(key, json);
  return { etag, json };
}
