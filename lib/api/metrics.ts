import { createHash, timingSafeEqual } from 'node:crypto';
import type { Context } from 'hono';
import { config } from '@/lib/config';
import { clientAddress } from '@/lib/http/client-address';
import { AppError } from '@/lib/kernel/errors';
import { METRICS_TYPE, metricsText } from '@/lib/metrics';

const LOOPBACK = /^(127\.\d+\.\d+\.\d+|::1|::ffff:127\.\d+\.\d+\.\d+)$/;

/**
 * The numbers of this process for Prometheus: for who sends SCHOLION_METRICS_TOKEN; where there is none, for the machine
 * itself alone.
 *
 * @throws AppError `unauthenticated` without the token, `forbidden` from elsewhere where none is set.
 */
export async function metrics(c: Context): Promise<Response> {
  const token = config().SCHOLION_METRICS_TOKEN;
  if (token === undefined) requireLocal(c.req.raw.headers);
  else requireToken(c.req.header('authorization') ?? '', token);
  return c.body(await metricsText(), 200, { 'Content-Type': METRICS_TYPE, 'Cache-Control': 'no-store' });
}

/** What comes through a proxy comes from elsewhere, though the proxy is on this machine. */
function requireLocal(headers: Headers): void {
  const isForwarded = headers.has('x-forwarded-for') || headers.has('forwarded');
  if (!isForwarded && LOOPBACK.test(clientAddress(headers))) return;
  throw new AppError(
    'forbidden',
    'Metrics are given to this machine alone, unless the operator sets SCHOLION_METRICS_TOKEN.',
  );
}

function requireToken(authorization: string, token: string): void {
  const digest = (text: string) => createHash('sha256').update(text).digest();
  if (timingSafeEqual(digest(authorization), digest(`Bearer ${token}`))) return;
  throw new AppError('unauthenticated', 'Send the token for metrics.', {
    headers: { 'WWW-Authenticate': 'Bearer' },
  });
}
