import type { Instrumentation } from 'next';

/** Logs errors of rendering, which Next does not log here. */
export const onRequestError: Instrumentation.onRequestError = async (error, request) => {
  if (process.env.NEXT_RUNTIME !== 'nodejs') return;
  const { log } = await import('@/lib/log');
  log().error({ err: error, method: request.method, path: request.path.split('?')[0] }, 'page failed');
};
