import type { Prisma } from '@/lib/db';
import { type Happening, insertEvent } from './store';

export type { Happening };

/**
 * Writes down what a transaction did, in that same transaction, and notifies the channel `scholion_event` with the
 * group's id when it commits. Call it last: it holds the group's turn until the transaction ends.
 */
export function record(tx: Prisma.TransactionClient, happening: Happening): Promise<void> {
  return insertEvent(tx, happening);
}
