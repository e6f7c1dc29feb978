import { recordActivity } from '@/lib/activity';
import { transaction } from '@/lib/db';
import { listListable, selectCurrentSections } from '@/lib/edition';
import { listReadingList, requireGroupAction, resolveMembership } from '@/lib/group';
import { requireModerateScope } from '@/lib/identity';
import type { Viewer } from '@/lib/identity/schema';
import { AppError, type FieldError, invalidField, invalidFields, notFound } from '@/lib/kernel/errors';
import { isId, newId } from '@/lib/kernel/ids';
import { renderMarkdown, requireRenderable } from '@/lib/markdown';
import { canInGroup } from '@/lib/policy';
import { MOST_ASSIGNMENTS } from './constants';
import { type OwnWork, selectOwnWork } from './progress/store';
import { isClosed } from './require-open';
import {
  type Assignment,
  type AssignmentChange,
  type AssignmentInput,
  assignmentChangeSchema,
  assignmentInputSchema,
} from './schema';
import * as store from './store';

type Membership = Awaited<ReturnType<typeof resolveMembership>>;

/** The assignments of a group, in order of creation, of those on editions that the viewer may read. Throws not_found. */
export async function listAssignments(viewer: Viewer, slug: string): Promise<Assignment[]> {
  const membership = await resolveMembership(viewer, slug);
  return present(viewer, membership, await store.selectAssignments(viewer, membership.groupId));
}

/** One assignment, with the caller's own dates. Throws not_found. */
export async function getAssignment(viewer: Viewer, slug: string, id: string): Promise<Assignment> {
  const membership = await resolveMembership(viewer, slug);
  const row = await requireAssignmentRow(viewer, membership.groupId, id);
  const [assignment] = await present(viewer, membership, [row]);
  if (!assignment) throw notFound();
  return assignment;
}

/** The row of an assignment that the viewer may know of. Throws not_found. */
export async function requireAssignmentRow(
  viewer: Viewer,
  groupId: string,
  id: string,
): Promise<store.AssignmentRow> {
  const [row] = isId(id) ? await store.selectAssignments(viewer, groupId, id) : [];
  if (!row) throw notFound();
  return row;
}

/**
 * Makes an assignment. Throws not_found, forbidden (no staff), invalid with the pointer of a field (an edition that the
 * group does not read, a section that is not in it), conflict where the group has too many.
 */
export async function createAssignment(
  viewer: Viewer,
  slug: string,
  input: AssignmentInput,
): Promise<Assignment> {
  const { id: actorId } = requireModerateScope(viewer);
  const { groupId } = await requireAssigner(viewer, slug);
  const { expected, ...fields } = assignmentInputSchema.parse(input);
  await requireRenderable(fields.instructions, '/instructions');
  await requireReadByGroup(viewer, slug, fields);
  const id = newId();
  await transaction(async (tx) => {
    if ((await store.countAssignments(tx, groupId)) >= MOST_ASSIGNMENTS) {
      throw new AppError('conflict', 'A group has at most {most} assignments.', {
        values: { most: MOST_ASSIGNMENTS },
      });
    }
    await store.insertAssignment(tx, { groupId, id }, { ...datesOf(fields), ...expectedOf(expected) });
    await recordActivity(tx, { groupId, kind: 'assignment.created', actorId });
  });
  return getAssignment(viewer, slug, id);
}

/**
 * Changes an assignment; a field that is left out stays. To open it again by hand takes back a date of closing that has
 * passed. Throws as `createAssignment`, and conflict where what others wrote in private would be shown.
 */
export async function updateAssignment(
  viewer: Viewer,
  slug: string,
  id: string,
  input: AssignmentChange,
): Promise<Assignment> {
  const { id: actorId } = requireModerateScope(viewer);
  const { groupId } = await requireAssigner(viewer, slug);
  const before = await requireAssignmentRow(viewer, groupId, id);
  const { expected, ...fields } = assignmentChangeSchema.parse(input);
  if (fields.instructions !== undefined) await requireRenderable(fields.instructions, '/instructions');
  if (fields.edition !== undefined || fields.sections !== undefined) {
    await requireReadByGroup(viewer, slug, { ...before, ...fields });
  }
  const reopens = fields.closed === false && isClosed({ closed: false, closes: before.closes });
  await transaction(async (tx) => {
    const showsPrivate = before.mode === 'private' && fields.mode !== undefined && fields.mode !== 'private';
    if (showsPrivate && (await store.hasNotesOfOthers(tx, before, viewer.id))) {
      throw new AppError(
        'conflict',
        'Students have written here for themselves alone: this mode can no longer be changed.',
      );
    }
    await store.updateAssignment(tx, before, {
      ...(reopens && { closes: null }),
      ...datesOf(fields),
      ...expectedOf(expected),
    });
    await recordActivity(tx, { groupId, kind: 'assignment.changed', actorId });
  });
  return getAssignment(viewer, slug, id);
}

