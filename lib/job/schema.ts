import { z } from '@hono/zod-openapi';

/**
 * A job to enqueue. `key` names it: while one of that key waits, a second replaces it. Those of one `queue` are done one
 * after the other. `at` is the earliest time.
 */
export type JobInput = {
  task: string;
  payload: object;
  key?: string;
  queue?: string;
  at?: Date;
  /** Attempts before it has failed for good; the pause between two grows to hours. */
  attempts?: number;
};

/** A task that is done at set times: `match` is a cron expression in UTC. */
export type ScheduledTask = { task: string; match: string };

/** A job as the operator sees it. Its payload is not shown, since it names people. */
export const jobSchema = z
  .strictObject({
    id: z.string(),
    task: z.string(),
    state: z.enum(['waiting', 'running', 'failed']),
    due: z.iso.datetime(),
    attempts: z.int(),
    /** What the last attempt said. */
    error: z.string().nullable(),
  })
  .openapi('Job');

export type Job = z.infer<typeof jobSchema>;
