import type { Tx } from '@/lib/db';
import { listListable } from '@/lib/edition';
import { listReadingList, resolveMembership } from '@/lib/group';
import type { Viewer } from '@/lib/identity/schema';
import { MOST_ASSIGNMENTS } from './constants';
import { type AssignmentRecord, assignmentRecordSchema } from './schema';
import * as store from './store';

/** The assignments of a group with everybody's dates, as they go into a file. Throws not_found. */
export async function listAssignmentRecords(viewer: Viewer, slug: string): Promise<AssignmentRecord[]> {
  const { groupId } = await resolveMembership(viewer, slug);
  const rows = await store.selectAssignments(viewer, groupId);
  return rows.map(({ groupId: _, createdAt: __, expectedGlosses, expectedReplies, ...row }) => ({
    ...row,
    opens: row.opens?.toISOString() ?? null,
    due: row.due?.toISOString() ?? null,
    repliesDue: row.repliesDue?.toISOString() ?? null,
    reveal: row.reveal?.toISOString() ?? null,
    closes: row.closes?.toISOString() ?? null,
    expected: { glosses: expectedGlosses, replies: expectedReplies },
  }));
}

/**
 * Which assignments of a file a group has, by their ids, and which it can get: those on editions that it may read. What is no
 * assignment is left out. Throws not_found.
 */
export async function planAssignments(
  viewer: Viewer,
  slug: string,
  given: unknown[],
): Promise<{ known: Set<string>; fresh: AssignmentRecord[] }> {
  const { groupId } = await resolveMembership(viewer, slug);
  const known = new Set((await store.selectAssignments(viewer, groupId)).map(({ id }) => id));
  const records = new Map(
    given.flatMap((one) => {
      const { data } = assignmentRecordSchema.safeParse(one);
      return data && !known.has(data.id) ? [[data.id, data] as const] : [];
    }),
  );
  if (records.size === 0) return { known, fresh: [] };
  const editions = [...new Set([...records.values()].map(({ edition }) => edition))];
  const listed = new Set((await listReadingList(viewer, slug)).map(({ edition }) => edition));
  const readable = new Set(
    (await listListable(viewer, editions))
      .filter(({ slug, access, isPublished }) => isPublished && (access === 'public' || listed.has(slug)))
      .map(({ slug }) => slug),
  );
  const fresh = [...records.values()].filter(({ edition }) => readable.has(edition));
  return { known, fresh: fresh.slice(0, Math.max(0, MOST_ASSIGNMENTS - known.size)) };
}

/** Writes assignments of a file into a group, for an import that has asked whether the viewer may. */
export async function insertAssignmentRecords(
  tx: Tx,
  groupId: string,
  records: AssignmentRecord[],
): Promise<void> {
  const dateOf = (moment: string | null) => (moment === null ? null : new Date(moment));
  for (const { id, expected, ...record } of records) {
    await store.insertAssignment(
      tx,
      { groupId, id },
      {
        ...record,
        opens: dateOf(record.opens),
        due: dateOf(record.due),
        repliesDue: dateOf(record.repliesDue),
        reveal: dateOf(record.reveal),
        closes: dateOf(record.closes),
        expectedGlosses: expected.glosses,
        expectedReplies: expected.replies,
      },
    );
  }
}