/** Removes an assignment in which nobody else has written. Throws not_found, forbidden, conflict. */
export async function deleteAssignment(viewer: Viewer, slug: string, id: string): Promise<void> {
  const { id: actorId } = requireModerateScope(viewer);
  const { groupId } = await requireAssigner(viewer, slug);
  const row = await requireAssignmentRow(viewer, groupId, id);
  await transaction(async (tx) => {
    if (await store.hasNotesOfOthers(tx, row, null)) {
      throw new AppError('conflict', 'There are notes in this assignment: close it instead.');
    }
    await store.deleteAssignment(tx, groupId, id);
    await recordActivity(tx, { groupId, kind: 'assignment.changed', actorId });
  });
}

/** The membership of a viewer who may assign. Throws not_found, forbidden. */
export async function requireAssigner(viewer: Viewer, slug: string): Promise<Membership> {
  const membership = await resolveMembership(viewer, slug);
  requireGroupAction(membership, 'assign');
  return membership;
}

type Dates = Record<'opens' | 'due' | 'repliesDue' | 'reveal' | 'closes', string | null>;

/** The moments of an input as dates; what is left out stays out. */
function datesOf<T extends Partial<{ [K in keyof Dates]: string | null | undefined }>>(fields: T) {
  const dates: Partial<Record<keyof Dates, Date | null>> = {};
  for (const name of ['opens', 'due', 'repliesDue', 'reveal', 'closes'] as const) {
    const moment = fields[name];
    if (moment !== undefined) dates[name] = moment === null ? null : new Date(moment);
  }
  return { ...fields, ...dates } as Omit<T, keyof Dates> & typeof dates;
}

function expectedOf(
  expected: { glosses?: number | undefined; replies?: number | undefined } | undefined,
): Partial<Pick<store.AssignmentRow, 'expectedGlosses' | 'expectedReplies'>> {
  return {
    ...(expected?.glosses !== undefined && { expectedGlosses: expected.glosses }),
    ...(expected?.replies !== undefined && { expectedReplies: expected.replies }),
  };
}

/**
 * Throws invalid where an edition is not there for the viewer, or members could not read it, or a section is not in it.
 */
async function requireReadByGroup(
  viewer: Viewer,
  slug: string,
  { edition, sections }: { edition: string; sections: string[] },
): Promise<void> {
  const [found] = await listListable(viewer, [edition]);
  if (!found?.isPublished) throw invalidField('edition', 'There is no such edition.');
  const isRead = (await listReadingList(viewer, slug)).some((listed) => listed.edition === edition);
  if (found.access !== 'public' && !isRead) {
    throw invalidField('edition', 'Put this edition on the reading list first.');
  }
  if (sections.length === 0) return;
  const known = await selectCurrentSections([edition], sections);
  const errors: FieldError[] = sections.flatMap((section, i) =>
    known.has(`${edition}/${section}`)
      ? []
      : { pointer: `/sections/${i}`, detail: 'There is no such section in this edition.' },
  );
  if (errors.length > 0) throw invalidFields(errors);
}

async function present(
  viewer: Viewer,
  { groupId, role, member }: Membership,
  rows: store.AssignmentRow[],
): Promise<Assignment[]> {
  const writes = member && canInGroup(role, 'write');
  const seesAll = member && canInGroup(role, 'moderate');
  const [html, own] = await Promise.all([
    renderMarkdown(rows.map(({ instructions }) => instructions)),
    writes && viewer.id !== null ? selectOwnWork(viewer, groupId, viewer.id) : new Map<string, OwnWork>(),
  ]);
  return rows.map((row, i) => {
    const work = own.get(row.id);
    const { expectedGlosses, expectedReplies, createdAt, groupId: _, ...fields } = row;
    const due = work?.due ?? row.due;
    const repliesDue = work?.repliesDue ?? row.repliesDue;
    return {
      ...fields,
      html: html[i] ?? '',
      opens: iso(row.opens),
      due: iso(due),
      repliesDue: iso(repliesDue),
      reveal: iso(row.reveal),
      closes: iso(row.closes),
      expected: { glosses: expectedGlosses, replies: expectedReplies },
      closed: isClosed(row),
      created: createdAt.toISOString(),
      extended: work !== undefined && (work.due !== null || work.repliesDue !== null),
      mine: writes
        ? {
            glosses: work?.glosses ?? 0,
            replies: work?.replies ?? 0,
            late: work?.late ?? 0,
            done: work?.done ?? false,
            sees: seesAll ? row.mode !== 'private' : seesOthers(row, work?.unlocked ?? false),
            request: work?.request ?? null,
            grade: work?.grade ?? null,
            comment: work?.comment ?? '',
          }
        : null,
    };
  });
}

/** The rule of the visibility condition (lib/policy/readable.ts), for the sentence that tells a student of it. */
function seesOthers({ mode, reveal }: store.AssignmentRow, isUnlocked: boolean): boolean {
  if (mode === 'blind-until') return reveal !== null && reveal.getTime() <= Date.now();
  return mode === 'open' || (mode === 'post-first' && isUnlocked);
}

function iso(date: Date | null): string | null {
  return date?.toISOString() ?? null;
}
