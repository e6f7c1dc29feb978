import { initialState, requireOpen } from '@/lib/assignment';
import type { Tx } from '@/lib/db';
import type { Viewer } from '@/lib/identity/schema';
import { AppError, invalidField } from '@/lib/kernel/errors';
import { requireRenderable } from '@/lib/markdown';
import {
  deleteTargets,
  insertedTargets,
  insertionsOf,
  type ResolvedTargets,
  resolveExternalTargets,
} from '@/lib/target';
import type { ExternalTarget } from '@/lib/target/schema';
import { type Change, modifyAnnotation } from './modify';
import { citationOf, presentAnnotation } from './present';
import { ceilingBelow, requireVisibility } from './reply-visibility';
import {
  type Annotation,
  type AnnotationChange,
  type ExternalOrigin,
  isNarrower,
  type Kind,
  misplacedPart,
  type NewReply,
  type Visibility,
} from './schema';
import * as store from './store';

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
  const row = await modifyAnnotation(viewer, id, modification, async (row) => {
    const { body = row.body, kind = row.kind, tags = row.tags, visibility = row.visibility } = change;
    if ((change.body ?? change.kind) !== undefined && kind !== 'highlight' && body.trim() === '')
      throw invalidField('body', 'Write something first.');
    const parts = partsAfter(row, change, kind);
    const { fields, ...edit } = await editOf(viewer, row, visibility);
    const wordsOf = ({
      body,
      kind,
      tags,
      ...row
    }: Pick<store.AnnotationRow, 'body' | 'kind' | 'tags'> & store.KindParts) =>
      JSON.stringify([body, kind, tags, row.reading, row.citation, row.citationAddress]);
    const isEdited = wordsOf({ body, kind, tags, ...parts }) !== wordsOf(row);
    const editedAt = isEdited ? new Date() : undefined;
    const words = { body, kind, tags, ...parts };
    return { ...edit, fields: { ...words, ...(editedAt && { editedAt }), ...fields }, earlier: {} };
  });
  return presentAnnotation(viewer, row);
}

/** What its kind asks of a gloss, after a change; what belongs to the kind before goes. Throws invalid on what belongs to neither. */
function partsAfter(row: store.AnnotationRow, change: AnnotationChange, kind: Kind): store.KindParts {
  const misplaced = misplacedPart({ ...change, kind: row.parentId === null ? kind : 'gloss' });
  if (misplaced) throw invalidField(misplaced.field, misplaced.detail);
  const citation = change.citation === undefined ? citationOf(row) : change.citation;
  return {
    reading: kind === 'variant' ? (change.reading === undefined ? row.reading : change.reading) : null,
    citation: kind === 'source' ? (citation?.text ?? null) : null,
    citationAddress: kind === 'source' ? (citation?.address ?? null) : null,
  };
}

/** A Web Annotation that replaces another; without `targets` it keeps those of the other. */
export type Replacement = ExternalOrigin &
  Pick<NewReply, 'body' | 'tags'> &
  store.KindParts & {
    visibility: Visibility;
    kind?: Kind;
    targets?: ExternalTarget[] | undefined;
  };

/**
 * Replaces an annotation wholly by its author; the version before is kept, with its targets. Returns its row.
 * Throws as `updateAnnotation`, and invalid where a target names no section of ours.
 */
export async function replaceAnnotation(
  viewer: Viewer,
  id: string,
  { targets, ...content }: Replacement,
  version: number | 'any',
): Promise<store.AnnotationRow> {
  await requireRenderable(content.body);
  let resolved: ResolvedTargets | undefined;
  // After a publication they are resolved again.
  const findRevisions = async () => {
    resolved = targets && (await resolveExternalTargets(viewer, targets));
    return resolved?.foundIn ?? new Map<string, number>();
  };
  const modification = { ability: 'edit', kind: 'annotation.changed', version, findRevisions } as const;
  return modifyAnnotation(viewer, id, modification, async (row) => {
    const { fields: decided, ...edit } = await editOf(viewer, row, content.visibility);
    const fields = { kind: row.kind, editedAt: new Date(), ...content, ...decided };
    if (!resolved) return { ...edit, fields, earlier: {} };
    const { edition, section, revision } = resolved;
    return { ...edit, ...moveOf(row, resolved, edit), fields: { ...fields, edition, section, revision } };
  });
}

/** What moves an annotation to other targets, with the replies of its thread, beside the rest of an edit. */
function moveOf(
  row: store.AnnotationRow,
  targets: ResolvedTargets,
  { whileLocked }: Pick<Change, 'whileLocked'>,
): Omit<Change, 'fields'> {
  const { passages, regions } = targets;
  return {
    earlier: {
      passages: row.passages.map((passage, position) => ({ position, ...passage })),
      regions: row.regions,
    },
    parts: insertionsOf([{ id: row.id, passages, regions }]),
    after: insertedTargets(targets),
    whileLocked: async (tx) => {
      await whileLocked?.(tx);
      await deleteTargets(tx, row);
      await store.moveReplies(tx, row, targets);
    },
  };
}

/**
 * The state of an annotation after an edit by its author, and its visibility. In a premoderated assignment what others see
 * waits for staff once more, and so does what staff has sent back. Throws conflict where its assignment is not open, or it would be shown to fewer people
 * than its answers, and invalid where it would be shown to more than it may.
 */
async function editOf(
  viewer: Viewer,
  row: store.AnnotationFactsRow,
  visibility: Visibility,
): Promise<Change> {
  const { groupId, parentId, rules } = row;
  if (rules) requireOpen(viewer, rules);
  const isReviewed = initialState(viewer, groupId, rules, visibility) === 'pending';
  // What was sent back comes again, unless its author keeps it to themselves.
  const comesAgain = row.returned && visibility !== 'private';
  const isHeld = (isReviewed && row.state === 'published') || row.state === 'denied';
  const state = isHeld && (isReviewed || comesAgain) ? 'pending' : row.state;
  const fields = { visibility, state, ...(comesAgain && { returned: false }) };
  if (visibility === row.visibility) return { fields };
  const above = parentId === null ? [] : await store.selectAbove(groupId, parentId);
  const { ceiling, depends } = ceilingBelow(above);
  requireVisibility(visibility, { isReply: parentId !== null, ceiling });
  if (!isNarrower(visibility, row.visibility)) return { fields, depends };
  return { fields, depends, whileLocked: (tx) => requireUnanswered(tx, viewer, row, visibility) };
}

/** An annotation that was answered is not shown to fewer people, since that would hide the answers too. */
async function requireUnanswered(
  tx: Tx,
  viewer: Viewer,
  row: store.AnnotationRow,
  visibility: Visibility,
): Promise<void> {
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
  const row = await modifyAnnotation(viewer, id, modification, ({ state }) => ({
    fields: { state: 'deleted', deletedFrom: state },
  }));
  return presentAnnotation(viewer, row);
}
