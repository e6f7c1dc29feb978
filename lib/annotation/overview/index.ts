import { resolveMembership, resolveReader } from '@/lib/group';
import { requireSignedIn } from '@/lib/identity';
import type { Viewer } from '@/lib/identity/schema';
import { sliceCodePoints } from '@/lib/kernel/code-points';
import { type ListPage, toListPage } from '@/lib/kernel/list-page';
import { inCollection } from '../collection/store';
import { presentAnnotations } from '../present';
import type { Annotation, AnnotationFilter, OwnFilter, PageRequest } from '../schema';
import { type AnnotationRow, selectReadable } from '../store';
import {
  countBySection,
  countOpenQuestions,
  type GroupActivity,
  isOpenQuestion,
  type SectionNotes,
  selectGroupActivity,
} from './store';

export type { SectionNotes } from './store';

/** An annotation with the words that its thread is on; null for a whole section or an image. */
export type PassageAnnotation = { annotation: Annotation; passage: string | null };

const WEEK = 7 * 86_400_000;

/** What was written in the viewer's own groups in the last seven days, by the group's slug. */
export async function listGroupActivity(
  viewer: Viewer,
): Promise<Map<string, Pick<GroupActivity, 'notes' | 'latest'>>> {
  const slugs = new Map(viewer.memberships.map(({ groupId, slug }) => [groupId, slug]));
  const rows = await selectGroupActivity(viewer, [...slugs.keys()], new Date(Date.now() - WEEK));
  return new Map(rows.map(({ groupId, ...activity }) => [slugs.get(groupId) ?? '', activity]));
}

/** The notes and replies of each section of a group. Throws `not_found`. */
export async function listSectionNotes(viewer: Viewer, groupSlug: string): Promise<SectionNotes[]> {
  const { groupId } = await resolveMembership(viewer, groupSlug);
  return countBySection(viewer, groupId);
}

/** The questions of a group that nobody has answered: how many, and the newest `limit`. Throws `not_found`. */
export async function listOpenQuestions(
  viewer: Viewer,
  groupSlug: string,
  limit: number,
): Promise<{ count: number; newest: Annotation[] }> {
  const { groupId } = await resolveMembership(viewer, groupSlug);
  const [count, rows] = await Promise.all([
    countOpenQuestions(viewer, groupId),
    selectReadable(viewer, { groupId }, {}, { limit, only: isOpenQuestion(viewer), newestFirst: true }),
  ]);
  return { count, newest: await presentAnnotations(viewer, rows) };
}

/** The viewer's own questions that nobody has answered, in all groups, newest first, `limit` at most. */
export async function listOwnOpenQuestions(viewer: Viewer, limit: number): Promise<Annotation[]> {
  if (viewer.id === null) return [];
  const rows = await selectReadable(
    viewer,
    {},
    { author: viewer.id },
    { limit, only: isOpenQuestion(viewer), newestFirst: true },
  );
  return presentAnnotations(viewer, rows);
}

/**
 * The newest notes and replies of a group, newest first, without tombstones, each with the words that its thread is on
 * (null for a whole section or an image); with `unread` those that are new to the viewer. Throws `not_found`.
 */
export async function listLatest(
  viewer: Viewer,
  groupSlug: string,
  limit: number,
  filter: Pick<AnnotationFilter, 'unread'> = {},
): Promise<PassageAnnotation[]> {
  const { groupId } = await resolveMembership(viewer, groupSlug);
  const only = inCollection(viewer);
  const rows = await selectReadable(viewer, { groupId }, filter, { limit, only, newestFirst: true });
  return withPassages(viewer, groupId, rows);
}

/**
 * What a person wrote in a group, in order of writing, of what the viewer may see, without what was deleted; each with
 * the words that its thread is on. Throws `not_found`.
 */
