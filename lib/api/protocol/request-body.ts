import type { Context, Next } from 'hono';
import { AppError } from '@/lib/kernel/errors';
import type { Env } from '../middleware';
import { ACCEPTED_TYPES } from './resource-headers';

/** Reads the octets of a body before anything reads it as text, which would hide what is no UTF-8. */
export async function bufferBody(c: Context<Env>, next: Next): Promise<void> {
  if (c.req.raw.body) await c.req.arrayBuffer();
  await next();
}

/**
 * The JSON of a request's body. Throws unsupported (another media type, or a coding), malformed (no UTF-8, no JSON).
 * A profile that is not ours changes nothing: what the annotation says is what counts.
 */
export async function readJsonBody(c: Context<Env>): Promise<unknown> {
  const coding = c.req.header('content-encoding')?.trim().toLowerCase() ?? 'identity';
  if (coding !== 'identity') {
    const headers = { 'Accept-Encoding': 'identity' };
    throw new AppError('unsupported', 'Send the body as it is, without a Content-Encoding.', { headers });
  }
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
