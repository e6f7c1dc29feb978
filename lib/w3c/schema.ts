import { z } from '@hono/zod-openapi';
import { BODY_LIMIT } from '@/lib/annotation/constants';

/** JSON-LD context and profile of the W3C Web Annotation Data Model §3.1 and Protocol §3. */
export const ANNO_CONTEXT = 'http://www.w3.org/ns/anno.jsonld';
export const LDP_CONTEXT = 'http://www.w3.org/ns/ldp.jsonld';
export const ANNO_TYPE = `application/ld+json; profile="${ANNO_CONTEXT}"`;

const text = z.string().max(BODY_LIMIT);

/** TextQuoteSelector, §4.2.4. Its type may be an array of one. */
export const quoteSelectorSchema = z.looseObject({
  type: z.union([z.literal('TextQuoteSelector'), z.tuple([z.literal('TextQuoteSelector')])]),
  exact: text,
  prefix: text.optional(),
  suffix: text.optional(),
});

type OneOrMany<T> = T | T[];
type Node = { [property: string]: unknown };
type Reference = string | ({ id: string } & Node);

/**
 * A valid Web Annotation, as `validateAnnotation` returns it: the rules in `lib/w3c/model` guarantee the types of these
 * properties. It may have any other property.
 */
export type IncomingAnnotation = Node & {
  motivation?: OneOrMany<Reference>;
  bodyValue?: string;
  body?: OneOrMany<string | Node>;
  target: OneOrMany<string | Node>;
};
