import type { Tx } from '@/lib/db';
import { requireSignedIn, type Viewer } from '@/lib/identity';
import { AppError, notFound } from '@/lib/kernel/errors';
import { canInGroup } from '@/lib/policy';
import * as store from './store';

/** The refusal of an action to a viewer who may know of the group. */
export function forbiddenByRole(): AppError {
  return new AppError('forbidden', 'Your role in this group does not allow this.');
}

/** Locks a group for its viewer. Throws `not_found` where they may not know of it, or their token is for another. */
export async function lockGroupOf(tx: Tx, slug: string, viewer: Viewer) {
  const group = await store.lockGroup(tx, slug, requireSignedIn(viewer).id);
  if (!group || !canInGroup(group.role, 'read', group)) throw notFound();
  if (viewer.only !== null && viewer.only !== group.id) throw notFound();
  return group;
}
