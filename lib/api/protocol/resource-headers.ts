import type { Context, Next } from 'hono';
import { CORS_HEADERS, preflightHeaders } from '@/lib/http/cors';
import { AppError } from '@/lib/kernel/errors';
import { ANNO_TYPE } from '@/lib/w3c';
import type { Env } from '../middleware';

/** The media types that a container takes, and an annotation on PUT. */
export const ACCEPTED_TYPES = `${ANNO_TYPE}, application/ld+json, application/json`;

const LDP = 'http://www.w3.org/ns/ldp#';
const IS_RESOURCE = `<${LDP}Resource>; rel="type"`;
/** Web Annotation Protocol §4.1: its type, and that its contents are constrained. */
const IS_CONTAINER = [
  `<${LDP}BasicContainer>; rel="type"`,
  IS_RESOURCE,
  `<http://www.w3.org/TR/annotation-protocol/>; rel="${LDP}constrainedBy"`,
].join(', ');
const READING = 'GET, HEAD, OPTIONS';
// What an answer depends on: the format, and who asks.
const VARY = 'Accept, Authorization, Cookie';

/** What every answer of a kind of resource says of it. */
export type ResourceHeaders = { Allow: string; Link: string; Vary: string; 'Accept-Post'?: string };

export const CONTAINER: ResourceHeaders = {
  ...{ Allow: `${READING}, POST`, Link: IS_CONTAINER, Vary: `Prefer, ${VARY}` },
  'Accept-Post': ACCEPTED_TYPES,
};
/** What all may see of all groups: nothing is made in it. */
export const COLLECTION: ResourceHeaders = { Allow: READING, Link: IS_CONTAINER, Vary: `Prefer, ${VARY}` };
/** A page is no container (§4.3). */
export const PAGE: ResourceHeaders = { Allow: READING, Link: IS_RESOURCE, Vary: VARY };
export const ITEM: ResourceHeaders = {
  Allow: `${READING}, PUT, DELETE`,
  Link: `${IS_RESOURCE}, <http://www.w3.org/ns/oa#Annotation>; rel="type"`,
  Vary: VARY,
};
/** What only leads elsewhere. */
export const REDIRECT: ResourceHeaders = { Allow: READING, Link: IS_RESOURCE, Vary: VARY };

/** Statuses that say that there is no such resource: nothing is to be said of it either. */
const ABSENT = new Set([404, 410]);

/**
 * Puts on every answer, refusals too, what the resource is and what can be done with it, and lets scripts of other
 * sites read it. OPTIONS is answered here, before anybody is asked who they are: a pre-flight has no credentials.
 */
export function describeResource(resourceOf: (c: Context<Env>) => ResourceHeaders) {
  return async (c: Context<Env>, next: Next): Promise<void> => {
    const resource = resourceOf(c);
    if (c.req.method === 'OPTIONS') c.res = new Response(null, { status: 204 });
    else await next();
    const extra = c.req.method === 'OPTIONS' ? preflightHeaders(c.req.raw.headers, resource.Allow) : {};
    const told = ABSENT.has(c.res.status) ? { Vary: resource.Vary } : resource;
    for (const [name, value] of Object.entries({ ...told, ...CORS_HEADERS, ...extra })) {
      c.res.headers.set(name, value);
    }
  };
}

/** Answers the methods that a resource does not have: 405 (RFC 9110 §15.5.6); `describeResource` adds Allow. */
export function methodNotAllowed(): never {
  throw new AppError('method_not_allowed', 'This cannot be done here: the Allow header lists what can.');
}
