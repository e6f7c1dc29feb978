import { z } from '@hono/zod-openapi';
import { placedRegionSchema } from '@/lib/target/schema';
import { annotationSchema, kindSchema, visibilitySchema } from '../schema';

const { revision, start, end, exact, prefix, suffix, anchor, anchorRevision } = annotationSchema.shape;

/** A passage that an annotation stood on before it was put on another; `position` counts from 0. */
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
    visibility: visibilitySchema,
    written: z.string(),
    /** Of the passages that it stood on, those that were then changed. */
    passages: z.array(earlierPassageSchema),
    /** The regions that it stood on, where they were then changed. */
    regions: z.array(placedRegionSchema),
  })
  .openapi('AnnotationVersion');

export type Version = z.infer<typeof versionSchema>;
export type EarlierPassage = z.infer<typeof earlierPassageSchema>;
