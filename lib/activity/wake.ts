import { notifyListeners } from './store';

/** Milliseconds between two notifications of one process. */
const INTERVAL_MS = 40;

const waiting = new Set<string>();
let next = 0;
let isScheduled = false;

/**
 * Notifies the channel `scholion_event` with the id of a group, at once where nothing was said in the last 40 ms, else
 * with the others that come until then. To be called after the commit: a NOTIFY inside the transaction would have all
 * commits of the database follow one another. It only wakes; the table of events is the truth.
 */
export function wakeListeners(groupId: string): void {
  waiting.add(groupId);
  if (isScheduled) return;
  isScheduled = true;
  const delay = next - Date.now();
  if (delay <= 0) void notify();
  else setTimeout(() => void notify(), delay).unref();
}

async function notify(): Promise<void> {
  isScheduled = false;
  next = Date.now() + INTERVAL_MS;
  const groups = [...waiting];
  waiting.clear();
  // Where the database is away nobody is woken; whoever listens reads again when it is back.
  await notifyListeners(groups).catch(() => {});
}
