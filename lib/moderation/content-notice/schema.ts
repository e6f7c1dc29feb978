import { z } from '@hono/zod-openapi';
import { emailSchema, personNameSchema } from '@/lib/identity/schema';

/**
 * What the law of the EU asks of a notice (Regulation (EU) 2022/2065, article 16(2)): where, why, by whom; whoever sends it says
 * that they believe in good faith that it is right.
 */
export const contentNoticeInputSchema = z
  .strictObject({
    /** The address of the note: its IRI, its short link, or that of the page with its thread open. */
    address: z.string().trim().min(1).max(2_000),
    why: z.string().trim().min(1).max(5_000),
    name: personNameSchema,
    email: emailSchema,
    goodFaith: z.literal(true).default(true),
  })
  .openapi('NewContentNotice');

export const contentNoticeSchema = z
  .strictObject({ id: z.uuid(), received: z.iso.datetime() })
  .openapi('ContentNotice');

/** What was noticed and decided in a year, for the yearly report. Times in hours. */
export const yearlyFiguresSchema = z.strictObject({
  year: z.int(),
  notices: z.int(),
  open: z.int(),
  medianHours: z.number().nullable(),
  outcomes: z.record(z.string(), z.int()),
  decisions: z.record(z.string(), z.int()),
  appeals: z.record(z.string(), z.int()),
});

export type ContentNoticeInput = z.infer<typeof contentNoticeInputSchema>;
export type ContentNotice = z.infer<typeof contentNoticeSchema>;
export type YearlyFigures = z.infer<typeof yearlyFiguresSchema>;
