import { z } from 'zod';
import { listen } from '@/lib/db/listen';
import { runJobsOnce, startJobs } from '@/lib/job';
import type { ScheduledTask } from '@/lib/job/schema';
import { MAIL_TASK, mailDueNotices, mailNotices } from './mail';
import { makeAllNotices, makeDateNotices } from './make';
import { followGroup } from './make/follow-group';
import { deleteOldNotices } from './make/store';

/** The tasks of the queue, by their names. */
const TASKS: Record<string, (payload: unknown) => Promise<void>> = {
  [MAIL_TASK]: (payload) => mailNotices(z.object({ user: z.uuid() }).parse(payload).user),
  'make-notices': async () => {
    await makeAllNotices();
    await makeDateNotices();
  },
  'mail-due-notices': async () => {
    await mailDueNotices();
  },
  'delete-old-notices': deleteOldNotices,
};

/** What other rooms have the queue do. */
type Work = { tasks: Record<string, (payload: unknown) => Promise<void>>; schedule: ScheduledTask[] };

/**
 * Begins to tell people in this process: notices are made when something happened, and mail goes out when it is due. The one
 * runner of jobs does `more` as well. Returns what ends it.
 */
export async function startNotices(more: Work = { tasks: {}, schedule: [] }): Promise<() => Promise<void>> {
  // An empty name comes with each connection: what happened before it was not notified.
  const unlisten = await listen('scholion_event', followGroup);
  const stop = await startJobs({ ...TASKS, ...more.tasks }, [
    { task: 'make-notices', match: '* * * * *' },
    { task: 'mail-due-notices', match: '*/5 * * * *' },
    { task: 'delete-old-notices', match: '40 3 * * *' },
    ...more.schedule,
  ]);
  return async () => {
    await Promise.all([unlisten(), stop()]);
  };
}

/**
 * Sends the mail that is due, and waits for it; with `all` to everybody who wants mail and has news, whatever the hour. For
 * the command line. Gives how many people it is due to.
 */
export async function sendDueMail({ all = false } = {}): Promise<number> {
  await makeAllNotices();
  await makeDateNotices();
  const people = await mailDueNotices({ all });
  await runJobsOnce(TASKS);
  return people;
}
