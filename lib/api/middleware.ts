import { OpenAPIHono } from '@hono/zod-openapi';
import type { Context, Next } from 'hono';
import { getCookie } from 'hono/cookie';
import { HTTPException } from 'hono/http-exception';
import { refusedWriteFrom, unavailableFrom } from '@/lib/db';
import { resolveMember } from '@/lib/group';
import { requireBoundedJson } from '@/lib/http/bounded-json';
import { rejectCrossSiteWrite } from '@/lib/http/csrf';
import { problemResponse } from '@/lib/http/problem-details';
import { countWrite, rateLimitHeaders } from '@/lib/http/rate-limit';
import { rejectUnsafeText } from '@/lib/http/reject-unsafe-text';
import { isDecodable } from '@/lib/http/request-target';
import type { Locale } from '@/lib/i18n';
import { negotiateLocale } from '@/lib/i18n';
import { forgetViewers } from '@/lib/identity';
import type { Viewer } from '@/lib/identity/schema';
import { AppError, invalidFields } from '@/lib/kernel/errors';
import { fieldErrors } from '@/lib/kernel/field-errors';
import { newId } from '@/lib/kernel/ids';
import { log } from '@/lib/log';
import { isBrokenOff } from './connection';
import { isFileUpload, JSON_TYPE, takeShareOfBody } from './uploads';

/** What the middleware puts into the context of every handler. */
export type Env = {
  Variables: {
    viewer: Viewer;
    locale: Locale;
    /** The id for what the call creates, where it is the same however often the call is sent. */
    newId?: string;
  };
};

/** An empty part of the API. Invalid input is refused with one entry for each field before a handler runs. */
export function createApi(): OpenAPIHono<Env> {
  return new OpenAPIHono<Env>({
    defaultHook: (result) => {
      if (result.success) return;
      const errors = fieldErrors(result.error, result.target);
      throw invalidFields(errors);
    },
  });
}

/** Writes that change nothing of who anybody is: those of annotations, in the API and the protocol. */
const ANNOTATION_PATH = /\/annotations(\/|$)|^\/api\/v1\/preview$/;
const SAFE = new Set(['GET', 'HEAD', 'OPTIONS']);

/** Middleware: resolves locale and viewer; for a write, checks origin, rate limit and text of the body. */
export const identifyRequest = identifyWith((c) => c.req.text());

/** The same, with a way to read the text of a JSON body; it is read once it is known who sends it. */
export function identifyWith(readText: (c: Context<Env>) => Promise<string>) {
  return async (c: Context<Env>, next: Next): Promise<void> => {
    const release = await identify(c);
    try {
      await checkText(c, readText);
      await next();
    } finally {
      release();
    }
    const viewer = c.get('viewer');
    // What a write has made of memberships holds from its answer on; other processes are notified.
    if (isWrite(c) && !ANNOTATION_PATH.test(c.req.path)) forgetViewers();
    // Responses depend on the caller, so no shared cache may keep them.
    if (!c.res.headers.has('Cache-Control')) c.res.headers.set('Cache-Control', 'private, no-cache');
    if (viewer.token === null) return;
    for (const [name, value] of Object.entries(await rateLimitHeaders(viewer)))
      c.res.headers.set(name, value);
  };
}

const isWrite = (c: Context) => !SAFE.has(c.req.method);

/** Resolves locale and viewer, and checks that a write may be looked at. What it returns ends the share of a large body. */
async function identify(c: Context<Env>): Promise<() => void> {
  c.set('locale', negotiateLocale(getCookie(c, 'locale'), c.req.header('accept-language')));
  const { headers } = c.req.raw;
  const viewer = await resolveMember(headers);
  c.set('viewer', viewer);
  if (!isWrite(c)) return () => {};
  rejectCrossSiteWrite(headers);
  await countWrite(viewer);
  return takeShareOfBody(c, viewer.id);
}

/** Refuses text that is none, in the address and in a JSON body. A file is read by its route, after authorisation. */
async function checkText(c: Context<Env>, readText: (c: Context<Env>) => Promise<string>): Promise<void> {
  const isJson = isWrite(c) && !isFileUpload(c) && JSON_TYPE.test(c.req.header('content-type') ?? '');
  const text = isJson ? await readText(c) : '';
  requireBoundedJson(text);
  rejectUnsafeText(c.req.url, text);
}

/** Middleware: refuses a path that cannot be decoded (malformed), whatever part of the server it is for. */
export async function rejectUndecodablePath(c: Context<Env>, next: Next): Promise<void> {
  if (!isDecodable(new URL(c.req.url).pathname))
    throw new AppError('malformed', 'This address cannot be read.');
  await next();
}

/** Turns every error into problem+json. One that is not an AppError is a defect: the log has it under a reference, the client gets the reference alone. */
export function handleError(error: Error, c: Context<Env>): Response {
  const locale = c.get('locale') ?? negotiateLocale(getCookie(c, 'locale'), c.req.header('accept-language'));
  // Nobody reads it: the status is the one that nginx writes into its log then.
  if (isBrokenOff(error)) return new Response(null, { status: 499 });
  if (error instanceof AppError) return problemResponse(error, locale);
  if (error instanceof HTTPException && error.status === 400) {
    return problemResponse(new AppError('malformed', 'The body is not JSON.'), locale);
  }
  if (error instanceof HTTPException && error.status === 413) {
    return problemResponse(new AppError('too_large', 'The body is larger than this server takes.'), locale);
  }
  const refused = refusedWriteFrom(error);
  if (refused) return problemResponse(refused, locale);
  const unavailable = unavailableFrom(error);
  if (unavailable) return problemResponse(unavailable, locale);
  const reference = newId();
  log().error({ err: error, reference, method: c.req.method, path: c.req.path }, 'request failed');
  return problemResponse(
    new AppError('internal', 'Something went wrong here. It was written down; try again.'),
    locale,
    reference,
  );
}
