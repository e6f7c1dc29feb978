import { createRoute, type RouteConfig, z } from '@hono/zod-openapi';
import { problemSchema } from './problem-schema';

/** A JSON response. */
export function json<S extends z.ZodType>(schema: S, description = 'OK') {
  return { description, content: { 'application/json': { schema } } };
}

/** A required JSON request body. */
export function body<S extends z.ZodType>(schema: S) {
  return { body: { required: true, content: { 'application/json': { schema } } } } as const;
}

const refusal = { content: { 'application/problem+json': { schema: problemSchema } } };

/** The errors that every call can have. */
const REFUSALS = {
  400: { ...refusal, description: 'Cannot be read' },
  401: { ...refusal, description: 'Not signed in, or a bad token' },
  403: { ...refusal, description: 'Not allowed' },
  404: { ...refusal, description: 'Not there, or not for you to know of' },
  422: { ...refusal, description: 'Not valid: one entry per field' },
  429: { ...refusal, description: 'Too many requests' },
  503: { ...refusal, description: 'Not available for a moment; Retry-After says for how long' },
};
/** The errors of calls with a body, in addition. */
const BODY_REFUSALS = {
  413: { ...refusal, description: 'The body is too large, or has too much in it' },
  415: { ...refusal, description: 'The body is of another media type' },
};

/** A route of the API: `createRoute` of @hono/zod-openapi, with an operationId and the common errors. */
export function route<const R extends RouteConfig>(config: R) {
  const refusals = { ...REFUSALS, ...(config.request?.body && BODY_REFUSALS) };
  const responses = { ...config.responses, ...(refusals as object) };
  return createRoute({ operationId: operationIdOf(config), ...config, responses } as R);
}

/** The operationId, for generators of clients: `get /groups/{group}/members` is `getGroupsByGroupMembers`. */
function operationIdOf({ method, path }: RouteConfig): string {
  const words = path
    .split('/')
    .filter(Boolean)
    .flatMap((segment) => (segment.startsWith('{') ? ['by', segment.slice(1, -1)] : segment.split(/[-.]/)));
  return method + words.map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join('');
}

/** The parameters of paths. */
export const groupParam = z.object({ group: z.string().min(1).max(100) });
export const idParam = z.object({ id: z.string().min(1).max(100) });
export const ifMatchHeader = z.object({ 'if-match': z.string().optional() });

/** A page of a list. */
export function listOf<S extends z.ZodType>(item: S) {
  return z.object({ items: z.array(item), next: z.string().nullable() });
}
