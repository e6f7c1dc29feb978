import type { Context, Next } from 'hono';
import { CORS_HEADERS, preflightHeaders } from '@/lib/http/cors';
import { AppError } from '@/lib/kernel/errors';
import { ANNO_TYPE } from '@/lib/w3c';
import type { Env } from '../middleware';

/** The media types that a container takes, and an annotation on PUT. */
export const ACCEPTED_TYPES = `${ANNO_TYPE}, application/ld+json, application/json`;

const LDP = 'http://www.w3.org/ns/ldp#';
const IS_RESOURCE = `<${LDP}Resource>; rel="type"`;
/** Web Annotation Protocol §4.1: the type of a container, and the constraint on its contents. */
const IS_CONTAINER = [
  `<${LDP}BasicContainer>; rel="type"`,
  IS_RESOURCE,
  `<http://www.w3.org/TR/annotation-protocol/>; rel="${LDP}constrainedBy"`,
].join(', ');
const READ_METHODS = 'GET, HEAD, OPTIONS';
// Responses depend on the format and on the caller.
const VARY = 'Accept, Authorization, Cookie';

/** The headers of every response of a resource. */
export type ResourceHeaders = { Allow: string; Link: string; Vary: string; 'Accept-Post'?: string };

export const CONTAINER: ResourceHeaders = {
  Allow: `${READ_METHODS}, POST`,
  Link: IS_CONTAINER,
  Vary: `Prefer, ${VARY}`,
  'Accept-Post': ACCEPTED_TYPES,
};
/** The collection of all groups, which is read-only. */
export const COLLECTION: ResourceHeaders = {
  Allow: READ_METHODS,
  Link: IS_CONTAINER,
  Vary: `Prefer, ${VARY}`,
};
/** A page, which is no container (§4.3). */
export const PAGE: ResourceHeaders = { Allow: READ_METHODS, Link: IS_RESOURCE, Vary: VARY };
export const ITEM: ResourceHeaders = {
  Allow: `${READ_METHODS}, PUT, DELETE`,
  Link: `${IS_RESOURCE}, <http://www.w3.org/ns/oa#Annotation>; rel="type"`,
  Vary: VARY,
};
/** A resource that only redirects. */
export const REDIRECT: ResourceHeaders = { Allow: READ_METHODS, Link: IS_RESOURCE, Vary: VARY };

/** For these statuses there is no resource, and so nothing to describe. */
const ABSENT = new Set([404, 410]);

/**
 * Middleware: sets the headers that describe the resource on every response, errors included, and the CORS headers.
 * OPTIONS is answered here, before the viewer is resolved, because a preflight request has no credentials.
 */
export function describeResource(resourceOf: (c: Context<Env>) => ResourceHeaders) {
  return async (c: Context<Env>, next: Next): Promise<void> => {
    const resource = resourceOf(c);
    if (c.req.method === 'OPTIONS') c.res = new Response(null, { status: 204 });
    else await next();
    const extra = c.req.method === 'OPTIONS' ? preflightHeaders(c.req.raw.headers, resource.Allow) : {};
    const described = ABSENT.has(c.res.status) ? { Vary: resource.Vary } : resource;
    for (const [name, value] of Object.entries({ ...described, ...CORS_HEADERS, ...extra })) {
      c.res.headers.set(name, value);
    }
  };
}

/** Throws 405 (RFC 9110 §15.5.6); `describeResource` adds Allow. */
export function methodNotAllowed(): never {
  throw new AppError('method_not_allowed', 'This cannot be done here: the Allow header lists what can.');
}
