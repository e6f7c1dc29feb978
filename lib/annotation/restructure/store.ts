import { Prisma, query, type Tx } from '@/lib/db';
import type { Visibility } from '../schema';

/** Where the annotations below another go, and how many people see them at most. */
export type NewThread = {
  rootId: string;
  edition: string;
  section: string;
  assignmentId: string | null;
  ceiling: Visibility;
};

/**
 * Puts all that stands below an annotation into another thread; the annotation itself is not changed. Their versions are
 * incremented, because clients have cached them with their thread.
 */
export async function moveBelow(
  tx: Tx,
  { groupId, id }: { groupId: string; id: string },
  { rootId, edition, section, assignmentId, ceiling }: NewThread,
): Promise<void> {
  await tx.$executeRaw(Prisma.sql`
    WITH RECURSIVE below AS (
      SELECT x.id FROM annotation x WHERE x.group_id = ${groupId}::uuid AND x.parent_id = ${id}::uuid
      UNION ALL
      SELECT x.id FROM below b JOIN annotation x ON x.group_id = ${groupId}::uuid AND x.parent_id = b.id)
    UPDATE annotation a SET root_id = ${rootId}::uuid, edition = ${edition}, section = ${section},
           assignment_id = ${assignmentId}::uuid, visibility = least(a.visibility, ${ceiling}::"Visibility"),
           version = a.version + 1, modified_at = now()
     WHERE a.group_id = ${groupId}::uuid AND a.id IN (SELECT id FROM below)`);
}

/** Whether the thread of `rootId` is shown to all who may see its group: it is in no assignment, or in an open one. */
export async function isOpenThread(groupId: string, rootId: string): Promise<boolean> {
  const [row] = await query<{ open: boolean }>(Prisma.sql`
    SELECT s.id IS NULL OR s.mode = 'open' AS open FROM annotation r
      LEFT JOIN assignment s ON s.group_id = r.group_id AND s.id = r.assignment_id
     WHERE r.group_id = ${groupId}::uuid AND r.id = ${rootId}::uuid`);
  return row?.open ?? false;
}
