import { initialState, requireOpenThread } from '@/lib/assignment';
import type { Tx } from '@/lib/db';
import type { Viewer } from '@/lib/identity/schema';
import { AppError } from '@/lib/kernel/errors';
import { requireRenderable } from '@/lib/markdown';
import { lockRevisions, type ResolvedTargets, replaceTargets, resolveExternalTargets } from '@/lib/target';
import type { ExternalTarget } from '@/lib/target/schema';
import { modifyAnnotation } from './modify';
import { getAnnotation } from './read';
import { replyCeiling, requireVisibility } from './reply-visibility';
import {
  type Annotation,
  type AnnotationChange,
  type ExternalOrigin,
  isNarrower,
  type Kind,
  type NewReply,
  type State,
  type Visibility,
} from './schema';
import * as store from './store';
import * as versions from './versions/store';

/**
 * Changes an annotation by its author; the version before is kept. `version` is the one that the change was made on.
 * Throws not_found, forbidden, locked, stale, conflict (shown to fewer people after others answered).
 */
export async function updateAnnotation(
  viewer: Viewer,
  id: string,
  change: AnnotationChange,
  version: number | 'any',
): Promise<Annotation> {
  if (change.body !== undefined) await requireRenderable(change.body);
  const modification = { ability: 'edit', kind: 'annotation.changed', version } as const;
  await modifyAnnotation(viewer, id, modification, async (tx, row) => {
    const { body = row.body, kind = row.kind, tags = row.tags, visibility = row.visibility } = change;
    const state = await stateAfterEdit(tx, viewer, row, change.visibility);
    await versions.insertVersion(tx, row, { received: row.received });
    return { body, kind, tags, visibility, state };
  });
  return getAnnotation(viewer, id);
}

/** A Web Annotation that replaces another; without `targets` it keeps those of the other. */
export type Replacement = ExternalOrigin &
  Pick<NewReply, 'body' | 'tags'> & {
    visibility: Visibility;
    kind?: Kind;
    targets?: ExternalTarget[] | undefined;
  };

/**
 * Replaces an annotation wholly by its author; the version before is kept, with its targets.
 * Throws as `updateAnnotation`, and invalid where a target names no section of ours.
 */
export async function replaceAnnotation(
  viewer: Viewer,
  id: string,
  { targets, ...fields }: Replacement,
  version: number | 'any',
): Promise<void> {
  await requireRenderable(fields.body);
  for (;;) {
    const resolved = targets && (await resolveExternalTargets(viewer, targets));
    try {
      return await replace(viewer, id, fields, resolved, version);
    } catch (error) {
      if (!(error instanceof RevisionChanged)) throw error;
    }
  }
}

async function replace(
  viewer: Viewer,
  id: string,
  fields: Omit<Replacement, 'targets'>,
  targets: ResolvedTargets | undefined,
  version: number | 'any',
): Promise<void> {
  const before = async (tx: Tx) => {
    if (targets && !(await lockRevisions(tx, targets))) throw new RevisionChanged();
  };
  const modification = { ability: 'edit', kind: 'annotation.changed', version, before } as const;
  await modifyAnnotation(viewer, id, modification, async (tx, row) => {
    const state = await stateAfterEdit(tx, viewer, row, fields.visibility);
    const passages = row.passages.map((passage, position) => ({ position, ...passage }));
    const earlier = targets && { passages, regions: row.regions };
    await versions.insertVersion(tx, row, { received: row.received, ...earlier });
    if (!targets) return { ...fields, state };
    const { edition, section, revision } = targets;
    await replaceTargets(tx, row, targets);
    await store.moveReplies(tx, row, { edition, section });
    return { ...fields, state, edition, section, revision };
  });
}

/** A revision was published after targets were resolved: they have to be resolved again. */
class RevisionChanged extends Error {}

/**
 * The state of an annotation after an edit by its author. In a premoderated assignment what others see waits for staff
 * once more. Throws conflict where its assignment is not open, or it would be shown to fewer people than its answers,
 * and invalid where it would be shown to more than it may.
 */
async function stateAfterEdit(
  tx: Tx,
  viewer: Viewer,
  row: store.AnnotationRow,
  visibility: Visibility = row.visibility,
): Promise<State> {
  const assignment = await requireOpenThread(viewer, tx, row);
  if (visibility !== row.visibility) await requireVisibilityChange(tx, viewer, row, visibility);
  const isReviewed = initialState(viewer, row.groupId, assignment, visibility) === 'pending';
  return isReviewed && (row.state === 'published' || row.state === 'denied') ? 'pending' : row.state;
}

/** An annotation that was answered is not shown to fewer people, since that would hide the answers too. */
async function requireVisibilityChange(
  tx: Tx,
  viewer: Viewer,
  row: store.AnnotationRow,
  visibility: Visibility,
): Promise<void> {
  const parent = row.parentId === null ? null : await store.findVisibility(tx, row.groupId, row.parentId);
  const ceiling = parent === null ? 'group' : await replyCeiling(tx, parent);
  requireVisibility(visibility, { isReply: row.parentId !== null, ceiling });
  if (!isNarrower(visibility, row.visibility)) return;
  const isAnswered =
    row.parentId === null
      ? await store.hasAnswersOfOthers(tx, viewer, row)
      : await store.hasWiderAnswers(tx, viewer, row, visibility);
  if (isAnswered) {
    throw new AppError('conflict', 'Others have answered: this can no longer be shown to fewer people.');
  }
}

/** Deletes an annotation by its author: a tombstone stays in its thread. Throws as `updateAnnotation`. */
export async function deleteAnnotation(
  viewer: Viewer,
  id: string,
  version: number | 'any',
): Promise<Annotation> {
  const modification = { ability: 'delete', kind: 'annotation.deleted', version } as const;
  await modifyAnnotation(viewer, id, modification, async (_, row) => ({
    state: 'deleted',
    deletedFrom: row.state,
  }));
  return getAnnotation(viewer, id);
}
