import { Prisma, query, type Tx } from '@/lib/db';
import type { Job, JobInput } from './schema';

export async function insertJobs(tx: Tx, jobs: JobInput[]): Promise<void> {
  const rows = jobs.map(({ at, ...job }) => ({ ...job, at: at?.toISOString() ?? null }));
  await tx.$executeRaw`
    SELECT graphile_worker.add_job(j.task, j.payload, queue_name => j.queue, run_at => j.at,
             max_attempts => coalesce(j.attempts, 12), job_key => j.key)
      FROM json_to_recordset(${JSON.stringify(rows)}::json)
        AS j(task text, payload json, key text, queue text, at timestamptz, attempts int)`;
}

const STATE = Prisma.sql`CASE WHEN attempts >= max_attempts THEN 'failed' WHEN locked_at IS NOT NULL THEN 'running' ELSE 'waiting' END`;

/** How many jobs are in each state that any is in. */
export function selectJobCounts(): Promise<{ state: Job['state']; count: number }[]> {
  return query(Prisma.sql`
    SELECT ${STATE} AS state, count(*)::int AS count FROM graphile_worker.jobs GROUP BY 1`);
}

export function selectJobs(limit: number): Promise<(Omit<Job, 'due'> & { due: Date })[]> {
  return query(Prisma.sql`
    SELECT id::text, task_identifier AS task, run_at AS due, attempts::int, last_error AS error,
           ${STATE} AS state
      FROM graphile_worker.jobs ORDER BY attempts >= max_attempts DESC, run_at LIMIT ${limit}`);
}

/** Has a job that failed for good done at once, with all its attempts before it. Whether there is one. */
export async function retryJob(id: string): Promise<boolean> {
  const rows = await query<{ id: string }>(Prisma.sql`
    SELECT r.id::text FROM graphile_worker.jobs j, graphile_worker.reschedule_jobs(ARRAY[j.id], run_at => now(), attempts => 0) r
     WHERE j.id = ${id}::bigint AND j.attempts >= j.max_attempts`);
  return rows.length > 0;
}

/** Deletes the jobs that are not being done whose payload, key or error has one of these ids, and queues that have one in their name. */
export async function deleteJobsNaming(tx: Tx, ids: string[]): Promise<void> {
  const any = ids.join('|');
  await tx.$executeRaw`
    SELECT graphile_worker.complete_jobs(ARRAY(SELECT j.id FROM graphile_worker._private_jobs j
      WHERE concat_ws(' ', j.payload, j.key, j.last_error) ~* ${any}))`;
  await tx.$executeRaw`
    DELETE FROM graphile_worker._private_job_queues q WHERE q.queue_name ~* ${any} AND q.locked_at IS NULL
       AND NOT EXISTS (SELECT FROM graphile_worker._private_jobs j WHERE j.job_queue_id = q.id)`;
}
