/**
 * The browser's client of the JSON API: same origin, the session's cookie, refusals as problem details (RFC 9457).
 * Paths, parameters, bodies and answers have the types of the API's own routes; nothing of the server is loaded.
 */
import type { ExtractSchema } from 'hono/types';
import type { ApiRoutes } from '@/lib/api';
import { sendBody } from './send-body';

type Schema = ExtractSchema<ApiRoutes>;
type Method = 'get' | 'post' | 'patch' | 'put' | 'delete';

/** Every route by its name, such as `GET /groups/:group/annotations`, with what it takes and gives. */
type Routes = {
  [Path in keyof Schema & string as Path extends `/api/v1${infer Rest}`
    ? { [M in Method]: `$${M}` extends keyof Schema[Path] ? `${Uppercase<M>} ${Rest}` : never }[Method]
    : never]: Schema[Path];
};

/** The name of a route: its method and its path below `/api/v1`. */
export type RouteName = keyof Routes & string;

type Endpoint<R extends RouteName> = R extends `${infer M} ${string}`
  ? Routes[R][`$${Lowercase<M>}` & keyof Routes[R]]
  : never;

type Input<R extends RouteName> = Endpoint<R> extends { input: infer I } ? I : never;

/** What a route answers when it does not refuse. */
export type ApiOutput<R extends RouteName> = Endpoint<R> extends { output: infer O } ? O : never;

/** The JSON body that a route takes. */
export type ApiBody<R extends RouteName> = Input<R> extends { json: infer J } ? J : never;

/** A body that is sent as it is, with its media type. */
type RawBody = { body: Blob | string; type: string };

type Body<R extends RouteName> =
  | (Input<R> extends { json: infer J } ? { json: J; raw?: never } : { raw?: never })
  | { raw: RawBody };

type Options<R extends RouteName> = Pick<Input<R>, keyof Input<R> & ('param' | 'query')> &
  Body<R> & {
    /** The version that a change starts from. */
    ifMatch?: number | string;
    /** Names what is written: sent again with the same name, it is written once. */
    idempotencyKey?: string | undefined;
    signal?: AbortSignal;
    /** Told which share of a `raw` body has gone out, from 0 to 1. */
    onSent?: (share: number) => void;
  };

/** One fault of the input; `pointer` is a JSON pointer into the body that was sent. */
export interface FieldProblem {
  pointer: string;
  detail: string;
}

/** A refusal, or no answer at all (`status` 0, `code` "network"). */
export class Problem extends Error {
  readonly status: number;
  readonly code: string;
  readonly title: string;
  readonly detail: string;
  readonly errors: FieldProblem[];

  constructor(status: number, body: Partial<Omit<Problem, 'status'>> = {}) {
    super(body.detail ?? body.title ?? `HTTP ${status}`);
    this.name = 'Problem';
    this.status = status;
    this.code = body.code ?? (status === 0 ? 'network' : 'internal');
    this.title = body.title ?? '';
    this.detail = body.detail ?? '';
    this.errors = body.errors ?? [];
  }
}

/** Any error as a problem; what is none means that no answer came. */
export function toProblem(error: unknown): Problem {
  return error instanceof Problem ? error : new Problem(0);
}

interface UntypedOptions {
  param?: Record<string, string>;
  query?: Record<string, unknown>;
  json?: unknown;
  raw?: RawBody;
  ifMatch?: number | string;
  idempotencyKey?: string;
  signal?: AbortSignal;
  onSent?: (share: number) => void;
}

/** Calls a route and gives the JSON of its answer. Throws `Problem`; what was aborted throws as `fetch` does. */
export async function api<R extends RouteName>(
  route: R,
  ...[options]: object extends Options<R> ? [Options<R>?] : [Options<R>]
): Promise<ApiOutput<R>> {
  const {
    param = {},
    query = {},
    json,
    raw,
    ifMatch,
    idempotencyKey,
    signal,
    onSent,
  } = (options ?? {}) as UntypedOptions;
  const [method, template = ''] = route.split(' ');
  const path = template.replace(/:(\w+)/g, (_, name: string) => encodeURIComponent(param[name] ?? ''));
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) if (value != null) search.set(name, String(value));
  const headers = new Headers({ Accept: 'application/json' });
  if (raw || json !== undefined) headers.set('Content-Type', raw?.type ?? 'application/json');
  if (ifMatch !== undefined) headers.set('If-Match', `"${ifMatch}"`);
  if (idempotencyKey !== undefined) headers.set('Idempotency-Key', idempotencyKey);
  const body = raw ? raw.body : json === undefined ? undefined : JSON.stringify(json);
  const url = `/api/v1${path}${search.size > 0 ? `?${search}` : ''}`;
  const sending =
    raw && onSent
      ? sendBody(
          url,
          { method: method ?? 'POST', headers, body: raw.body, ...(signal && { signal }) },
          onSent,
        )
      : fetch(url, { method, headers, body, signal });
  const response = await sending.catch((error) => {
    if (signal?.aborted) throw error;
    throw new Problem(0);
  });
  const answer: unknown = await response.json().catch(() => null);
  if (!response.ok) throw new Problem(response.status, (answer ?? {}) as Partial<Problem>);
  return answer as ApiOutput<R>;
}
