import type { ServerResponse } from 'node:http';
import { config } from '@/lib/config';
import { type Locale, type Translate, translator } from '@/lib/i18n';
import { type AppError, type ErrorCode, STATUS } from '@/lib/kernel/errors';

/** The title of each problem type; also the key of its translations. */
export const PROBLEM_TITLES: Record<ErrorCode, string> = {
  malformed: 'The request cannot be read',
  unauthenticated: 'Not signed in',
  forbidden: 'Not allowed',
  not_found: 'Not found',
  method_not_allowed: 'Method not allowed',
  not_acceptable: 'No such representation',
  conflict: 'In conflict with what is there',
  gone: 'Gone',
  stale: 'Changed meanwhile',
  too_large: 'Too large',
  unsupported: 'Content type not supported',
  invalid: 'Not valid',
  locked: 'Locked',
  muted: 'Muted for a time',
  precondition_required: 'If-Match is missing',
  rate_limited: 'Too many requests',
  unavailable: 'Not available for a moment',
  internal: 'An error on our side',
};

/** The IRI of a problem type (RFC 9457 §3.1.1), which can be dereferenced. */
export function problemTypeIri(code: ErrorCode): string {
  return `${config().address}/api/v1/problems/${code}`;
}

/** A sentence of an error in the language of the caller; one without a translation stays English. */
export function translateProblem(
  locale: Locale,
  sentence: string,
  values?: Record<string, string | number>,
): string {
  return (translator(locale, 'problems') as Translate<string>)(sentence, values);
}

/** An error as application/problem+json (RFC 9457), in the language of the caller. */
export function problemResponse(error: AppError, locale: Locale, reference?: string): Response {
  // Sentences are their own keys, so one without a translation is shown in English.
  const translate = translator(locale, 'problems') as Translate<string>;
  const status = STATUS[error.code];
  const body = {
    type: problemTypeIri(error.code),
    title: translate(PROBLEM_TITLES[error.code]),
    status,
    detail: translate(error.message, error.values),
    code: error.code,
    ...(error.errors.length > 0 && {
      errors: error.errors.map(({ pointer, detail, values }) => ({
        pointer,
        detail: translate(detail, values),
      })),
    }),
    ...(reference && { reference }),
    ...error.extensions,
  };
  return new Response(JSON.stringify(body), {
    status,
    headers: {
      'Content-Type': 'application/problem+json; charset=utf-8',
      'Cache-Control': 'no-store',
      // The rest of a body that is too large is not read: the connection cannot be used again (RFC 9110 §15.5.14).
      ...(status === 413 && { Connection: 'close' }),
      ...error.headers,
    },
  });
}

/** Answers with `problemResponse` where there is no Hono. */
export async function sendProblem(response: ServerResponse, error: AppError, locale: Locale): Promise<void> {
  const answer = problemResponse(error, locale);
  response.writeHead(answer.status, Object.fromEntries(answer.headers)).end(await answer.text());
}
