import { z } from '@hono/zod-openapi';

/** The words that the caller agrees to: those of the group now, since to others nobody agrees unseen. */
export const researchConsentInputSchema = z
  .strictObject({ wording: z.string().min(1).max(10_000) })
  .openapi('ResearchConsentInput');

/** The group's words, and since when the caller agrees to them; null where they do not. */
export const researchConsentSchema = z
  .object({ wording: z.string(), agreed: z.iso.datetime().nullable() })
  .openapi('ResearchConsent');

export const researchCopyQuerySchema = z.object({
  /** `1` moves all dates by one number of days, which nobody is told. */
  shiftDates: z.enum(['0', '1']).default('0'),
});

export type ResearchConsent = z.infer<typeof researchConsentSchema>;
