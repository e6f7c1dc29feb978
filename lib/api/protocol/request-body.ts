import type { Context } from 'hono';
import { AppError } from '@/lib/kernel/errors';
import type { Env } from '../middleware';
import { requireNoCoding } from '../uploads';
import { ACCEPTED_TYPES } from './resource-headers';

/** The text of a body, whose bytes are kept: what is read as text alone hides that it is not UTF-8. */
export async function readTextOfBytes(c: Context<Env>): Promise<string> {
  return new TextDecoder().decode(await c.req.arrayBuffer());
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
