/** The activity log of each group: what happened in it, recorded in the transaction that did it. */
import { afterCommit, type Tx } from '@/lib/db';
import type { Viewer } from '@/lib/identity/schema';
import { notFound } from '@/lib/kernel/errors';
import { canInGroup, roleIn } from '@/lib/policy';
import type { DomainEvent, RecordedEvent } from './kinds';
import { insertEvent, selectEvents, selectMoment, selectNews } from './store';
import { wakeListeners } from './wake';

export type { ActivityKind, DomainEvent, RecordedEvent } from './kinds';
export { eventOfWritten, insertEvents } from './store';

/** Events in one answer, at most. */
const LIMIT = 500;

/**
 * Records what a transaction did, in that same transaction. Once it is committed the channel `scholion_event` is
 * notified with the group's id, at most 25 times in a second.
 */
export function recordActivity(tx: Tx, event: DomainEvent): Promise<void> {
  return insertEvent(tx, event, wakeListeners);
}

/**
 * Wakes who follows a group in which a statement with `eventOfWritten` has written; with `tx`, once that is committed.
 */
export function wakeAfterWrite(groupId: string, tx?: Tx): void {
  if (tx) afterCommit(tx, () => wakeListeners(groupId));
  else wakeListeners(groupId);
}

/**
 * The events of a group after the event numbered `after` (0: from the first), oldest first, `limit` at most, for
 * its members. Read on after the last one's number: none comes twice, and none is passed over, however long the
 * transactions lasted that wrote them. An event only says that something happened: to show it, ask the room that it concerns what this viewer
 * may see of it. Throws not_found for a viewer who is no member.
 */
export async function readSince(
  viewer: Viewer,
  groupId: string,
  after: bigint,
  limit = LIMIT,
): Promise<RecordedEvent[]> {
  if (!canInGroup(roleIn(viewer, groupId), 'members')) throw notFound();
  return readEvents(groupId, after, limit);
}

/** As `readSince`, for what the server does by itself: whoever shows something of it asks who may see that. */
export function readEvents(groupId: string, after: bigint, limit = LIMIT): Promise<RecordedEvent[]> {
  return selectEvents(groupId, after, Math.min(limit, LIMIT));
}

/** Where the order of a group stands: `newest` is the place of its last event, `moment` is after all that has a place. */
export function readMoment(groupId: string): Promise<{ newest: bigint; moment: bigint }> {
  return selectMoment(groupId);
}

/** Whether an event of the group has the place `seq`. */
export async function isPlace(groupId: string, seq: bigint): Promise<boolean> {
  const [next] = await selectEvents(groupId, seq - 1n, 1);
  return next?.seq === seq;
}

/** Those groups of `known` that have events after the place that is given for each, or a date that has come. */
export function listGroupsWithNews(known: ReadonlyMap<string, bigint>): Promise<string[]> {
  return known.size === 0 ? Promise.resolve([]) : selectNews([...known]);
}
