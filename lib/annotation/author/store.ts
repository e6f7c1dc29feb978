import type { Tx } from '@/lib/db';

/** Makes what `from` wrote, and agrees with, that of `into`. The versions count on, because the author is part of what ETags stand for. */
export async function moveAnnotationsOfPerson(tx: Tx, from: string, into: string): Promise<void> {
  await tx.annotation.updateMany({
    where: { authorId: from },
    data: { authorId: into, version: { increment: 1 } },
  });
  await tx.$executeRaw`
    INSERT INTO agreement (group_id, annotation_id, user_id, created_at)
    SELECT y.group_id, y.annotation_id, ${into}::uuid, y.created_at FROM agreement y
      JOIN annotation a ON a.group_id = y.group_id AND a.id = y.annotation_id
     WHERE y.user_id = ${from}::uuid AND a.author_id <> ${into}::uuid ON CONFLICT DO NOTHING`;
  await tx.agreement.deleteMany({ where: { userId: from } });
  // Nobody agrees with themselves.
  await tx.$executeRaw`
    DELETE FROM agreement y USING annotation a WHERE y.user_id = ${into}::uuid
      AND a.group_id = y.group_id AND a.id = y.annotation_id AND a.author_id = ${into}::uuid`;
}
