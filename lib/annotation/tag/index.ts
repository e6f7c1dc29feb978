import { wakeAfterWrite } from '@/lib/activity';
import { transaction } from '@/lib/db';
import { findTagSet, replaceTagInSet, requireGroupAction, resolveMembership } from '@/lib/group';
import { requireModerateScope } from '@/lib/identity';
import type { Viewer } from '@/lib/identity/schema';
import type { GroupTag, TagRename } from '../schema';
import * as store from './store';

/** Tags in one answer, at most: those that are most in use. */
const MOST_TAGS = 1_000;

/**
 * The tags of a group: first those that staff offers, in its order, then the others in use, the most used first; each with the
 * number of notes with it whose words the viewer is shown. Throws `not_found`.
 */
export async function listTags(viewer: Viewer, groupSlug: string): Promise<GroupTag[]> {
  const { groupId } = await resolveMembership(viewer, groupSlug);
  const [set, used] = await Promise.all([findTagSet(groupId), store.countTags(viewer, groupId, MOST_TAGS)]);
  const counts = new Map(used.map(({ tag, count }) => [tag, count]));
  const offered = new Set(set);
  return [
    ...set.map((tag) => ({ tag, count: counts.get(tag) ?? 0, offered: true })),
    ...used.filter(({ tag }) => !offered.has(tag)).map((row) => ({ ...row, offered: false })),
  ];
}

/**
 * Gives tags another name, or makes several one, in all notes of a group that the viewer, who is staff, may see, and in the
 * set that staff offers. What somebody keeps private stays as it is. Gives the number of notes. Throws `not_found`,
 * `forbidden`, `muted`, `conflict` where the group is archived.
 */
export async function renameTags(
  viewer: Viewer,
  groupSlug: string,
  { from, to }: TagRename,
): Promise<number> {
  const { id: actorId } = requireModerateScope(viewer);
  const membership = await resolveMembership(viewer, groupSlug);
  requireGroupAction(membership, 'assign');
  requireGroupAction(membership, 'write');
  const { groupId } = membership;
  return transaction(async (tx) => {
    const others = from.filter((tag) => tag !== to);
    const changed = await store.renameTags(tx, viewer, groupId, { from: others, to, actorId });
    await replaceTagInSet(tx, groupId, { from: others, to });
    if (changed > 0) wakeAfterWrite(groupId, tx);
    return changed;
  });
}
