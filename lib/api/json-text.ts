import type { Context, TypedResponse } from 'hono';
import type { JSONValue } from 'hono/utils/types';
import { evaluateReadConditions } from '@/lib/http/conditional-requests';
import type { Env } from './middleware';

const JSON_HEADERS = { 'Content-Type': 'application/json' };

/** Whether the client that sent a request has what an opaque tag stands for (RFC 9110 §13.1.2). */
export function knownTo(c: Context<Env>): (etag: string) => boolean {
  const { headers } = c.req.raw;
  if (!c.req.header('if-none-match')) return () => false;
  return (etag) => evaluateReadConditions(headers, `"${etag}"`) === 'unchanged';
}

/** JSON with a weak ETag of its opaque tag, because it may travel compressed (RFC 9110 §8.8.1). */
export function weakly({ etag, json }: JsonAnswer): JsonAnswer {
  return { etag: `W/"${etag}"`, json };
}

type JsonAnswer = { etag: string; json: Buffer | null };

/** Responds with JSON that a room has made, of the type `T`; with 304 where there is none, because the client has it. */
export function respondWithJson<T extends JSONValue>(
  c: Context<Env>,
  { etag, json }: JsonAnswer,
): TypedResponse<T, 200, 'json'> {
  const headers = { ETag: etag };
  const response =
    json === null
      ? c.body(null, 304, headers)
      : c.body(json as Uint8Array<ArrayBuffer>, 200, { ...JSON_HEADERS, ...headers });
  return response as unknown as TypedResponse<T, 200, 'json'>;
}
