import { api } from '@/app/_ui/api-client';
import type { Assignment } from '@/lib/assignment/schema';

/** The assignments of a group that are on a section of an edition, in order of creation. */
export async function fetchAssignments(
  group: string,
  { edition, section }: { edition: string; section: string },
): Promise<Assignment[]> {
  const { items } = await api('GET /groups/:group/assignments', { param: { group } });
  return items.filter(
    ({ edition: on, sections }) => on === edition && (sections.length === 0 || sections.includes(section)),
  );
}

/** Whether one writes in an assignment now; staff may before it opens. */
export function isWritable({ closed, opens }: Assignment, isStaff: boolean): boolean {
  return !closed && (isStaff || opens === null || new Date(opens) <= new Date());
}
