import type { Tx } from '@/lib/db';
import { requireGroupAction } from '@/lib/group';
import type { Viewer } from '@/lib/identity/schema';
import { roleIn } from '@/lib/policy';
import * as store from './store';

/**
 * Inserts the annotations of an import into a group. Roots come first, and every reply after the annotation that it
 * answers. Throws forbidden where `viewer` may not import into the group.
 */
export async function importAnnotations(
  viewer: Viewer,
  tx: Tx,
  target: { groupId: string; importId: string },
  annotations: store.ImportedAnnotation[],
): Promise<void> {
  requireImporter(viewer, target.groupId);
  await store.insertImportedAnnotations(tx, target, annotations);
}

/**
 * The annotations of a group that have one of these ids, or one of these IRIs elsewhere, whoever may see them: an import
 * leaves them out. Throws forbidden where `viewer` may not import into the group.
 */
export async function listKnownAnnotations(
  viewer: Viewer,
  groupId: string,
  ids: string[],
  iris: string[],
  tx?: Tx,
): Promise<store.KnownAnnotation[]> {
  requireImporter(viewer, groupId);
  return store.selectKnownAnnotations(groupId, ids, iris, tx);
}

/**
 * Undoes an import; see the store for what stays. Returns how many annotations were removed, and how many are
 * tombstones. Throws forbidden where `viewer` may not import into the group.
 */
export async function undoImportedAnnotations(
  viewer: Viewer,
  tx: Tx,
  groupId: string,
  importId: string,
): Promise<{ removed: number; kept: number }> {
  requireImporter(viewer, groupId);
  return store.removeImportedAnnotations(tx, groupId, importId);
}

function requireImporter(viewer: Viewer, groupId: string): void {
  requireGroupAction({ role: roleIn(viewer, groupId) }, 'import');
}