export async function listByAuthor(
  viewer: Viewer,
  groupSlug: string,
  author: string,
  { limit, cursor }: PageRequest,
): Promise<ListPage<PassageAnnotation>> {
  const { groupId } = await resolveMembership(viewer, groupSlug);
  const window = { limit: limit + 1, cursor, only: inCollection(viewer) };
  const { items, next } = toListPage(await selectReadable(viewer, { groupId }, { author }, window), limit);
  return { items: await withPassages(viewer, groupId, items), next };
}

/**
 * What the viewer has written, in one group or in all, newest first, without what they deleted; each with the words that
 * its thread is on. Throws `unauthenticated`, `not_found` for a group that they were never in.
 */
export async function listOwn(
  viewer: Viewer,
  { group, ...filter }: OwnFilter,
  { limit, cursor }: PageRequest,
): Promise<ListPage<PassageAnnotation>> {
  const { id: author } = requireSignedIn(viewer);
  const place = group === undefined ? {} : { groupId: (await resolveReader(viewer, group)).groupId };
  const window = { limit: limit + 1, cursor, only: inCollection(viewer), newestFirst: true };
  const rows = await selectReadable(viewer, place, { ...filter, author }, window);
  const { items, next } = toListPage(rows, limit);
  return { items: await withPassages(viewer, null, items), next };
}

/**
 * The notes and replies that have these words, or stand on them, in one group or in all that the viewer may see, newest
 * first, without tombstones. Throws `not_found`.
 */
export async function searchAnnotations(
  viewer: Viewer,
  { words, group }: { words: string; group?: string | undefined },
  { limit, cursor }: PageRequest,
): Promise<ListPage<PassageAnnotation>> {
  const place = group === undefined ? {} : { groupId: (await resolveMembership(viewer, group)).groupId };
  const window = { limit: limit + 1, cursor, only: inCollection(viewer), newestFirst: true };
  const { items, next } = toListPage(await selectReadable(viewer, place, { q: words }, window), limit);
  return { items: await withPassages(viewer, null, items), next };
}

/** The annotations with these ids that the viewer may see, of any group, each with the words that its thread is on; by id. */
export async function listWithPassages(
  viewer: Viewer,
  ids: string[],
): Promise<Map<string, PassageAnnotation>> {
  if (ids.length === 0) return new Map();
  const rows = await selectReadable(viewer, { ids }, {}, { limit: ids.length, only: inCollection(viewer) });
  const found = await withPassages(viewer, null, rows);
  return new Map(found.map((each) => [each.annotation.id, each]));
}

async function withPassages(
  viewer: Viewer,
  groupId: string | null,
  rows: AnnotationRow[],
): Promise<PassageAnnotation[]> {
  const roots = [...new Set(rows.map(({ rootId }) => rootId))];
  const place = { ...(groupId !== null && { groupId }), ids: roots };
  const found = await selectReadable(viewer, place, {}, { limit: roots.length });
  const passages = new Map((await presentAnnotations(viewer, found)).map(({ id, exact }) => [id, exact]));
  const annotations = await presentAnnotations(viewer, rows);
  return annotations.map((annotation) => ({
    annotation,
    passage: passages.get(annotation.root) ?? null,
  }));
}

/**
 * Whose these annotations of a group are, and their first words, `length` code points at most; of those that the viewer
 * may see, by id. Throws `not_found`.
 */
export async function describeAnnotations(
  viewer: Viewer,
  groupSlug: string,
  ids: string[],
  length: number,
): Promise<Map<string, { author: string; words: string }>> {
  const { groupId } = await resolveMembership(viewer, groupSlug);
  const wanted = [...new Set(ids)];
  const rows = await selectReadable(viewer, { groupId, ids: wanted }, {}, { limit: wanted.length });
  return new Map(
    rows.map(({ id, authorName, body }) => {
      const words = sliceCodePoints(body, 0, length);
      return [id, { author: authorName, words: words.length < body.length ? `${words}…` : words }];
    }),
  );
}
