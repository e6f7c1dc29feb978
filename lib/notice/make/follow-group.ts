import { log } from '@/lib/log';
import { makeAllNotices, makeNotices } from '.';

/**
 * Milliseconds between two rounds of a group. A round costs about the same for one event and for hundreds, so that what is
 * written meanwhile is told together.
 */
const PAUSE_MS = 500;

/** The groups whose notices are made now, or were a moment ago; true where something has happened since. */
const busy = new Map<string, boolean>();

/**
 * Makes the notices of a group in which something happened, or of all where it is nameless; in one round at a time, however
 * often it is called. What fails is in the log, and is made within a minute.
 */
export function followGroup(groupId: string): void {
  if (busy.has(groupId)) {
    busy.set(groupId, true);
    return;
  }
  busy.set(groupId, false);
  void make(groupId);
}

async function make(groupId: string): Promise<void> {
  await (groupId === '' ? makeAllNotices() : makeNotices(groupId)).catch((error) =>
    log().warn({ err: error }, 'notices could not be made; they are made within a minute'),
  );
  const rest = setTimeout(() => {
    const isBehind = busy.get(groupId);
    busy.delete(groupId);
    if (isBehind) followGroup(groupId);
  }, PAUSE_MS);
  rest.unref();
}
