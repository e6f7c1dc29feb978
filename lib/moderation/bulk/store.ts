import type { State } from '@/lib/annotation/schema';
import { Prisma, query, type Tx } from '@/lib/db';

/** A decision of a batch, with the fields that it changed. */
export type BatchEntry = {
  annotationId: string;
  before: State;
  after: State;
  version: number;
  created: string;
  /** `kept`: nothing of the note was changed. */
  details: {
    kept?: true;
    previous?: { reason: string | null; deletedFrom: State | null; returned: boolean };
  } | null;
};

/** The decisions that were made at once, without those that were taken back already. */
export function selectBatch(groupId: string, batch: string): Promise<BatchEntry[]> {
  return query<BatchEntry>(Prisma.sql`
    SELECT d.annotation_id AS "annotationId", d.before::text, d.after::text, d.version, d.created_at AS created, d.details
      FROM decision d WHERE d.group_id = ${groupId}::uuid AND d.batch_id = ${batch}::uuid AND d.action <> 'undo'
       AND NOT EXISTS (SELECT FROM decision u WHERE u.group_id = d.group_id AND u.batch_id = d.batch_id
         AND u.annotation_id = d.annotation_id AND u.action = 'undo')
     ORDER BY d.id LIMIT 1000`);
}

/** Opens again what a batch, made at `at`, has settled on these annotations: flags and appeals. */
export async function reopen(tx: Tx, groupId: string, annotations: string[], at: Date): Promise<void> {
  await tx.$executeRaw(Prisma.sql`UPDATE flag SET settled_at = NULL WHERE group_id = ${groupId}::uuid
    AND annotation_id = ANY(${annotations}::uuid[]) AND settled_at = ${at}`);
  await tx.$executeRaw(Prisma.sql`
    UPDATE appeal SET outcome = NULL, answer = '', decided_by = NULL, decided_at = NULL
     WHERE group_id = ${groupId}::uuid AND annotation_id = ANY(${annotations}::uuid[]) AND decided_at = ${at}`);
}
