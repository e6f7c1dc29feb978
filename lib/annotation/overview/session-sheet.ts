import { Prisma } from '@/lib/db';
import { resolveMembership } from '@/lib/group';
import type { Viewer } from '@/lib/identity/schema';
import { presentAnnotations } from '../present';
import type { Annotation } from '../schema';
import { type AnnotationRow, selectReadable } from '../store';

/** Notes on one sheet, and answers that the best are chosen from, at most; answers to one note that are shown. */
const NOTES = 300;
const ANSWERS = 3_000;
const BEST = 3;

/** A note to talk about in class, with its best answers: those that staff endorsed, then those that most agree with. */
export type SheetEntry = { note: Annotation; answers: Annotation[] };

/**
 * What to talk about in class of an assignment, in the order of its sections and the text: its questions, and notes that
 * were endorsed, pinned or agreed with; published ones for the group alone, of those that the viewer may see. Throws
 * `not_found`.
 */
export async function listSessionSheet(
  viewer: Viewer,
  groupSlug: string,
  { id: assignment, sections }: { id: string; sections: readonly string[] },
): Promise<SheetEntry[]> {
  const { groupId } = await resolveMembership(viewer, groupSlug);
  const said = Prisma.sql`a.state = 'published' AND a.visibility = 'group'`;
  const talkedOf = Prisma.sql`a.parent_id IS NULL AND ${said} AND (a.kind = 'question' OR a.endorsed OR a.pinned
    OR EXISTS (SELECT FROM agreement y WHERE y.group_id = a.group_id AND y.annotation_id = a.id))`;
  const roots = await selectReadable(
    viewer,
    { groupId },
    { assignment },
    { limit: NOTES, only: talkedOf, newestFirst: true },
  );
  if (roots.length === 0) return [];
  const thread = roots.map(({ id }) => id).join(',');
  const only = Prisma.sql`a.parent_id IS NOT NULL AND ${said}`;
  const replies = await selectReadable(viewer, { groupId }, { thread }, { limit: ANSWERS, only });
  const best = new Map(roots.map(({ id }) => [id, bestOf(replies.filter(({ rootId }) => rootId === id))]));
  const order = placeOrder(sections);
  const notes = await presentAnnotations(viewer, roots.toSorted(order));
  const answers = await presentAnnotations(viewer, [...best.values()].flat());
  return notes.map((note) => ({ note, answers: answers.filter(({ root }) => root === note.id) }));
}

function bestOf(replies: AnnotationRow[]): AnnotationRow[] {
  const byRank = (a: AnnotationRow, b: AnnotationRow) =>
    Number(b.endorsed) - Number(a.endorsed) || b.agreements - a.agreements || (a.id < b.id ? -1 : 1);
  return replies.toSorted(byRank).slice(0, BEST);
}

/** By the place of the section among those of the assignment, then by the place of the passage in it. */
function placeOrder(sections: readonly string[]) {
  const place = ({ section, passages: [first], id }: AnnotationRow) => {
    const at = sections.indexOf(section);
    return { at: at < 0 ? sections.length : at, section, start: first?.start ?? -1, id };
  };
  return (one: AnnotationRow, two: AnnotationRow): number => {
    const [a, b] = [place(one), place(two)];
    const bySection = a.at - b.at || (a.section < b.section ? -1 : a.section > b.section ? 1 : 0);
    return bySection || a.start - b.start || (a.id < b.id ? -1 : 1);
  };
}
