import { listAssignments } from '@/lib/assignment';
import type { Assignment } from '@/lib/assignment/schema';
import type { Viewer } from '@/lib/identity/schema';
import { canInGroup } from '@/lib/policy';

/** Groups whose assignments are offered, the viewer's newest, at most. */
const GROUPS = 20;

/** An assignment that a new one can begin with, and its group. */
export type Template = { key: string; group: string; assignment: Assignment };

/** The assignments of the groups in which the viewer may make some, to use again. */
export async function loadTemplates(viewer: Viewer): Promise<Template[]> {
  const own = viewer.memberships.filter(({ role }) => canInGroup(role, 'assign')).slice(-GROUPS);
  const found = await Promise.all(
    own.map(async ({ slug, name }) =>
      (await listAssignments(viewer, slug)).map((assignment) => ({
        key: `${slug}/${assignment.id}`,
        group: name,
        assignment,
      })),
    ),
  );
  return found.flat();
}
