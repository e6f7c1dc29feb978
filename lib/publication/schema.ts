import { z } from '@hono/zod-openapi';
import { importReportSchema } from '@/lib/edition/import-report';
import { canonicalLanguage } from '@/lib/edition/language';
import { editionAccessSchema, sectionCountsSchema } from '@/lib/edition/schema';

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

/** A draft: what its import found, and what its publication would do. */
export const draftSchema = publicationPreviewSchema
  .extend({
    slug: z.string(),
    format: z.string(),
    report: importReportSchema.nullable().openapi({ description: 'Null for a draft older than reports' }),
  })
  .openapi('Draft');

export type DraftView = z.infer<typeof draftSchema>;

/** Longest title of an edition, in UTF-16 units, and most groups that one change names. */
const TITLE_LIMIT = 500;
const MOST_GROUPS = 200;

/** What those who manage an edition decide about it; `groups` are those that read it and that the caller may know of. */
export const editionSettingsSchema = z
  .strictObject({
    slug: z.string(),
    title: z.string().trim().min(1).max(TITLE_LIMIT),
    access: editionAccessSchema,
    groups: z.array(z.string().min(1).max(100)).max(MOST_GROUPS),
  })
  .openapi('EditionSettings');

/** What a text says of itself. It is changed in the draft, because what is published stays as it is. */
const textDetailsSchema = z.strictObject({
  language: z
    .string()
    .trim()
    .max(35)
    .transform((tag, context) => {
      const language = canonicalLanguage(tag);
      if (language === null) context.addIssue({ code: 'custom', message: 'This is no language tag.' });
      return language ?? z.NEVER;
    })
    .openapi({ type: 'string', description: 'BCP 47 language tag; of the draft' }),
  authors: z
    .array(z.string().trim().min(1).max(300))
    .max(100)
    .openapi({ description: 'Of the draft, in order' }),
  licence: z.string().trim().max(2_000).openapi({ description: 'Of the draft, in words' }),
});

export const editionChangeSchema = editionSettingsSchema
  .omit({ slug: true })
  .extend(textDetailsSchema.shape)
  .partial()
  .openapi('EditionChange');

export type TextDetails = Partial<z.infer<typeof textDetailsSchema>>;
export type EditionSettings = z.infer<typeof editionSettingsSchema>;
export type EditionChange = z.infer<typeof editionChangeSchema>;
export type SectionPreview = z.infer<typeof sectionPreviewSchema>;
export type PublicationPreview = z.infer<typeof publicationPreviewSchema>;
