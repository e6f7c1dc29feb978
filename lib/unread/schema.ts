import { z } from '@hono/zod-openapi';

/** What of a group its reader has read: some annotations, all of a section, or all of it, up to `until` (now where left out). */
export const readSchema = z
  .strictObject({
    annotations: z.array(z.uuid()).max(500).optional(),
    edition: z.string().min(1).max(200).optional(),
    /** One section, or several with commas between, of `edition`. */
    section: z.string().min(1).max(4_000).optional(),
    until: z.iso.datetime({ offset: true }).optional(),
  })
  .refine(({ edition, section }) => (edition === undefined) === (section === undefined), {
    path: ['section'],
    message: 'Name the edition and the section.',
  })
  .openapi('Read');

export type Read = z.infer<typeof readSchema>;
