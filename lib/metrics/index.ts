/**
 * What an operator watches: how long requests take, connections, streams and jobs, and the process itself, in the text
 * format of Prometheus. Nothing in them tells of a person, a group or a text.
 */
import { collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import { countConnections, ping } from '@/lib/db';
import { countJobs } from '@/lib/job';
import { countStreams } from '@/lib/live';
import { type RequestKind, requestKind } from './request-kind';

export { requestKind };

const registry = new Registry();
/** The media type of `metricsText`. */
export const METRICS_TYPE = registry.contentType;

const requests = new Histogram({
  name: 'scholion_http_request_duration_seconds',
  help: 'Time from a request to the end of its answer; of an event stream too.',
  labelNames: ['kind', 'method', 'status'],
  buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 60],
  registers: [registry],
});

new Gauge({
  name: 'scholion_event_streams',
  help: 'Open event streams.',
  registers: [registry],
  collect() {
    this.set(countStreams());
  },
});

new Gauge({
  name: 'scholion_database_connections',
  help: 'Connections of the pool, and requests that wait for one.',
  labelNames: ['state'],
  registers: [registry],
  collect() {
    for (const [state, count] of Object.entries(countConnections())) this.set({ state }, count);
  },
});

new Gauge({
  name: 'scholion_database_up',
  help: 'Whether the database answers.',
  registers: [registry],
  async collect() {
    this.set(
      await ping().then(
        () => 1,
        () => 0,
      ),
    );
  },
});

new Gauge({
  name: 'scholion_jobs',
  help: 'Jobs of the queue, which all instances share: waiting, running, failed for good.',
  labelNames: ['state'],
  registers: [registry],
  async collect() {
    this.reset();
    // A server whose database is away is still asked how it is.
    const counts = await countJobs().catch(() => ({}));
    for (const [state, count] of Object.entries(counts)) this.set({ state }, count);
  },
});

const METHODS = new Set(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS']);

/** Counts one request, which took so many seconds. */
export function observeRequest(
  { kind, method, status }: { kind: RequestKind; method: string; status: number },
  seconds: number,
): void {
  // Anybody may send any word as a method, and each would be a row of its own.
  requests.observe({ kind, method: METHODS.has(method) ? method : 'other', status }, seconds);
}

/** Begins to collect what the process says of itself: memory, processor, event loop, garbage. Once in a process. */
export function startMetrics(): void {
  collectDefaultMetrics({ register: registry });
}

/** All numbers in the text format of Prometheus. */
export function metricsText(): Promise<string> {
  return registry.metrics();
}
