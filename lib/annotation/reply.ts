import { initialState, requireOpen } from '@/lib/assignment';
import { requireWriteScope } from '@/lib/identity';
import type { Viewer } from '@/lib/identity/schema';
import { notFound } from '@/lib/kernel/errors';
import { isId, newId } from '@/lib/kernel/ids';
import { requireRenderable } from '@/lib/markdown';
import { NO_PARTS } from './constants';
import { requireAbility } from './modify';
import { getAnnotationRow } from './read';
import { replyCeiling, requireVisibility } from './reply-visibility';
import { type ExternalOrigin, isNarrower, type NewReply, type Visibility } from './schema';
import { type AnnotationRow, isWritten, selectAnswered } from './store';
import { newRow } from './write/new-row';
import { insertAnnotation, type NewAnnotation } from './write/store';

const NO_TARGETS = { passages: [], regions: [] };

/**
 * Inserts a reply to any annotation of a thread, for `createReply` of lib/thread, and returns its row; `attempt` is as of
 * `createGloss`.
 * Without a visibility it is for the group, or as its parent is where that is a private word. Throws not_found,
 * unauthenticated, forbidden, locked, conflict (an assignment that is not open), invalid (shown to more than its parent).
 */
export async function insertReply(
  viewer: Viewer,
  parentId: string,
  input: NewReply & Partial<ExternalOrigin>,
  attempt?: string,
): Promise<AnnotationRow> {
  await requireRenderable(input.body);
  const id = attempt ?? newId();
  // If the thread changes meanwhile, ask again whether one may answer in it.
  for (;;) {
    const parent = isId(parentId) ? await selectAnswered(viewer, parentId) : null;
    if (!parent) throw notFound();
    const { id: authorId } = requireWriteScope(viewer);
    requireAbility(viewer, parent, 'reply');
    const { groupId, groupSlug, rootId, edition, section, assignmentId, rules, locked } = parent;
    if (rules) requireOpen(viewer, rules);
    const { ceiling, depends } = await replyCeiling(parent);
    const visibility = visibilityOf(input, ceiling);
    const annotation: NewAnnotation = {
      ...{ groupId, id, rootId, parentId, authorId, edition, section, assignmentId },
      kind: 'gloss',
      revision: null,
      received: null,
      ...NO_PARTS,
      ...input,
      visibility,
      state: initialState(viewer, groupId, rules, visibility),
    };
    const held = { annotations: depends };
    const written = await insertAnnotation(viewer, annotation, NO_TARGETS, held);
    if (written) return newRow(viewer, annotation, NO_TARGETS, { groupSlug, locked, ...written });
    if (attempt && (await isWritten(groupId, attempt))) return getAnnotationRow(viewer, attempt);
  }
}

/** The visibility asked for, within `ceiling`. Throws invalid where our own pages or a script ask for more. */
function visibilityOf(
  { visibility, received }: Pick<NewReply, 'visibility'> & Partial<ExternalOrigin>,
  ceiling: 'author' | 'group',
): Visibility {
  if (visibility === undefined) return ceiling;
  // A client of the W3C protocol knows nothing of this rule, and mostly says nothing of visibility.
  if (received !== undefined && isNarrower(ceiling, visibility)) return ceiling;
  requireVisibility(visibility, { isReply: true, ceiling });
  return visibility;
}
