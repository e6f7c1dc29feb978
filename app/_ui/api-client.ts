/** The browser's way to the JSON API: same origin, the session's cookie, problems as RFC 9457 gives them. */

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

export interface ApiCall {
  method?: 'GET' | 'POST' | 'PATCH' | 'PUT' | 'DELETE';
  body?: unknown;
  /** The media type of a body that is sent as it is; JSON is made of any other. */
  type?: string;
  /** The version that a change starts from. */
  ifMatch?: number | string;
  signal?: AbortSignal;
}

/** Call `/api/v1/{path}` and give the answer's JSON. Throws `Problem`. */
export async function api<T>(
  path: string,
  { method = 'GET', body, type, ifMatch, signal }: ApiCall = {},
): Promise<T> {
  const headers = new Headers({ Accept: 'application/json' });
  if (body !== undefined) headers.set('Content-Type', type ?? 'application/json');
  if (ifMatch !== undefined) headers.set('If-Match', `"${ifMatch}"`);
  const sent = type ? (body as string | Blob) : body === undefined ? undefined : JSON.stringify(body);
  const response = await fetch(`/api/v1/${path}`, { method, headers, body: sent, signal }).catch((error) => {
    if (signal?.aborted) throw error;
    throw new Problem(0);
  });
  const answer: unknown = await response.json().catch(() => null);
  if (!response.ok) throw new Problem(response.status, (answer ?? {}) as Partial<Problem>);
  return answer as T;
}
