import type { Prisma } from '@/lib/db';
import { resolveMembership, resolveReader } from '@/lib/group';
import { requireSignedIn } from '@/lib/identity';
import type { Viewer } from '@/lib/identity/schema';
import { notFound } from '@/lib/kernel/errors';
import { isId } from '@/lib/kernel/ids';
import { type ListPage, toListPage } from '@/lib/kernel/list-page';
import { renderMarkdown } from '@/lib/markdown';
import { canInGroup, roleIn } from '@/lib/policy';
import { placedRegionSchema } from '@/lib/target/schema';
import * as container from './collection/store';
import { expandPage } from './expand-page';
import { citationOf, presentAnnotations } from './present';
import {
  type Annotation,
  type AnnotationFilter,
  isNarrower,
  type OwnFilter,
  type PageRequest,
} from './schema';
import * as store from './store';
import { earlierPassageSchema, type Version } from './versions/schema';
import * as versions from './versions/store';

/** One annotation as a row. Throws not_found where there is none that `viewer` may see. */
export async function getAnnotationRow(viewer: Viewer, id: string): Promise<store.AnnotationRow> {
  if (!isId(id)) throw notFound();
  const [row] = await store.selectReadable(viewer, { id }, {}, { limit: 1 });
  if (!row) throw notFound();
  return row;
}

/**
 * Annotations of a group in order of creation. `only` is one more condition, of another room, on the alias `a`.
 * Throws not_found where the viewer may not know of the group.
 */
export async function listAnnotations(
  viewer: Viewer,
  groupSlug: string,
  filter: AnnotationFilter,
  page: PageRequest,
  only?: Prisma.Sql,
): Promise<ListPage<Annotation>> {
  const { items, next } = await listAnnotationRows(viewer, groupSlug, filter, page, only);
  return { items: await presentAnnotations(viewer, items), next };
}

/** Threads in one answer, and replies with them, at most. */
const THREADS = 200;
const REPLIES = 5_000;

/**
 * The threads on regions of a canvas that `viewer` may see, of all groups, in order of creation, after the root
 * `after`, without tombstones.
 */
export async function listOnCanvas(
  viewer: Viewer,
  edition: string,
  canvas: string,
  after: string | undefined,
): Promise<{
  threads: { root: store.AnnotationRow; replies: store.AnnotationRow[] }[];
  next: string | null;
}> {
  const cursor = after !== undefined && isId(after) ? after : undefined;
  const found = await store.selectReadable(
    viewer,
    {},
    { edition, canvas },
    { limit: THREADS + 1, cursor, only: container.rootsInCollection(viewer) },
  );
  const { items: roots, next } = toListPage(found, THREADS);
  if (roots.length === 0) return { threads: [], next: null };
  const thread = roots.map(({ id }) => id).join(',');
  const only = container.repliesInCollection(viewer);
  const replies = await store.selectReadable(viewer, {}, { thread }, { limit: REPLIES, only });
  const threads = new Map(roots.map((root) => [root.id, { root, replies: [] as store.AnnotationRow[] }]));
  for (const reply of replies) threads.get(reply.rootId)?.replies.push(reply);
  return { threads: [...threads.values()], next };
}

/** As `listAnnotations`, in rows. */
export async function listAnnotationRows(
  viewer: Viewer,
  groupSlug: string,
  filter: AnnotationFilter,
  { limit, cursor }: PageRequest,
  only?: Prisma.Sql,
): Promise<ListPage<store.AnnotationRow>> {
  const { groupId } = await resolveMembership(viewer, groupSlug);
  const expanded = await expandPage(viewer, filter);
  const rows = await store.selectReadable(viewer, { groupId }, expanded, { limit: limit + 1, cursor, only });
  return toListPage(rows, limit);
}

/**
 * Every annotation of a list, in order of creation, in batches, from one snapshot; their replies are not counted.
 * Throws not_found.
 */
