import { z } from '@hono/zod-openapi';
import { BODY_LIMIT } from '@/lib/annotation/schema';

/** JSON-LD context and profile of the W3C Web Annotation Data Model §3.1 and Protocol §3. */
export const ANNO_CONTEXT = 'http://www.w3.org/ns/anno.jsonld';
export const LDP_CONTEXT = 'http://www.w3.org/ns/ldp.jsonld';
export const ANNO_TYPE = `application/ld+json; profile="${ANNO_CONTEXT}"`;

const text = z.string().max(BODY_LIMIT);

/** TextQuoteSelector, §4.2.4. */
export const quoteSelectorSchema = z.looseObject({
  type: z.literal('TextQuoteSelector'),
  exact: text,
  prefix: text.optional(),
  suffix: text.optional(),
});
const positionSelectorSchema = z.looseObject({
  type: z.literal('TextPositionSelector'),
  start: z.number().int().min(0),
  end: z.number().int().min(0),
});
const otherSelectorSchema = z.looseObject({ type: z.string() });
const selectorSchema = z.union([quoteSelectorSchema, positionSelectorSchema, otherSelectorSchema]);
export type Selector = z.infer<typeof selectorSchema>;

const oneOrMany = <S extends z.ZodType>(schema: S) => z.union([schema, z.array(schema).min(1)]);

const specificResourceSchema = z.looseObject({
  source: z.union([z.string(), z.looseObject({ id: z.string() })]),
  selector: oneOrMany(selectorSchema).optional(),
});
const targetSchema = z.union([z.string(), specificResourceSchema, z.looseObject({ id: z.string() })]);

const bodySchema = z.union([
  z.string(),
  z.looseObject({ type: z.string().optional(), value: text.optional() }),
]);

/**
 * An annotation as it comes from outside, in the simple form that this server reads so far: one textual body with
 * tags, one target. What else the model knows passes the schema and is not kept yet.
 */
export const incomingSchema = z
  .looseObject({
    type: oneOrMany(z.string()).refine(
      (type) => (Array.isArray(type) ? type.includes('Annotation') : type === 'Annotation'),
      'This must be an Annotation.',
    ),
    motivation: oneOrMany(z.string()).optional(),
    bodyValue: text.optional(),
    body: oneOrMany(bodySchema).optional(),
    target: oneOrMany(targetSchema),
  })
  .openapi('WebAnnotation');

export type Incoming = z.infer<typeof incomingSchema>;
