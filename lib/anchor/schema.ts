import { z } from '@hono/zod-openapi';
import { annotationSchema } from '@/lib/annotation/schema';
import { newRegionSchema } from '@/lib/canvas/schema';
import { offsetSchema } from '@/lib/target/schema';

/** The revision that `start` and `end` count in; left out, the current one. */
const revision = z.number().int().min(1).optional();
/** `passage`: which of the gloss's passages, from 0; left out, the first. `drawn`: which of its regions, instead. */
const target = {
  version: z.number().int().min(1).optional(),
  passage: z.number().int().min(0).optional(),
  drawn: z.number().int().min(0).optional(),
};

/** What a person decides on a target that was found again in doubt, or not at all. */
export const anchorResolutionSchema = z
  .discriminatedUnion('action', [
    z.strictObject({ action: z.literal('confirm'), ...target }),
    z.strictObject({ action: z.literal('leave'), ...target }),
    /** Undoes the last of these, while nothing else was changed. */
    z.strictObject({ action: z.literal('undo'), ...target }),
    z
      .strictObject({
        action: z.literal('move'),
        start: offsetSchema.optional(),
        end: offsetSchema.optional(),
        revision,
        /** A region of the image that the canvas has now, for an orphaned one. */
        region: newRegionSchema.optional(),
        /** The id of the image that the region was drawn on. */
        image: z.string().max(200).optional(),
        ...target,
      })
      .refine(
        ({ start, end, region }) => region !== undefined || (start !== undefined && end !== undefined),
        {
          path: ['start'],
          message: 'Say where it stands now.',
        },
      )
      .refine(({ start = 0, end = Infinity }) => end > start, {
        path: ['end'],
        message: 'The end must come after the start.',
      }),
  ])
  .openapi('AnchorSettlement');

/**
 * A gloss with a target that waits for a person: its first such passage, with the text that stands there now, or else
 * its first such region.
 */
export const pendingAnchorSchema = z
  .object({
    annotation: annotationSchema,
    passage: z.number().nullable(),
    drawn: z.number().nullable(),
    now: z.string().nullable(),
  })
  .openapi('WaitingAnchor');

export type AnchorResolution = z.infer<typeof anchorResolutionSchema>;
export type PendingAnchor = z.infer<typeof pendingAnchorSchema>;