export async function* scanAnnotationRows(
  viewer: Viewer,
  groupSlug: string,
  filter: AnnotationFilter,
  breadth: store.ListBreadth = {},
): AsyncGenerator<store.AnnotationRow[]> {
  const { groupId } = await resolveReader(viewer, groupSlug);
  yield* store.scanReadable(viewer, { groupId }, await expandPage(viewer, filter), breadth);
}

/**
 * What `viewer` has written of `ids`, or all that `filter` keeps, in order of creation, in batches, from one snapshot.
 * Throws unauthenticated, not_found for a group that they were never in.
 */
export async function* scanOwnRows(
  viewer: Viewer,
  { group, ...filter }: OwnFilter,
  ids?: string[],
): AsyncGenerator<store.AnnotationRow[]> {
  const { id: author } = requireSignedIn(viewer);
  const groupId = group === undefined ? undefined : (await resolveReader(viewer, group)).groupId;
  const place = { ...(groupId !== undefined && { groupId }), ...(ids && { ids }) };
  yield* store.scanReadable(viewer, place, { ...filter, author }, {}, container.inCollection(viewer));
}

/** The counts of a list, and the date of its newest change. Throws not_found. */
export async function countAnnotations(
  viewer: Viewer,
  groupSlug: string,
  filter: AnnotationFilter,
  breadth: store.ListBreadth = {},
): Promise<store.AnnotationCounts> {
  const { groupId } = await resolveMembership(viewer, groupSlug);
  return store.countReadable(viewer, { groupId }, await expandPage(viewer, filter), breadth);
}

/**
 * What a W3C container has for `viewer`, and the part of it on the page that `window` names. `groupSlug` null: of all
 * groups that the viewer may read. Throws not_found.
 */
export async function listCollection(
  viewer: Viewer,
  groupSlug: string | null,
  window: container.CollectionWindow,
): Promise<container.CollectionPage> {
  return container.selectCollection(viewer, await scopeOf(viewer, groupSlug), window);
}

/** The annotations with these ids (of `listCollection`) as rows, in order; without those that are gone meanwhile. */
export async function listCollectionRows(
  viewer: Viewer,
  groupSlug: string | null,
  ids: string[],
): Promise<store.AnnotationRow[]> {
  if (ids.length === 0) return [];
  const place = { ...(await scopeOf(viewer, groupSlug)), ids };
  return store.selectReadable(viewer, place, {}, { limit: ids.length, only: container.inCollection(viewer) });
}

async function scopeOf(viewer: Viewer, groupSlug: string | null): Promise<store.AnnotationScope> {
  return groupSlug === null ? {} : { groupId: (await resolveMembership(viewer, groupSlug)).groupId };
}

/**
 * The versions of an annotation, oldest first; the last is the present one. What staff has hidden is given to staff alone.
 * Empty for a tombstone. Throws not_found.
 */
export async function getHistory(viewer: Viewer, id: string): Promise<Version[]> {
  const row = await getAnnotationRow(viewer, id);
  if (!row.shown) return [];
  // A version from when it was more private than now is for its author alone.
  const all = canInGroup(roleIn(viewer, row.groupId), 'moderate');
  const earlier = (await versions.selectVersions(row.groupId, row.id, { all })).filter(
    (version) => row.authorId === viewer.id || !isNarrower(version.visibility, row.visibility),
  );
  const each = [
    ...earlier.map((old) => ({ ...old, written: old.writtenAt })),
    { ...row, written: row.modifiedAt, hidden: false, passages: null, regions: null },
  ];
  const html = await renderMarkdown(each.map(({ body }) => body));
  return each.map(
    ({ version, kind, body, tags, reading, visibility, written, hidden, passages, regions, ...old }, i) => ({
      ...{
        version,
        kind,
        body,
        html: html[i] ?? '',
        tags,
        reading,
        citation: citationOf(old),
        visibility,
        hidden,
      },
      written: written.toISOString(),
      passages: row.passagesShown ? earlierPassageSchema.array().parse(passages ?? []) : [],
      regions: row.passagesShown ? placedRegionSchema.array().parse(regions ?? []) : [],
    }),
  );
}
