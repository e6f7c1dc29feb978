/** Assignments: which glosses they take, and in which state what is written for them begins. */
import type { Tx } from '@/lib/db';
import type { Viewer } from '@/lib/identity/schema';
import { AppError, invalidField } from '@/lib/kernel/errors';
import { canInGroup, roleIn } from '@/lib/policy';
import { type Assignment, findAssignment } from './store';

export type { Assignment } from './store';

/** Where a gloss is to be written: its group, its section, and the assignment that it names. */
type NewGlossScope = { groupId: string; assignmentId: string | null; edition: string; section: string };

/** What a new annotation is shown to. */
type Visibility = 'private' | 'staff' | 'group';

/**
 * The assignment that a new gloss is for; null where it names none. Throws invalid on /assignment where the group has
 * no such assignment or it is not on this section, locked where it is closed.
 */
export async function requireOpenAssignment({
  groupId,
  assignmentId,
  edition,
  section,
}: NewGlossScope): Promise<Assignment | null> {
  if (!assignmentId) return null;
  const assignment = await findAssignment(groupId, assignmentId);
  if (!assignment) throw invalidField('assignment', 'There is no such assignment in this group.');
  if (assignment.edition !== edition || !assignment.sections.includes(section)) {
    throw invalidField('assignment', 'This section is not part of the assignment.');
  }
  if (assignment.closed) throw new AppError('locked', 'This assignment is closed.');
  return assignment;
}

/** The assignment of the thread that a reply is written in, in the reply's transaction; null where it has none. */
export async function findThreadAssignment(
  tx: Tx,
  { groupId, assignmentId }: { groupId: string; assignmentId: string | null },
): Promise<Assignment | null> {
  return assignmentId ? findAssignment(groupId, assignmentId, tx) : null;
}

/**
 * The state in which an annotation of `viewer` begins. A premoderated assignment holds back what others would see,
 * but not what staff writes.
 */
export function initialState(
  viewer: Pick<Viewer, 'memberships'>,
  groupId: string,
  assignment: Assignment | null,
  visibility: Visibility,
): 'pending' | 'published' {
  const isTrusted = canInGroup(roleIn(viewer, groupId), 'moderate');
  return assignment?.premoderated && !isTrusted && visibility !== 'private' ? 'pending' : 'published';
}
