import { Prisma, query, type Tx } from '@/lib/db';
import { newId } from '@/lib/kernel/ids';
import { readableEdition, type VisibilityScope } from '@/lib/policy/readable';
import type { Mode } from './constants';

const DAY = 86_400_000;

/** A task on given sections of an edition. */
export type AssignmentRow = {
  groupId: string;
  id: string;
  title: string;
  instructions: string;
  edition: string;
  sections: string[];
  mode: Mode;
  opens: Date | null;
  due: Date | null;
  repliesDue: Date | null;
  reveal: Date | null;
  closes: Date | null;
  expectedGlosses: number;
  expectedReplies: number;
  premoderated: boolean;
  closed: boolean;
  createdAt: Date;
};

/** What of an assignment says who may write in it, and how it begins; dates may be in ISO 8601. */
export type WritingRules = Pick<AssignmentRow, 'groupId' | 'closed' | 'premoderated'> &
  Record<'opens' | 'closes', Date | string | null>;

/** The rules of the assignment `s` as JSON (`WritingRules`); null where there is none. */
export const RULES_OF_S = Prisma.sql`CASE WHEN s.id IS NOT NULL THEN json_build_object('groupId', s.group_id,
  'opens', s.opens, 'closes', s.closes, 'closed', s.closed, 'premoderated', s.premoderated) END`;

const COLUMNS = Prisma.sql`s.group_id AS "groupId", s.id, s.title, s.instructions, s.edition, s.sections,
  s.mode::text, s.opens, s.due, s.replies_due AS "repliesDue", s.reveal, s.closes,
  s.expected_glosses AS "expectedGlosses", s.expected_replies AS "expectedReplies", s.premoderated, s.closed,
  s.created_at AS "createdAt"`;

/** An assignment of a group, whoever may read its edition; null where there is none. */
export async function findAssignment(groupId: string, id: string): Promise<AssignmentRow | null> {
  const rows = await query<AssignmentRow>(Prisma.sql`
    SELECT ${COLUMNS} FROM assignment s WHERE s.group_id = ${groupId}::uuid AND s.id = ${id}::uuid`);
  return rows[0] ?? null;
}

/** The assignments of a group on editions that `scope` may read, in order of creation; with `id`, only that one. */
export function selectAssignments(
  scope: VisibilityScope,
  groupId: string,
  id?: string,
): Promise<AssignmentRow[]> {
  const only = id === undefined ? Prisma.empty : Prisma.sql`AND s.id = ${id}::uuid`;
  return query<AssignmentRow>(Prisma.sql`
    SELECT ${COLUMNS} FROM assignment s JOIN edition e ON e.slug = s.edition
     WHERE s.group_id = ${groupId}::uuid AND ${readableEdition(scope)} ${only} ORDER BY s.id`);
}

/** The modes as Prisma's client writes them. */
const MODE_NAMES = {
  open: 'open',
  'post-first': 'post_first',
  'blind-until': 'blind_until',
  'staff-only': 'staff_only',
  private: 'private',
} as const satisfies Record<Mode, string>;

type AssignmentFields = Partial<Omit<AssignmentRow, 'groupId' | 'id' | 'createdAt'>>;

export async function insertAssignment(
  tx: Tx,
  key: { groupId: string; id: string },
  { mode, ...fields }: AssignmentFields & Pick<AssignmentRow, 'title' | 'edition' | 'mode'>,
): Promise<void> {
  await tx.assignment.create({ data: { ...key, ...fields, mode: MODE_NAMES[mode] }, select: { id: true } });
}

/** Copies the assignments of a group into another, with their dates moved by `shift` days, or null without dates. */
export async function copyAssignments(
  tx: Tx,
  { from, to, shift }: { from: string; to: string; shift: number | null },
): Promise<void> {
  const rows = await tx.assignment.findMany({ where: { groupId: from }, orderBy: { id: 'asc' } });
  const move = (date: Date | null) =>
    date === null || shift === null ? null : new Date(date.getTime() + shift * DAY);
  await tx.assignment.createMany({
    data: rows.map(({ createdAt: _, ...row }) => ({
      ...row,
      groupId: to,
      id: newId(),
      opens: move(row.opens),
      due: move(row.due),
      repliesDue: move(row.repliesDue),
      reveal: move(row.reveal),
      closes: move(row.closes),
      closed: false,
      ownSubgroups: false,
    })),
  });
}

export async function updateAssignment(
  tx: Tx,
  { groupId, id }: { groupId: string; id: string },
  { mode, ...fields }: AssignmentFields & { ownSubgroups?: boolean },
): Promise<void> {
  const data = { ...fields, ...(mode && { mode: MODE_NAMES[mode] }) };
  await tx.assignment.update({ where: { groupId_id: { groupId, id } }, data, select: { id: true } });
}

export async function deleteAssignment(tx: Tx, groupId: string, id: string): Promise<void> {
  await tx.assignment.delete({ where: { groupId_id: { groupId, id } }, select: { id: true } });
}

export function countAssignments(tx: Tx, groupId: string): Promise<number> {
  return tx.assignment.count({ where: { groupId } });
}

/** Whether anybody but `userId` has written in an assignment. */
export async function hasNotesOfOthers(
  tx: Tx,
  { groupId, id }: { groupId: string; id: string },
  userId: string | null,
): Promise<boolean> {
  const [row] = await tx.$queryRaw<{ found: boolean }[]>(Prisma.sql`
    SELECT EXISTS (SELECT FROM annotation a WHERE a.group_id = ${groupId}::uuid AND a.assignment_id = ${id}::uuid
      AND a.author_id IS DISTINCT FROM ${userId}::uuid) AS found`);
  return row?.found ?? false;
}

/** Sets what one person may do or has done in an assignment. */
export async function upsertParticipation(
  tx: Tx,
  key: { groupId: string; assignmentId: string; userId: string },
  fields: Partial<{
    doneAt: Date | null;
    due: Date | null;
    repliesDue: Date | null;
    request: string | null;
    grade: string | null;
    comment: string;
  }>,
): Promise<void> {
  await tx.participation.upsert({
    where: { groupId_assignmentId_userId: key },
    create: { ...key, ...fields },
    update: fields,
    select: { userId: true },
  });
}

/**
 * Makes what `from` did in assignments that of `into`. Where both have a participation in one, the earlier unlocking and
 * the later dates hold, and a second grade goes into the comment.
 */
export async function moveWorkOfPerson(tx: Tx, from: string, into: string): Promise<void> {
  await tx.$executeRaw`
    INSERT INTO participation AS w (group_id, assignment_id, user_id, unlocked_at, done_at, due, replies_due, request, grade, comment)
    SELECT group_id, assignment_id, ${into}::uuid, unlocked_at, done_at, due, replies_due, request, grade, comment
      FROM participation WHERE user_id = ${from}::uuid
    ON CONFLICT (group_id, assignment_id, user_id) DO UPDATE SET
      unlocked_at = least(w.unlocked_at, excluded.unlocked_at), done_at = least(w.done_at, excluded.done_at),
      due = greatest(w.due, excluded.due), replies_due = greatest(w.replies_due, excluded.replies_due),
      request = coalesce(w.request, excluded.request), grade = coalesce(w.grade, excluded.grade),
      comment = concat_ws(E'\n', nullif(w.comment, ''),
        CASE WHEN w.grade IS NOT NULL AND excluded.grade <> w.grade THEN '(' || excluded.grade || ')' END,
        nullif(excluded.comment, ''))`;
  await tx.participation.deleteMany({ where: { userId: from } });
}
