import { getAnnotationRow } from '@/lib/annotation';
import { resolveMembership } from '@/lib/group';
import { requireWriteScope } from '@/lib/identity';
import type { Viewer } from '@/lib/identity/schema';
import { AppError, notFound } from '@/lib/kernel/errors';
import { canInGroup, roleIn } from '@/lib/policy';
import type { WatchInput } from '../schema';
import * as store from './store';

/** Whether the viewer is told of what is new in the thread of an annotation. Throws not_found, unauthenticated. */
export async function isWatchingThread(viewer: Viewer, id: string): Promise<boolean> {
  const { groupId, rootId, userId } = await resolveThread(viewer, id);
  return store.isWatching(groupId, userId, rootId);
}

/** Begins or ends to watch the thread of an annotation. Throws not_found, unauthenticated, forbidden for a read token. */
export async function watchThread(viewer: Viewer, id: string, watching: boolean): Promise<void> {
  const { groupId, rootId, userId } = await resolveThread(viewer, id);
  await store.upsertWatch(groupId, userId, `thread:${rootId}`, watching);
}

async function resolveThread(viewer: Viewer, id: string) {
  const { id: userId } = requireWriteScope(viewer);
  const { groupId, rootId } = await getAnnotationRow(viewer, id);
  if (!canInGroup(roleIn(viewer, groupId), 'members')) throw notMember();
  return { userId, groupId, rootId };
}

/**
 * Begins or ends to watch a section, or a member's questions, which is for staff. Throws not_found where the viewer may not
 * know of the group, and forbidden.
 */
export async function setWatching(
  viewer: Viewer,
  slug: string,
  subject: WatchInput,
  watching: boolean,
): Promise<void> {
  const { id: userId } = requireWriteScope(viewer);
  const { groupId, role, member } = await resolveMembership(viewer, slug);
  if (!member) throw notMember();
  const isPerson = 'person' in subject;
  if (isPerson && !canInGroup(role, 'emails'))
    throw new AppError('forbidden', 'Only the staff of this group may do this.');
  const name = isPerson ? `person:${subject.person}` : `section:${subject.edition}/${subject.section}`;
  await store.upsertWatch(groupId, userId, name, watching);
}

/** What the viewer watches in a group beside threads: sections, and members' questions. Throws not_found. */
export async function listWatched(viewer: Viewer, slug: string): Promise<WatchInput[]> {
  const { groupId, member } = await resolveMembership(viewer, slug);
  if (!member || viewer.id === null) throw notFound();
  return (await store.selectWatched(groupId, viewer.id)).map((subject) => {
    const [, kind, name = ''] = /^(\w+):(.*)$/s.exec(subject) ?? [];
    if (kind === 'person') return { person: name };
    const slash = name.indexOf('/');
    return { edition: name.slice(0, slash), section: name.slice(slash + 1) };
  });
}

const notMember = () => new AppError('forbidden', 'Only members of this group may do this.');
