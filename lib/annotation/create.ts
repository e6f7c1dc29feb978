import { initialState, requireOpenAssignment } from '@/lib/assignment';
import { requireGroupAction, resolveMembership } from '@/lib/group';
import { requireWriteScope } from '@/lib/identity';
import type { Viewer } from '@/lib/identity/schema';
import { newId } from '@/lib/kernel/ids';
import { requireRenderable } from '@/lib/markdown';
import { type ResolvedTargets, resolveExternalTargets, resolveOwnTargets } from '@/lib/target';
import type { ExternalTarget } from '@/lib/target/schema';
import { presentAnnotation } from './present';
import { getAnnotationRow } from './read';
import { requireVisibility } from './reply-visibility';
import type { Annotation, ExternalOrigin, NewGloss } from './schema';
import { type AnnotationRow, isWritten, type KindParts } from './store';
import { newRow } from './write/new-row';
import { insertAnnotation, type NewAnnotation } from './write/store';

/** A gloss from elsewhere, with its own targets. */
export type ExternalGloss = Pick<NewGloss, 'body' | 'kind' | 'tags' | 'visibility'> & {
  targets: ExternalTarget[];
} & KindParts &
  ExternalOrigin;

/**
 * Writes a gloss on a passage, on several, on a part of a page image, or on the whole section where the input names
 * none.
 * `attempt` is the id that every attempt at this write has: what an earlier one has written is the answer.
 * Throws not_found (group), forbidden (a reader), invalid (an edition, section, passage or region that is not there).
 */
export async function createGloss(
  viewer: Viewer,
  groupSlug: string,
  input: NewGloss,
  attempt?: string,
): Promise<Annotation> {
  const { body, kind, tags, visibility, assignment, reading = null, citation } = input;
  const cited = { citation: citation?.text ?? null, citationAddress: citation?.address ?? null };
  const fields = { body, kind, tags, visibility, assignment, reading, ...cited };
  const resolve = () => resolveOwnTargets(viewer, input);
  return presentAnnotation(viewer, await insertGloss(viewer, groupSlug, fields, resolve, attempt));
}

/**
 * Keeps a Web Annotation from elsewhere as a gloss; a target whose selectors lead nowhere becomes an orphan instead of
 * being refused. Returns its row. Throws as `createGloss`.
 */
export function createExternalGloss(
  viewer: Viewer,
  groupSlug: string,
  { targets, ...fields }: ExternalGloss,
  attempt?: string,
): Promise<AnnotationRow> {
  return insertGloss(viewer, groupSlug, fields, () => resolveExternalTargets(viewer, targets), attempt);
}

type GlossFields = Pick<NewGloss, 'body' | 'kind' | 'tags' | 'visibility' | 'assignment'> &
  KindParts &
  Partial<ExternalOrigin>;

async function insertGloss(
  viewer: Viewer,
  groupSlug: string,
  { assignment: assignmentId = null, ...fields }: GlossFields,
  resolveTargets: () => Promise<ResolvedTargets>,
  attempt?: string,
): Promise<AnnotationRow> {
  const membership = await resolveMembership(viewer, groupSlug);
  const { groupId } = membership;
  const { id: authorId } = requireWriteScope(viewer);
  requireGroupAction(membership, 'write');
  requireVisibility(fields.visibility, { isReply: false, ceiling: 'group' });
  await requireRenderable(fields.body);
  const id = attempt ?? newId();
  // If a revision is published meanwhile, resolve the targets again against the new text.
  for (;;) {
    const targets = await resolveTargets();
    const { edition, section, revision } = targets;
    const assignment = await requireOpenAssignment(viewer, { groupId, assignmentId, edition, section });
    const annotation: NewAnnotation = {
      ...{ groupId, id, rootId: id, parentId: null, authorId, edition, section, revision, assignmentId },
      received: null,
      ...fields,
      state: initialState(viewer, groupId, assignment, fields.visibility),
    };
    const written = await insertAnnotation(viewer, annotation, targets, { revisions: targets.foundIn });
    if (written) return newRow(viewer, annotation, targets, { groupSlug, locked: false, ...written });
    if (attempt && (await isWritten(groupId, attempt))) return getAnnotationRow(viewer, attempt);
  }
}
