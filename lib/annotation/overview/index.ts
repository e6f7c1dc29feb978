import { resolveMembership } from '@/lib/group';
import type { Viewer } from '@/lib/identity/schema';
import { presentAnnotations } from '../present';
import type { Annotation } from '../schema';
import { selectReadable } from '../store';
import {
  countBySection,
  countOpenQuestions,
  type GroupActivity,
  isOpenQuestion,
  type SectionNotes,
  selectGroupActivity,
} from './store';

export type { SectionNotes } from './store';

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
