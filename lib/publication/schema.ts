import { z } from '@hono/zod-openapi';
import { sectionCountsSchema } from '@/lib/edition/schema';

const diffSegmentSchema = z.object({ kind: z.enum(['same', 'added', 'removed']), text: z.string() });

/** What a publication would make of the passages in one section: numbers, and those that are fuzzy or orphaned. */
export const sectionPreviewSchema = sectionCountsSchema
  .extend({
    /** How many of the fuzzy and orphaned passages an administrator may not see. */
    hidden: z.number(),
    passages: z.array(
      z.object({
        state: z.enum(['fuzzy', 'orphaned']),
        start: z.number().nullable(),
        end: z.number().nullable(),
        exact: z.string(),
        /** What stands there in the draft; null for an orphan. */
        now: z.string().nullable(),
        changes: z.array(diffSegmentSchema),
        /** How many glosses are on it. */
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

export type SectionPreview = z.infer<typeof sectionPreviewSchema>;
export type PublicationPreview = z.infer<typeof publicationPreviewSchema>;
