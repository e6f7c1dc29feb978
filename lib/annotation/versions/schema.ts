import { z } from '@hono/zod-openapi';
import { placedRegionSchema } from '@/lib/target/schema';
import { annotationSchema, kindSchema, visibilitySchema } from '../schema';

const { revision, start, end, exact, prefix, suffix, anchor, anchorRevision } = annotationSchema.shape;

/** A passage that an annotation was on before it was moved; `position` counts from 0. */
export const earlierPassageSchema = z.object({
  position: z.number(),
  section: z.string().optional(),
  ...{ revision, start, end, exact, prefix, suffix, anchor, anchorRevision },
});

/** One earlier or present text of an annotation. */
export const versionSchema = z
  .object({
    version: z.number(),
    kind: kindSchema,
    body: z.string(),
    html: z.string(),
    tags: z.array(z.string()),
    reading: annotationSchema.shape.reading,
    citation: annotationSchema.shape.citation,
    visibility: visibilitySchema,
    written: z.string(),
    /** Whether staff has hidden it: nobody else is given it. */
    hidden: z.boolean(),
    /** Those of its passages that were changed after this version. */
    passages: z.array(earlierPassageSchema),
    /** Its regions, where they were changed after this version. */
    regions: z.array(placedRegionSchema),
  })
  .openapi('AnnotationVersion');

export type Version = z.infer<typeof versionSchema>;
export type EarlierPassage = z.infer<typeof earlierPassageSchema>;
