import { z } from '@hono/zod-openapi';
import { newRegionSchema, regionSchema } from '@/lib/canvas/schema';
import { QUOTE_LIMIT } from './constants';

/** Where a passage stands in the current revision, compared with where it was chosen. */
export const anchorSchema = z.enum(['exact', 'moved', 'fuzzy', 'orphaned']);

/** An offset into a section's canonical text, in code points. */
export const offsetSchema = z.number().int().min(0).max(100_000_000);
const quotation = z.string().max(QUOTE_LIMIT);

/** A quote with its context (W3C Annotation Model §4.2.4, TextQuoteSelector). */
export const quoteSchema = z.object({
  exact: quotation.min(1),
  prefix: quotation.default(''),
  suffix: quotation.default(''),
});

/** Passages of one gloss, at most. */
export const PASSAGE_LIMIT = 50;

type Ends = { start?: number | undefined; end?: number | undefined };

/** Requires both ends of a passage, in their order, or neither. */
function checkEnds({ start, end }: Ends, context: z.RefinementCtx): void {
  if ((start === undefined) !== (end === undefined)) {
    const path = [start === undefined ? 'start' : 'end'];
    context.addIssue({ code: 'custom', path, message: 'A passage needs both start and end.' });
  } else if (start !== undefined && end !== undefined && end <= start) {
    context.addIssue({ code: 'custom', path: ['end'], message: 'The end must come after the start.' });
  }
}

const range = { start: offsetSchema.optional(), end: offsetSchema.optional(), quote: quoteSchema.optional() };

/**
 * One of several passages: by offsets in code points, or by quote; in the gloss's own edition and section unless it names
 * others.
 */
const newPassageSchema = z
  .strictObject({
    edition: z.string().min(1).max(200).optional(),
    section: z.string().min(1).max(200).optional(),
    ...range,
  })
  .superRefine((passage, context) => {
    checkEnds(passage, context);
    if (passage.start === undefined && passage.end === undefined && !passage.quote) {
      context.addIssue({
        code: 'custom',
        path: ['quote'],
        message: 'A passage needs its offsets or its words.',
      });
    }
  });

/** The fields of a new gloss that say what it is on; `checkNewTargets` has the rules between them. */
export const newTargetFields = {
  /** May be left out where the first of `passages` names it. */
  edition: z.string().min(1).max(200).optional(),
  section: z.string().min(1).max(200).optional(),
  ...range,
  /** The id of a canvas, or its IRI. */
  canvas: z.string().min(1).max(2_000).optional(),
  region: newRegionSchema.optional(),
  /** The id of the image that the region was drawn on: refused where the canvas has another one now. */
  image: z.string().min(1).max(200).optional(),
  passages: z.array(newPassageSchema).min(1).max(PASSAGE_LIMIT).optional(),
};

/** Adds an issue for each rule between the fields of `newTargetFields` that `targets` breaks. */
export function checkNewTargets(targets: NewTargets, context: z.RefinementCtx): void {
  checkEnds(targets, context);
  const { start, quote, passages, edition, section, canvas } = targets;
  const first = passages?.[0];
  if ((edition ?? first?.edition) === undefined) {
    context.addIssue({ code: 'custom', path: ['edition'], message: 'Name the edition.' });
  }
  if (edition !== undefined && (first?.edition ?? edition) !== edition) {
    const message = 'The first passage stands in the edition of the gloss.';
    context.addIssue({ code: 'custom', path: ['passages', 0, 'edition'], message });
  }
  if (targets.region !== undefined && canvas === undefined) {
    const message = 'A region stands on a page image: name its canvas.';
    context.addIssue({ code: 'custom', path: ['canvas'], message });
  }
  if (passages && (start !== undefined || quote)) {
    const message = 'Send one passage, or a list of them, not both.';
    context.addIssue({ code: 'custom', path: ['passages'], message });
  }
  if (section !== undefined && (first?.section ?? section) !== section) {
    const message = 'The first passage stands in the section of the gloss.';
    context.addIssue({ code: 'custom', path: ['passages', 0, 'section'], message });
  }
}

/** A passage that a gloss is on, as the API gives it. Offsets are code points of its section's canonical text. */
export const passageSchema = z.object({
  edition: z.string(),
  section: z.string(),
  /** The revision that it was chosen on. */
  revision: z.number(),
  start: z.number().nullable(),
  end: z.number().nullable(),
  exact: z.string().nullable(),
  prefix: z.string().nullable(),
  suffix: z.string().nullable(),
  anchor: anchorSchema,
  /** The revision that `start` and `end` count in; the section's text has not changed since. */
  anchorRevision: z.number(),
  /** Where it stood when it was chosen; null where that is not known. */
  written: z.object({ revision: z.number(), start: z.number(), end: z.number() }).nullable(),
  /** Whether a person decided that a fuzzy or orphaned passage stays as it is. */
  settled: z.boolean(),
});

/** A part of a page image that a gloss is on, as the API gives it. */
export const placedRegionSchema = regionSchema.extend({
  edition: z.string(),
  canvas: z.string(),
  /** The label of the canvas; null where no canvas has this id any more. */
  label: z.string().nullable(),
  /** The id of the image that it was drawn on; empty where that is not known. */
  image: z.string(),
  /** Orphaned where the canvas has another image now, or is gone. */
  anchor: z.enum(['exact', 'orphaned']),
  /** Whether a person decided that an orphaned region stays so. */
  settled: z.boolean().default(false),
});

/**
 * One target of a Web Annotation in an edition of ours. Its selectors need not lead anywhere; `quote` is the one among
 * them that quotes. `section` null is the edition as a whole.
 */
export type ExternalTarget = {
  edition: string;
  section: string | null;
  /** The revision that its selectors were made on, where its IRI names one. */
  revision: number | null;
  selectors: unknown[];
  quote: { exact: string; prefix?: string | undefined; suffix?: string | undefined } | null;
  /** Where the target is in the annotation (RFC 6901), for the refusal of one that leads nowhere. */
  pointer: string;
  /**
   * The canvas of a target on a page image, and the id of the image that it was drawn on, if the target says it; or the
   * address of an image of ours, on whichever canvas that is (`edition` is empty then).
   */
  canvas: { id: string; image: string | null } | { address: string; image: string } | null;
};

export type Anchor = z.infer<typeof anchorSchema>;
export type NewTargets = z.infer<ReturnType<typeof z.object<typeof newTargetFields>>>;
export type Passage = z.infer<typeof passageSchema>;
export type PlacedRegion = z.infer<typeof placedRegionSchema>;
