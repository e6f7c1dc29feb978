/** Whether a thread was ended at its limit of time (`AbortSignal.timeout`) or of memory (`resourceLimits`). */
export function isWorkerLimit(error: unknown): boolean {
  const { name, code } = error as { name?: string; code?: string };
  return name === 'AbortError' || name === 'TimeoutError' || code === 'ERR_WORKER_OUT_OF_MEMORY';
}
