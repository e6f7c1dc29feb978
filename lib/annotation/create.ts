import { recordActivity } from '@/lib/activity';
import { transaction } from '@/lib/db';
import { requireGroupAction, resolveMembership } from '@/lib/group';
import { requireWriteScope } from '@/lib/identity';
import type { Viewer } from '@/lib/identity/schema';
import { AppError, invalidField } from '@/lib/kernel/errors';
import { newId } from '@/lib/kernel/ids';
import { requireRenderable } from '@/lib/markdown';
import { canInGroup, type Role } from '@/lib/policy';
import { getAnnotation } from './read';
import {
  lockRevisions,
  type ResolvedTargets,
  resolveExternalTargets,
  resolveOwnTargets,
} from './resolve-targets';
import type { Annotation, ExternalOrigin, ExternalTarget, NewGloss, NewReply, State } from './schema';
import * as store from './store';
import { lockForAction, requireAbility } from './update';

/** A gloss from elsewhere, with the targets of its own. */
export type ExternalGloss = Pick<NewGloss, 'body' | 'kind' | 'tags' | 'visibility'> & {
  places: ExternalTarget[];
} & ExternalOrigin;

/**
 * Writes a gloss on a passage, on several, on a part of a page image, or on the whole section where the input names
 * none.
 * Throws not_found (group), forbidden (a reader), invalid (an edition, section, passage or region that is not there).
 */
export function createGloss(viewer: Viewer, groupSlug: string, input: NewGloss): Promise<Annotation> {
  const { body, kind, tags, visibility, assignment } = input;
  const said = { body, kind, tags, visibility, assignment };
  return insertGloss(viewer, groupSlug, said, () => resolveOwnTargets(input));
}

/**
 * Keeps a Web Annotation from elsewhere as a gloss: what its selectors do not lead to is orphaned instead of being
 * refused. Throws as `createGloss`.
 */
export function createExternalGloss(
  viewer: Viewer,
  groupSlug: string,
  { places, ...input }: ExternalGloss,
): Promise<Annotation> {
  return insertGloss(viewer, groupSlug, input, () => resolveExternalTargets(places));
}

type GlossFields = Pick<NewGloss, 'body' | 'kind' | 'tags' | 'visibility' | 'assignment'> &
  Partial<ExternalOrigin>;

async function insertGloss(
  viewer: Viewer,
  groupSlug: string,
  { assignment: assignmentId = null, ...said }: GlossFields,
  place: () => Promise<ResolvedTargets>,
): Promise<Annotation> {
  const membership = await resolveMembership(viewer, groupSlug);
  const { groupId, role } = membership;
  const { id: authorId } = requireWriteScope(viewer);
  requireGroupAction(membership, 'write');
  await requireRenderable(said.body);
  const id = newId();
  let stored = false;
  // A revision that is published in between is met by finding the passages again in its text.
  while (!stored) {
    const placing = await place();
    const { edition, section, revision } = placing;
    const premoderated = await requireOpenAssignment(groupId, { edition, section, assignment: assignmentId });
    const state = initialState(premoderated, role, said);
    stored = await transaction(async (tx) => {
      if (!(await lockRevisions(tx, placing))) return false;
      const fields = { edition, section, revision, assignmentId, state, ...said };
      await store.insertAnnotation(tx, { groupId, id, rootId: id, authorId, ...fields }, placing);
      await recordActivity(tx, { groupId, kind: 'annotation.created', annotationId: id, actorId: authorId });
      return true;
    });
  }
  return getAnnotation(viewer, id);
}

/** Writes a reply under `parent`: what lib/thread is made of. Returns its id. */
export async function insertReply(
  viewer: Viewer,
  parentId: string,
  input: NewReply & Partial<ExternalOrigin>,
): Promise<string> {
  await requireRenderable(input.body);
  const id = newId();
  await transaction(async (tx) => {
    const { row: parent, actorId: authorId, facts } = await lockForAction(tx, viewer, parentId);
    requireAbility(viewer, parent, 'reply');
    const { groupId, rootId, edition, section, assignmentId } = parent;
    const assignment = assignmentId && (await store.findAssignment(groupId, assignmentId, tx));
    await store.insertAnnotation(tx, {
      ...{ groupId, id, rootId, parentId, authorId, edition, section, assignmentId, ...input },
      state: initialState(assignment ? assignment.premoderated : false, facts.role, input),
    });
    await recordActivity(tx, { groupId, kind: 'annotation.created', annotationId: id, actorId: authorId });
  });
  return id;
}

/** What others may see is looked at first where the assignment says so; staff is trusted. */
function initialState(
  premoderated: boolean,
  role: Role | null,
  { visibility }: Pick<NewReply, 'visibility'>,
): State {
  return premoderated && !canInGroup(role, 'moderate') && visibility !== 'private' ? 'pending' : 'published';
}

/** Checks that an assignment takes this gloss; returns whether it is moderated before it is shown. */
async function requireOpenAssignment(
  groupId: string,
  input: Pick<ResolvedTargets, 'edition' | 'section'> & Pick<NewGloss, 'assignment'>,
): Promise<boolean> {
  if (!input.assignment) return false;
  const assignment = await store.findAssignment(groupId, input.assignment);
  if (!assignment) throw invalidField('assignment', 'There is no such assignment in this group.');
  if (assignment.edition !== input.edition || !assignment.sections.includes(input.section)) {
    throw invalidField('assignment', 'This section is not part of the assignment.');
  }
  if (assignment.closed) throw new AppError('locked', 'This assignment is closed.');
  return assignment.premoderated;
}
