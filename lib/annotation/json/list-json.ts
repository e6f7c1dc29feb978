import { LRUCache } from 'lru-cache';
import { resolveMembership } from '@/lib/group';
import type { Viewer } from '@/lib/identity/schema';
import { notFound } from '@/lib/kernel/errors';
import { isId } from '@/lib/kernel/ids';
import { toListPage } from '@/lib/kernel/list-page';
import { expandPage } from '../expand-page';
import { presentAnnotations, viewerKind } from '../present';
import type { AnnotationFilter, PageRequest } from '../schema';
import { digestOf, type JsonText, UNCHANGED } from './json-text';
import { keepAnswers } from './kept-answers';
import { type StampedRow, selectStamped, selectStamps } from './store';

/** Bytes of JSON that are kept: of parts of lists, of whole lists, and of single notes. */
const FRAGMENT_BYTES = 48_000_000;
const KEPT_BYTES = 32_000_000;
const KEPT_NOTES_BYTES = 8_000_000;

/** The JSON of annotations up to the number of their replies, by what it depends on. */
const fragments = new LRUCache<string, Buffer>({
  maxSize: FRAGMENT_BYTES,
  sizeCalculation: (json, key) => json.length + 2 * key.length + 100,
});

const recallList = keepAnswers(KEPT_BYTES);
const recallNote = keepAnswers<NoteJson>(KEPT_NOTES_BYTES);

/**
 * What `listAnnotations` gives, as JSON: what was answered before, where nothing was committed since. Annotations that have not changed since they were last presented to somebody in
 * this role are not presented again; `null` where the client has the list already, as `isKnown` says of its ETag.
 * Throws as `listAnnotations`.
 */
export function listAnnotationsJson(
  viewer: Viewer,
  groupSlug: string,
  filter: AnnotationFilter,
  page: PageRequest,
  isKnown: (etag: string) => boolean,
): Promise<JsonText> {
  const make = () => makeList(viewer, groupSlug, filter, page, isKnown);
  return recallList(viewer, [groupSlug, filter, page], isKnown, make);
}

async function makeList(
  viewer: Viewer,
  groupSlug: string,
  filter: AnnotationFilter,
  { limit, cursor }: PageRequest,
  isKnown: (etag: string) => boolean,
): Promise<JsonText> {
  const { groupId } = await resolveMembership(viewer, groupSlug);
  const expanded = await expandPage(viewer, filter);
  const found = await selectStamps(viewer, { groupId }, expanded, { limit: limit + 1, cursor });
  const { items: rows, next } = toListPage(found, limit);
  const stamps = rows.map(({ id, stamp, replies }) => `${id}\n${stamp}\n${replies}`);
  const etag = digestOf([viewerKind(viewer, groupId), next, ...stamps]);
  if (isKnown(etag)) return { etag, json: UNCHANGED };
  const items = await annotationsJson(viewer, rows);
  const commas = items.flatMap((item, i) => (i === 0 ? [item] : [COMMA, item]));
  const end = Buffer.from(`],"next":${JSON.stringify(next)}}`);
  return { etag, json: Buffer.concat([BEGIN, ...commas, end]) };
}

const BEGIN = Buffer.from('{"items":[');
const COMMA = Buffer.from(',');

/** One annotation as JSON. */
type NoteJson = JsonText & { version: number };

/** One annotation as JSON, and its version. Throws not_found where there is none that `viewer` may see. */
export function getAnnotationJson(viewer: Viewer, id: string): Promise<NoteJson> {
  return recallNote(viewer, [id], NEVER, () => makeNote(viewer, id));
}

/** Its version says less than its JSON, which counts replies too: nobody is told that they have it. */
const NEVER = () => false;

async function makeNote(viewer: Viewer, id: string): Promise<NoteJson> {
  const [row] = isId(id) ? await selectStamps(viewer, { id }, {}, { limit: 1 }) : [];
  const [json] = row ? await annotationsJson(viewer, [row]) : [];
  if (!row || !json) throw notFound();
  return { etag: `${row.version}`, json, version: row.version };
}

/** The JSON of annotations, without those that have gone out of sight since their stamps were read. */
async function annotationsJson(viewer: Viewer, rows: StampedRow[]): Promise<Buffer[]> {
  const keyOf = ({ id, groupId, stamp }: Pick<StampedRow, 'id' | 'groupId' | 'stamp'>) =>
    `${id}${viewerKind(viewer, groupId)}\n${stamp}`;
  const known = rows.map((row) => fragments.get(keyOf(row)));
  const missing = rows.filter((_, i) => known[i] === undefined).map(({ id }) => id);
  const made = new Map<string, Buffer>();
  if (missing.length > 0) {
    const read = await selectStamped(viewer, missing);
    const notes = await presentAnnotations(viewer, read);
    for (const [i, row] of read.entries()) {
      const { replies: _, ...note } = notes[i] ?? {};
      const fragment = Buffer.from(`${JSON.stringify(note).slice(0, -1)},"replies":`);
      // By the stamp that it has now, which may be newer than that in `rows`.
      fragments.set(keyOf(row), fragment);
      made.set(row.id, fragment);
    }
  }
  return rows.flatMap(({ id, replies }, i) => {
    const fragment = known[i] ?? made.get(id);
    return fragment ? [Buffer.concat([fragment, Buffer.from(`${replies}}`)])] : [];
  });
}
