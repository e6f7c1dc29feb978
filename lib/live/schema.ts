import { z } from '@hono/zod-openapi';

/** What of a group is followed: all of it, an edition, some sections, or a page (a section with its notes). */
export const streamFilterSchema = z
  .object({
    edition: z.string().min(1).max(200).optional(),
    /** One section, or several with commas between. */
    section: z.string().min(1).max(4_000).optional(),
    /** A section with all of its notes, in place of `section`; `edition` says of which edition. */
    page: z.string().min(1).max(200).optional(),
    /** As the header Last-Event-ID, which goes before it: a browser sends that of itself alone. */
    after: z.string().max(40).optional(),
    /** Ends the stream once it has given what there is: for whom a proxy cuts streams off. */
    once: z.literal('1').optional(),
  })
  .openapi('EventFilter');

/**
 * The data of an event. `kind` is what was done (`annotation.created`, `annotation.changed`, `annotation.deleted`, a
 * decision as `annotation.pin`), `gone` for a note that went out of the receiver's sight, or `revealed` where they may see
 * more or less than before: that one has no ids, and wants the lists read again.
 */
export const streamEventSchema = z
  .object({
    id: z.string(),
    kind: z.string(),
    annotation: z.string().nullable(),
    root: z.string().nullable(),
    section: z.string().nullable(),
  })
  .openapi('StreamEvent');

export type StreamFilter = z.infer<typeof streamFilterSchema>;
export type StreamEvent = z.infer<typeof streamEventSchema>;
