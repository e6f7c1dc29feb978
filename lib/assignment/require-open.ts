import { getSection } from '@/lib/edition';
import type { Viewer } from '@/lib/identity/schema';
import { AppError, invalidField } from '@/lib/kernel/errors';
import { canInGroup, roleIn } from '@/lib/policy';
import { type AssignmentRow, findAssignment, type WritingRules } from './store';

/** Where a gloss is to be written: its group, its section, and the assignment that it names. */
type NewGlossScope = { groupId: string; assignmentId: string | null; edition: string; section: string };

/** What a new annotation is shown to. */
type Visibility = 'private' | 'staff' | 'author' | 'group';

const isStaffIn = (viewer: Pick<Viewer, 'memberships'>, groupId: string) =>
  canInGroup(roleIn(viewer, groupId), 'moderate');

/** Whether nobody writes in an assignment any more: it was closed by hand, or its date has passed. */
export function isClosed({ closed, closes }: Pick<WritingRules, 'closed' | 'closes'>): boolean {
  return closed || (closes !== null && new Date(closes).getTime() <= Date.now());
}

/**
 * The assignment that a new gloss is for; null where it names none. Throws invalid on /assignment where the group has
 * no such assignment or it is not on this section, conflict where it is not open (yet).
 */
export async function requireOpenAssignment(
  viewer: Viewer,
  { groupId, assignmentId, edition, section }: NewGlossScope,
): Promise<AssignmentRow | null> {
  if (!assignmentId) return null;
  const assignment = await findAssignment(groupId, assignmentId);
  if (!assignment) throw invalidField('assignment', 'There is no such assignment in this group.');
  if (assignment.edition !== edition || !(await coversSection(viewer, assignment, section))) {
    throw invalidField('assignment', 'This section is not part of the assignment.');
  }
  requireOpen(viewer, assignment);
  return assignment;
}

/** Whether an assignment is on a section: it names none, or this one, or the one whose footnote this is. */
async function coversSection(
  viewer: Viewer,
  { edition, sections }: AssignmentRow,
  section: string,
): Promise<boolean> {
  if (sections.length === 0 || sections.includes(section)) return true;
  const { home } = await getSection(viewer, edition, section);
  return home !== null && sections.includes(home);
}

/**
 * Throws conflict where an assignment is not open (yet). Staff may write before it opens, to prepare it; after it has
 * closed nobody does.
 */
export function requireOpen(viewer: Viewer, rules: WritingRules): void {
  if (isClosed(rules)) {
    throw new AppError('conflict', 'This assignment is closed: it can be read, but not written in.');
  }
  const { groupId, opens } = rules;
  if (opens !== null && new Date(opens).getTime() > Date.now() && !isStaffIn(viewer, groupId)) {
    throw new AppError('conflict', 'This assignment has not opened yet.');
  }
}

/**
 * The state in which an annotation of `viewer` begins. Where the assignment, the group or the member is premoderated, what
 * others would see is held back, but not what staff writes.
 */
export function initialState(
  viewer: Pick<Viewer, 'memberships'>,
  groupId: string,
  rules: WritingRules | null,
  visibility: Visibility,
): 'pending' | 'published' {
  const own = viewer.memberships.find((membership) => membership.groupId === groupId);
  const isPremoderated = rules?.premoderated || own?.premoderated;
  const isHeldBack = isPremoderated && !isStaffIn(viewer, groupId) && visibility !== 'private';
  return isHeldBack ? 'pending' : 'published';
}
