import { recordActivity } from '@/lib/activity';
import { type Tx, transaction } from '@/lib/db';
import type { Viewer } from '@/lib/identity';
import { invalidFields } from '@/lib/kernel/errors';
import { canInGroup, canOnSite, roleIn } from '@/lib/policy';
import * as store from './store';

/** A group that reads an edition, and whether the viewer may take the edition off its list. */
export type ReadingGroup = { slug: string; name: string; canChange: boolean };

function canChangeList(viewer: Viewer, groupId: string): boolean {
  return canOnSite(viewer, 'manage-editions') || canInGroup(roleIn(viewer, groupId), 'settings');
}

/** The groups that have an edition on their reading list, by name: all for an administrator, else the viewer's own. */
export async function listReadingGroups(viewer: Viewer, edition: string): Promise<ReadingGroup[]> {
  const rows = await store.selectReadingGroups(edition);
  return rows
    .filter(({ id }) => canOnSite(viewer, 'manage-editions') || roleIn(viewer, id) !== null)
    .map(({ id, slug, name }) => ({ slug, name, canChange: canChangeList(viewer, id) }));
}

/**
 * Puts an edition, which the viewer manages, on the lists of these groups, at their ends, and takes it off those of the
 * others whose lists the viewer may change. Throws `invalid` with the pointer of a group that is not there for them.
 */
export function setReadingGroups(viewer: Viewer, edition: string, slugs: string[]): Promise<void> {
  return transaction(async (tx) => {
    const before = new Map(
      (await store.selectReadingGroups(edition, tx)).map((group) => [group.slug, group]),
    );
    const named = new Map((await store.selectGroupsBySlug(tx, slugs)).map((group) => [group.slug, group]));
    const errors = slugs.flatMap((slug, i) => {
      const group = named.get(slug);
      const stays = before.has(slug) && group && roleIn(viewer, group.id) !== null;
      if (group && (stays || canChangeList(viewer, group.id))) return [];
      return [
        { pointer: `/groups/${i}`, detail: 'There is no such group whose reading list you may change.' },
      ];
    });
    if (errors.length > 0) throw invalidFields(errors);
    const added = [...named.values()].filter(({ slug }) => !before.has(slug));
    const removed = [...before.values()].filter(
      ({ id, slug }) => !named.has(slug) && canChangeList(viewer, id),
    );
    await store.lockGroups(
      tx,
      [...added, ...removed].map(({ id }) => id),
    );
    await store.deleteFromLists(
      tx,
      removed.map(({ id }) => id),
      edition,
    );
    await store.appendToLists(
      tx,
      added.map(({ id }) => id),
      edition,
    );
    await recordChanges(
      tx,
      viewer,
      [...added, ...removed].map(({ id }) => id),
    );
  });
}

/** One event for each group, in one order for all writers. */
async function recordChanges(tx: Tx, viewer: Viewer, groupIds: string[]): Promise<void> {
  for (const groupId of groupIds.sort())
    await recordActivity(tx, { groupId, kind: 'group.updated', actorId: viewer.id });
}
