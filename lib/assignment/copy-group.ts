import { createGroupLike } from '@/lib/group';
import type { Group } from '@/lib/group/schema';
import type { Viewer } from '@/lib/identity/schema';
import { type GroupCopyInput, groupCopyInputSchema } from './schema';
import * as store from './store';

/**
 * Makes a group like another for the next term: with its settings, reading list and assignments, without members, notes
 * and closings by hand. Throws as `createGroupLike`.
 */
export function copyGroup(viewer: Viewer, slug: string, input: GroupCopyInput): Promise<Group> {
  const { shift, ...fields } = groupCopyInputSchema.parse(input);
  return createGroupLike(viewer, slug, fields, (tx, from, to) =>
    store.copyAssignments(tx, { from, to, shift: shift ?? null }),
  );
}
