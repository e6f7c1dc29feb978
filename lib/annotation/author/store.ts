import type { Tx } from '@/lib/db';

/** Makes what `from` wrote what `into` wrote. The versions count on, because the author is part of what ETags stand for. */
export async function moveAnnotationsOfPerson(tx: Tx, from: string, into: string): Promise<void> {
  await tx.annotation.updateMany({
    where: { authorId: from },
    data: { authorId: into, version: { increment: 1 } },
  });
}
