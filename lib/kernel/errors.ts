/** The codes of refusals. Each has one HTTP status (`STATUS`) and one problem type. */
export type ErrorCode =
  | 'malformed'
  | 'unauthenticated'
  | 'forbidden'
  | 'not_found'
  | 'method_not_allowed'
  | 'not_acceptable'
  | 'conflict'
  | 'gone'
  | 'stale'
  | 'too_large'
  | 'unsupported'
  | 'invalid'
  | 'locked'
  | 'muted'
  | 'precondition_required'
  | 'rate_limited'
  | 'unavailable'
  | 'internal';

/** HTTP status by code. `stale` is a failed If-Match; a stale version in a body is a `conflict`. */
export const STATUS = {
  malformed: 400,
  unauthenticated: 401,
  forbidden: 403,
  not_found: 404,
  method_not_allowed: 405,
  not_acceptable: 406,
  conflict: 409,
  gone: 410,
  stale: 412,
  too_large: 413,
  unsupported: 415,
  invalid: 422,
  locked: 423,
  muted: 403,
  precondition_required: 428,
  rate_limited: 429,
  internal: 500,
  unavailable: 503,
} as const satisfies Record<ErrorCode, number>;

/** The values of a sentence's {placeholders}. */
type Values = Record<string, string | number>;

/** One error of the input: `pointer` is a JSON pointer (RFC 6901) into the body, or the name of a parameter. */
export type FieldError = { pointer: string; detail: string; values?: Values };

/**
 * An expected refusal. `detail` is an English sentence that tells the caller what to do. It is also the key of its
 * translations (lib/i18n/messages/problems.*.json), so values are never built into it: they come as `values` for its
 * {placeholders}. `errors` has one entry for each invalid field. Any other error is a defect and becomes `internal`.
 */
export class AppError extends Error {
  readonly code: ErrorCode;
  readonly errors: FieldError[];
  readonly headers: Record<string, string>;
  readonly values: Values;
  /** Further members of the problem (RFC 9457 §3.2): facts, not sentences. */
  readonly extensions: object;

  constructor(
    code: ErrorCode,
    detail: string,
    more: {
      errors?: FieldError[];
      headers?: Record<string, string>;
      values?: Values;
      extensions?: object;
    } = {},
  ) {
    super(detail);
    this.name = 'AppError';
    this.code = code;
    this.errors = more.errors ?? [];
    this.headers = more.headers ?? {};
    this.values = more.values ?? {};
    this.extensions = more.extensions ?? {};
  }
}

/** The work ended because whoever asked for it went away: nobody reads an answer, and it is no defect. */
export class Stopped extends Error {
  constructor() {
    super('whoever asked for this went away');
    this.name = 'Stopped';
  }
}

/** The refusal for what does not exist and for what the caller may not know of: the two must not differ. */
export function notFound(): AppError {
  return new AppError('not_found', 'There is nothing here, or nothing that you may see.');
}

/** The result of `result`, or null where it throws not_found. Other errors pass: a failed database is no absence. */
export async function nullIfNotFound<T>(result: Promise<T>): Promise<T | null> {
  return result.catch((error) => {
    if (error instanceof AppError && error.code === 'not_found') return null;
    throw error;
  });
}

/** The refusal of fields that are not right, each with the pointer and the sentence of its fault. */
export function invalidFields(errors: FieldError[]): AppError {
  return new AppError('invalid', 'Please correct the marked fields.', { errors });
}

/** The refusal of one field of a JSON body: `field` is its name, `detail` as in AppError. */
export function invalidField(field: string, detail: string, values?: Values): AppError {
  return invalidFields([{ pointer: `/${field}`, detail, ...(values && { values }) }]);
}
