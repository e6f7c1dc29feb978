import { z } from '@hono/zod-openapi';
import { newRegionSchema } from '@/lib/canvas/schema';
import { sectionCountsSchema } from '@/lib/edition/schema';
import { annotationSchema, offset } from '../schema';

/** The revision that `start` and `end` count in; left out, the current one. */
const revision = z.number().int().min(1).optional();
/** `passage`: which of the gloss's passages, from 0; left out, the first. `drawn`: which of its regions, instead. */
const settlement = {
  version: z.number().int().min(1).optional(),
  passage: z.number().int().min(0).optional(),
  drawn: z.number().int().min(0).optional(),
};

/** What a person decides on a passage that was found in doubt, or not at all. */
export const anchorResolutionSchema = z
  .discriminatedUnion('action', [
    z.strictObject({ action: z.literal('confirm'), ...settlement }),
    z.strictObject({ action: z.literal('leave'), ...settlement }),
    /** Takes back the last of these, while nothing else was changed. */
    z.strictObject({ action: z.literal('undo'), ...settlement }),
    z
      .strictObject({
        ...{ action: z.literal('move'), start: offset.optional(), end: offset.optional(), revision },
        /** On the image that the canvas of a lost region has now; `image` is the id of the one that was drawn on. */
        ...{ region: newRegionSchema.optional(), image: z.string().max(200).optional() },
        ...settlement,
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
 * A gloss with a place that waits for a person: the first such passage, with the text that stands at its place now, or
 * else the first such region.
 */
export const pendingAnchorSchema = z
  .object({
    annotation: annotationSchema,
    passage: z.number().nullable(),
    drawn: z.number().nullable(),
    now: z.string().nullable(),
  })
  .openapi('WaitingAnchor');

const piece = z.object({ kind: z.enum(['same', 'added', 'removed']), text: z.string() });

/** What a publication would make of the notes on one section: numbers, and the passages in doubt or lost. */
export const sectionPreviewSchema = sectionCountsSchema
  .extend({
    /** Of the fuzzy and orphaned ones, those of which an administrator may not see the passage. */
    hidden: z.number(),
    passages: z.array(
      z.object({
        state: z.enum(['fuzzy', 'orphaned']),
        start: z.number().nullable(),
        end: z.number().nullable(),
        exact: z.string(),
        /** What stands there in the draft; null where it is lost. */
        now: z.string().nullable(),
        changes: z.array(piece),
        /** How many notes stand on it. */
        notes: z.number(),
      }),
    ),
  })
  .openapi('RehearsedSection');

export const publicationPreviewSchema = z
  .object({
    edition: z.string(),
    revision: z.number(),
    current: z.number().nullable(),
    sha256: z.string(),
    imported: z.string(),
    sections: z.array(sectionPreviewSchema),
  })
  .openapi('Rehearsal');

export type AnchorResolution = z.infer<typeof anchorResolutionSchema>;
export type PendingAnchor = z.infer<typeof pendingAnchorSchema>;
export type SectionPreview = z.infer<typeof sectionPreviewSchema>;
export type PublicationPreview = z.infer<typeof publicationPreviewSchema>;
