import { createHash } from 'node:crypto';
import type { Context, Next } from 'hono';
import { answerOnce, type KeptAnswer } from '@/lib/idempotency';
import type { Env } from './middleware';
import { isFileUpload } from './uploads';

/** Headers that belong to the moment of an answer, not to what was done. */
const MOMENTARY = /^(ratelimit|date$|connection$|content-length$)/;
/** Bytes of a file that are compared when it is sent again; a larger one is compared by its size and media type. */
const COMPARED_BYTES = 250_000;

/**
 * Middleware, after the viewer is known: a write with an `Idempotency-Key` is done once for a person and a call, and
 * repeated within a day it gets the first answer, with `Idempotency-Replayed: true`. Only answers of success are kept.
 * Nobody's writes have no key, because nobody can be told from nobody; a token that only reads is refused by the route.
 */
export async function answerWriteOnce(c: Context<Env>, next: Next): Promise<Response | undefined> {
  const key = c.req.header('idempotency-key')?.trim();
  const { id: personId, scope, only } = c.get('viewer');
  const isWrite = !['GET', 'HEAD', 'OPTIONS'].includes(c.req.method);
  if (key === undefined || !isWrite || personId === null || scope === 'read') {
    await next();
    return undefined;
  }
  const { pathname, search } = new URL(c.req.url);
  // A token of one group gets nothing that another of the same person was answered.
  const call = `${c.req.method} ${pathname}${search}${only === null ? '' : ` ${only}`}`;
  const digest = await digestOf(c);
  const { kept, isRepeated } = await answerOnce({ personId, call, key, digest }, async (newId) => {
    c.set('newId', newId);
    await next();
    return keptAnswerOf(c.res);
  });
  if (!isRepeated || !kept) return undefined;
  const headers = new Headers(kept.headers);
  headers.set('Idempotency-Replayed', 'true');
  return new Response(kept.status === 204 ? null : kept.body, { status: kept.status, headers });
}

/** SHA-256 of what was sent: its media type, the version that it starts from, and its body. */
async function digestOf(c: Context<Env>): Promise<string> {
  const hash = createHash('sha256');
  hash.update(`${c.req.header('content-type') ?? ''}\n${c.req.header('if-match') ?? ''}\n`);
  const size = Number(c.req.header('content-length') ?? 0);
  const isUnread = size > COMPARED_BYTES || c.req.header('transfer-encoding') !== undefined;
  // A file is read by its route; what is JSON was read before.
  if (isFileUpload(c) && isUnread) hash.update(`${size}`);
  else hash.update(new Uint8Array(await c.req.arrayBuffer()));
  return hash.digest('base64url');
}

/** An answer of success with text as it is kept; null for any other. */
async function keptAnswerOf(response: Response): Promise<KeptAnswer | null> {
  if (!response.ok) return null;
  const headers = [...response.headers].filter(([name]) => !MOMENTARY.test(name));
  return { status: response.status, headers, body: await response.clone().text() };
}
