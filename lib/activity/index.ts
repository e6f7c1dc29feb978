import type { Prisma } from '@/lib/db';
import { type DomainEvent, insertEvent } from './store';

export type { DomainEvent };

/**
 * Writes down what a transaction did, in that same transaction, and notifies the channel `scholion_event` with the
 * group's id when it commits. Call it last: it holds the group's turn until the transaction ends.
 */
export function recordActivity(tx: Prisma.TransactionClient, event: DomainEvent): Promise<void> {
  return insertEvent(tx, event);
}
