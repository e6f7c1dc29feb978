import { Prisma, type Tx } from '@/lib/db';
import type { VisibilityScope } from '@/lib/policy/readable';

type Key = { groupId: string; annotationId: string; userId: string };

/** How many agree with `a`: told to whoever is shown its words. */
export const countOfAgreements = (shown: Prisma.Sql) => Prisma.sql`CASE WHEN ${shown} THEN (
  SELECT count(*)::int FROM agreement y WHERE y.group_id = a.group_id AND y.annotation_id = a.id) ELSE 0 END`;

/** Whether the viewer agrees with `a`. */
export const isAgreed = (scope: VisibilityScope) => Prisma.sql`EXISTS (SELECT FROM agreement y
  WHERE y.group_id = a.group_id AND y.annotation_id = a.id AND y.user_id = ${scope.id}::uuid)`;

/** False where they agreed before. */
export async function insertAgreement(tx: Tx, key: Key): Promise<boolean> {
  return (await tx.agreement.createMany({ data: key, skipDuplicates: true })).count > 0;
}

/** False where they did not agree. */
export async function deleteAgreement(tx: Tx, key: Key): Promise<boolean> {
  return (await tx.agreement.deleteMany({ where: key })).count > 0;
}
