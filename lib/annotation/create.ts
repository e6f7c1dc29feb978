import { recordActivity } from '@/lib/activity';
import { initialState, requireOpenAssignment } from '@/lib/assignment';
import { transaction } from '@/lib/db';
import { requireGroupAction, resolveMembership } from '@/lib/group';
import { requireWriteScope } from '@/lib/identity';
import type { Viewer } from '@/lib/identity/schema';
import { newId } from '@/lib/kernel/ids';
import { requireRenderable } from '@/lib/markdown';
import {
  insertTargets,
  lockRevisions,
  type ResolvedTargets,
  resolveExternalTargets,
  resolveOwnTargets,
} from '@/lib/target';
import type { ExternalTarget } from '@/lib/target/schema';
import { getAnnotation } from './read';
import { requireVisibility } from './reply-visibility';
import type { Annotation, ExternalOrigin, NewGloss } from './schema';
import * as store from './store';

/** A gloss from elsewhere, with its own targets. */
export type ExternalGloss = Pick<NewGloss, 'body' | 'kind' | 'tags' | 'visibility'> & {
  targets: ExternalTarget[];
} & ExternalOrigin;

/**
 * Writes a gloss on a passage, on several, on a part of a page image, or on the whole section where the input names
 * none.
 * `attempt` is the id that every attempt at this write has: what an earlier one has written is the answer.
 * Throws not_found (group), forbidden (a reader), invalid (an edition, section, passage or region that is not there).
 */
export function createGloss(
  viewer: Viewer,
  groupSlug: string,
  input: NewGloss,
  attempt?: string,
): Promise<Annotation> {
  const { body, kind, tags, visibility, assignment } = input;
  const fields = { body, kind, tags, visibility, assignment };
  return insertGloss(viewer, groupSlug, fields, () => resolveOwnTargets(viewer, input), attempt);
}

/**
 * Keeps a Web Annotation from elsewhere as a gloss; a target whose selectors lead nowhere becomes an orphan instead of
 * being refused. Throws as `createGloss`.
 */
export function createExternalGloss(
  viewer: Viewer,
  groupSlug: string,
  { targets, ...fields }: ExternalGloss,
  attempt?: string,
): Promise<Annotation> {
  return insertGloss(viewer, groupSlug, fields, () => resolveExternalTargets(viewer, targets), attempt);
}

type GlossFields = Pick<NewGloss, 'body' | 'kind' | 'tags' | 'visibility' | 'assignment'> &
  Partial<ExternalOrigin>;

async function insertGloss(
  viewer: Viewer,
  groupSlug: string,
  { assignment: assignmentId = null, ...fields }: GlossFields,
  resolveTargets: () => Promise<ResolvedTargets>,
  attempt?: string,
): Promise<Annotation> {
  const membership = await resolveMembership(viewer, groupSlug);
  const { groupId } = membership;
  const { id: authorId } = requireWriteScope(viewer);
  requireGroupAction(membership, 'write');
  requireVisibility(fields.visibility, { isReply: false, ceiling: 'group' });
  await requireRenderable(fields.body);
  const id = attempt ?? newId();
  let isStored = false;
  // If a revision is published meanwhile, resolve the targets again against the new text.
  while (!isStored) {
    const targets = await resolveTargets();
    const { edition, section, revision } = targets;
    const assignment = await requireOpenAssignment(viewer, { groupId, assignmentId, edition, section });
    const state = initialState(viewer, groupId, assignment, fields.visibility);
    isStored = await transaction(async (tx) => {
      if (attempt && (await store.isWritten(tx, groupId, attempt))) return true;
      if (!(await lockRevisions(tx, targets))) return false;
      const key = { groupId, id, rootId: id, authorId, edition, section, revision, assignmentId };
      await store.insertAnnotation(tx, { ...key, state, ...fields });
      await insertTargets(tx, { groupId, id }, targets);
      await recordActivity(tx, { groupId, kind: 'annotation.created', annotationId: id, actorId: authorId });
      return true;
    });
  }
  return getAnnotation(viewer, id);
}
