/**
 * Work that is done later, and again until it succeeds: a queue in Postgres (graphile-worker) that all servers share. A
 * job is enqueued in the transaction of the deed, so that it exists exactly where the deed does.
 */
import { Logger, parseCronItems, run, runOnce } from 'graphile-worker';
import { config } from '@/lib/config';
import type { Tx } from '@/lib/db';
import { requireOnSite } from '@/lib/identity';
import type { Viewer } from '@/lib/identity/schema';
import { notFound } from '@/lib/kernel/errors';
import { log } from '@/lib/log';
import type { Job, JobInput, ScheduledTask } from './schema';
import * as store from './store';

/** Jobs that one process does at the same time. */
const CONCURRENCY = 2;
/** Connections of the queue's own: one that listens, one for the clock, and one for each job. */
const CONNECTIONS = CONCURRENCY + 2;
/** Milliseconds between two looks for jobs whose time has come; a new one is notified at once. */
const POLL_MS = 1_000;
/** Jobs on the operator's page. */
const LISTED = 200;

export type { JobInput } from './schema';

/** What jobs do, by the names of their tasks. */
type Tasks = Record<string, (payload: unknown) => Promise<void>>;

/** Enqueues jobs in the transaction `tx`: they are done once that is committed, and never where it is not. */
export async function enqueueJobs(tx: Tx, jobs: JobInput[]): Promise<void> {
  if (jobs.length > 0) await store.insertJobs(tx, jobs);
}

/**
 * Begins to do jobs in this process: `tasks` by their names, those of `schedule` at their times. Returns what stops it
 * once the running ones are done.
 */
export async function startJobs(tasks: Tasks, schedule: ScheduledTask[]): Promise<() => Promise<void>> {
  const runner = await run({
    connectionString: config().DATABASE_URL,
    maxPoolSize: CONNECTIONS,
    taskList: tasks,
    concurrency: CONCURRENCY,
    pollInterval: POLL_MS,
    noHandleSignals: true,
    logger: failuresAlone(),
    parsedCronItems: parseCronItems(
      schedule.map(({ task, match }) => ({ task, match, options: { maxAttempts: 1, jobKey: task } })),
    ),
  });
  return () => runner.stop();
}

/** Does the jobs whose time has come, and ends: for the command line, which has no server. */
export async function runJobsOnce(tasks: Tasks): Promise<void> {
  await runOnce({
    connectionString: config().DATABASE_URL,
    maxPoolSize: CONNECTIONS,
    taskList: tasks,
    noHandleSignals: true,
    logger: failuresAlone(),
  });
}

/** Takes away the jobs that name one of these people and are not being done. */
export async function deleteJobsNaming(tx: Tx, ids: string[]): Promise<void> {
  await store.deleteJobsNaming(tx, ids);
}

/** How many jobs wait, are being done, and failed for good. */
export async function countJobs(): Promise<Record<Job['state'], number>> {
  const counts = Object.fromEntries(
    (await store.selectJobCounts()).map(({ state, count }) => [state, count]),
  );
  return { waiting: 0, running: 0, failed: 0, ...counts };
}

/** The jobs that wait, are being done or have failed; those that failed first. Throws unless the viewer manages the site. */
export async function listJobs(viewer: Viewer): Promise<Job[]> {
  requireOnSite(viewer, 'manage-accounts');
  const rows = await store.selectJobs(LISTED);
  return rows.map(({ due, ...row }) => ({ ...row, due: due.toISOString() }));
}

/** Has a job done anew that failed for good. Throws not_found where there is none, and unless the viewer manages the site. */
export async function retryJob(viewer: Viewer, id: string): Promise<void> {
  requireOnSite(viewer, 'manage-accounts');
  if (!/^[1-9]\d{0,17}$/.test(id) || !(await store.retryJob(id))) throw notFound();
}

/** The queue reports each job that it does: only what went wrong goes to the log of the process. */
function failuresAlone(): Logger {
  return new Logger(() => (level, message) => {
    if (level === 'error') log().error(message);
    else if (level === 'warning') log().warn(message);
  });
}
