import type { Context, Next } from 'hono';
import { AppError } from '@/lib/kernel/errors';
import type { Env } from '../middleware';
import { requireNoCoding } from '../uploads';
import { ACCEPTED_TYPES } from './resource-headers';

/** Middleware: buffers the bytes of a body, because reading it as text would hide invalid UTF-8. */
export async function bufferBody(c: Context<Env>, next: Next): Promise<void> {
  if (c.req.raw.body) await c.req.arrayBuffer();
  await next();
}

/**
 * The JSON of a request's body. Throws unsupported (another media type, a content coding), malformed (not UTF-8, not
 * JSON). The profile of the media type is ignored, because the annotation's own context counts.
 */
export async function readJsonBody(c: Context<Env>): Promise<unknown> {
  requireNoCoding(c.req.header('content-encoding'));
  const [type = ''] = (c.req.header('content-type') ?? '').split(';');
  if (!/^application\/(ld\+)?json$/i.test(type.trim())) {
    const headers = { Accept: ACCEPTED_TYPES };
    throw new AppError('unsupported', 'Send application/ld+json or application/json.', { headers });
  }
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(await c.req.arrayBuffer());
  } catch {
    throw new AppError('malformed', 'The body is not UTF-8.');
  }
  try {
    return JSON.parse(text);
  } catch {
    throw new AppError('malformed', 'The body is not JSON.');
  }
}
