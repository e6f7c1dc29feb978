import { stringify } from 'csv-stringify/sync';
import { listMembers } from '@/lib/group';
import type { Viewer } from '@/lib/identity/schema';
import { groupBy } from '@/lib/kernel/group-by';
import { requireAssigner, requireAssignmentRow } from '../assignment';
import type { StudentProgress } from '../schema';
import { type AssignmentRow, selectAssignments } from '../store';
import { type Counts, countWork, type ParticipationRow, selectParticipations, workOf } from './store';

/**
 * What each student of a group did, by name: in one assignment, or in the group as a whole (where `expected` is the sum
 * of all assignments, `done` is to be done with each, and `owes` to owe something in one). For staff: throws forbidden, not_found.
 */
export async function getOverview(
  viewer: Viewer,
  slug: string,
  assignment?: string,
): Promise<StudentProgress[]> {
  const { groupId } = await requireAssigner(viewer, slug);
  const assignments = assignment
    ? [await requireAssignmentRow(viewer, groupId, assignment)]
    : await selectAssignments(viewer, groupId);
  const [members, counts, participations] = await Promise.all([
    listStudents(viewer, slug),
    countWork(viewer, groupId, { assignment }),
    selectParticipations(groupId, assignment ? { assignmentId: assignment } : {}),
  ]);
  const countsOf = groupBy(counts, ({ authorId }) => authorId);
  const participationsOf = groupBy(participations, ({ userId }) => userId);
  const expected = {
    glosses: sum(assignments, ({ expectedGlosses }) => expectedGlosses),
    replies: sum(assignments, ({ expectedReplies }) => expectedReplies),
  };
  return members.map(({ id, name }) => {
    const own = countsOf.get(id) ?? [];
    const noted = participationsOf.get(id) ?? [];
    const done = noted.filter(({ doneAt }) => doneAt !== null).length;
    const single = assignment ? workOf(own[0], noted[0]) : undefined;
    const last = Math.max(...own.map((counts) => counts.last.getTime()));
    return {
      member: { id, name },
      glosses: sum(own, ({ glosses }) => glosses),
      replies: sum(own, ({ replies }) => replies),
      late: sum(own, ({ late }) => late),
      done: assignments.length > 0 && done === assignments.length,
      expected,
      owes: assignments.some((each) => owesIn(each, own, noted)),
      last: own.length > 0 ? new Date(last).toISOString() : null,
      due: single?.due?.toISOString() ?? null,
      repliesDue: single?.repliesDue?.toISOString() ?? null,
      request: single?.request ?? null,
      grade: single?.grade ?? null,
      comment: single?.comment ?? '',
    };
  });
}

/** Whether a student has something to do in an assignment still. What they wrote in a private one is theirs alone. */
function owesIn(
  { id, mode, expectedGlosses, expectedReplies }: AssignmentRow,
  counts: Counts[],
  participations: ParticipationRow[],
): boolean {
  if (mode === 'private')
    return !participations.some(({ assignmentId, doneAt }) => assignmentId === id && doneAt !== null);
  const { glosses = 0, replies = 0 } = counts.find(({ assignmentId }) => assignmentId === id) ?? {};
  return glosses < expectedGlosses || replies < expectedReplies;
}

/**
 * The gradebook of a group as CSV: a line for each student, and four columns for each assignment. A cell that a
 * spreadsheet would take for a formula is escaped (OWASP, CSV Injection). For staff: throws forbidden, not_found.
 */
export async function getGradebook(viewer: Viewer, slug: string): Promise<string> {
  const { groupId } = await requireAssigner(viewer, slug);
  const [assignments, members, counts, participations] = await Promise.all([
    selectAssignments(viewer, groupId),
    listStudents(viewer, slug),
    countWork(viewer, groupId),
    selectParticipations(groupId),
  ]);
  const key = (userId: string, assignmentId: string | null) => `${userId} ${assignmentId}`;
  const countOf = new Map<string, Counts>(
    counts.map((count) => [key(count.authorId, count.assignmentId), count]),
  );
  const participationOf = new Map<string, ParticipationRow>(
    participations.map((row) => [key(row.userId, row.assignmentId), row]),
  );
  const head = [
    ...['email', 'name'],
    ...assignments.flatMap(({ title }) =>
      ['glosses', 'replies', 'late', 'grade'].map((column) => `${title}: ${column}`),
    ),
  ];
  const lines = members.map(({ id, name, email }) => [
    email ?? '',
    name,
    ...assignments.flatMap((assignment) => {
      const cell = key(id, assignment.id);
      const { glosses, replies, late, grade } = workOf(countOf.get(cell), participationOf.get(cell));
      return [glosses, replies, late, grade ?? ''];
    }),
  ]);
  return stringify([head, ...lines], { bom: true, escape_formulas: true, record_delimiter: 'windows' });
}

async function listStudents(viewer: Viewer, slug: string) {
  return (await listMembers(viewer, slug)).filter(({ role }) => role === 'student');
}

function sum<T>(items: T[], value: (item: T) => number): number {
  return items.reduce((total, item) => total + value(item), 0);
}
