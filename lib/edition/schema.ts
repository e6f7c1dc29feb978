import { z } from '@hono/zod-openapi';

/**
 * The public shapes of an edition: what the API answers, what the pages read, what OpenAPI shows. Every offset
 * counts Unicode code points of the section's canonical text; ranges are half open. Safe in the browser.
 */

const offset = z.number().int().nonnegative();
const language = z.string().openapi({ description: 'BCP 47 language tag', example: 'ru' });

export const paragraphKindSchema = z.enum([
  'masthead',
  'head',
  'subhead',
  'byline',
  'address',
  'salute',
  'p',
  'signed',
  'dateline',
  'source',
  'note',
]);

export const paragraphSchema = z
  .object({
    id: z.string().openapi({ example: 'doc1.p3' }),
    start: offset,
    end: offset,
    language,
    kind: paragraphKindSchema,
    number: z
      .string()
      .nullable()
      .openapi({ description: 'What to cite the paragraph by; null for what is no paragraph of prose' }),
  })
  .openapi('Paragraph');

export const noteSchema = z
  .object({
    id: z.string().openapi({ description: 'Also the id of the section that holds its text' }),
    label: z.string(),
    offset,
    targets: z.array(z.string()),
  })
  .openapi('Note');

export const pageSchema = z.object({ label: z.string(), offset }).openapi('Page');

export const correctionKindSchema = z.enum(['sic', 'supplied', 'reg', 'expan', 'note']);

export const correctionSchema = z
  .object({
    start: offset,
    end: offset,
    printed: z.string(),
    corrected: z.string().openapi({ description: 'Equal to `printed` where only a doubt is noted' }),
    certainty: z.enum(['high', 'medium', 'low']),
    kind: correctionKindSchema,
    note: z.string().nullable(),
    resp: z.string().openapi({ description: 'Id of the responsible editor in the header' }),
  })
  .openapi('Correction');

export const spanKindSchema = z.enum(['foreign', 'title', 'journal', 'ref', 'quote', 'seg', 'block']);

export const spanSchema = z
  .object({
    start: offset,
    end: offset,
    kind: spanKindSchema,
    id: z.string().nullable(),
    language: language.nullable(),
    targets: z.array(z.string()).openapi({ description: 'Ids in this edition, or web addresses' }),
  })
  .openapi('Span');

const neighbourSchema = z.object({ id: z.string(), title: z.string() }).nullable();

export const sectionSchema = z
  .object({
    id: z.string().openapi({ example: 'doc1' }),
    edition: z.string(),
    revision: z.number().int().positive(),
    kind: z.enum(['section', 'note']),
    home: z.string().nullable().openapi({ description: 'The section that a note belongs to' }),
    label: z.string().nullable().openapi({ description: "A note's printed number" }),
    title: z.string(),
    language,
    text: z.string().openapi({ description: 'Canonical text, rule set canon/1' }),
    sha256: z.string().openapi({ description: 'Of `text` in UTF-8, hexadecimal' }),
    paragraphs: z.array(paragraphSchema),
    notes: z.array(noteSchema),
    pages: z.array(pageSchema),
    corrections: z.array(correctionSchema),
    spans: z.array(spanSchema),
    previous: neighbourSchema,
    next: neighbourSchema,
  })
  .openapi('Section');

export const headerSchema = z
  .object({
    title: z.string(),
    language,
    authors: z.array(z.string()),
    editors: z.array(z.object({ id: z.string(), role: z.string(), name: z.string() })),
    source: z.object({
      title: z.string(),
      journal: z.string().nullable(),
      volume: z.string().nullable(),
      year: z.string().nullable(),
      firstPage: z.string().nullable(),
      lastPage: z.string().nullable(),
    }),
    archive: z
      .object({
        settlement: z.string().nullable(),
        repository: z.string().nullable(),
        collection: z.string().nullable(),
        identifier: z.string().nullable(),
        items: z.array(z.object({ section: z.string(), title: z.string(), folios: z.string() })),
      })
      .nullable(),
    licence: z.object({
      status: z.string().openapi({ description: 'TEI availability/@status of the printed text' }),
      statement: z.array(z.string()),
      encoding: z.object({ text: z.string(), url: z.string().nullable() }).nullable(),
    }),
    declaration: z.array(z.object({ about: z.string(), text: z.string() })),
    correspondence: z.array(
      z.object({
        section: z.string(),
        actions: z.array(
          z.object({
            type: z.string(),
            names: z.array(z.string()),
            place: z.string().nullable(),
            date: z.string().nullable(),
          }),
        ),
      }),
    ),
    languages: z.array(z.object({ code: z.string(), name: z.string() })),
    changes: z.array(z.object({ when: z.string().nullable(), text: z.string() })),
  })
  .openapi('EditionHeader');

export const sectionSummarySchema = z
  .object({
    id: z.string(),
    title: z.string(),
    kind: z.enum(['section', 'note']),
    home: z.string().nullable(),
    label: z.string().nullable(),
    language,
    length: z.number().int().openapi({ description: 'Code points' }),
    sha256: z.string(),
    paragraphs: z.number().int().openapi({ description: 'Headings, signatures and the like too' }),
    prose: z.number().int().openapi({ description: 'Numbered paragraphs' }),
    opening: z.string().openapi({ description: 'First words of its first paragraph of prose' }),
    pages: z.array(pageSchema),
    targets: z.array(z.string()).openapi({ description: 'Ids that a note refers to' }),
  })
  .openapi('SectionSummary');

export const editionSummarySchema = z
  .object({
    slug: z.string(),
    title: z.string(),
    language,
    revision: z.number().int(),
    authors: z.array(z.string()),
  })
  .openapi('EditionSummary');

export const editionSchema = z
  .object({
    slug: z.string(),
    title: z.string(),
    language,
    revision: z.number().int(),
    /** When this revision was published. */
    published: z.string(),
    header: headerSchema,
    sections: z.array(sectionSummarySchema),
  })
  .openapi('Edition');

/** How many passages of a section have which state after a publication. */
export const sectionCountsSchema = z
  .object({
    section: z.string(),
    exact: z.number(),
    moved: z.number(),
    fuzzy: z.number(),
    orphaned: z.number(),
  })
  .openapi('SectionCounts');

export type SectionCounts = z.infer<typeof sectionCountsSchema>;
export type Paragraph = z.infer<typeof paragraphSchema>;
export type ParagraphKind = z.infer<typeof paragraphKindSchema>;
export type Note = z.infer<typeof noteSchema>;
export type PrintedPage = z.infer<typeof pageSchema>;
export type Correction = z.infer<typeof correctionSchema>;
export type CorrectionKind = z.infer<typeof correctionKindSchema>;
export type Span = z.infer<typeof spanSchema>;
export type SpanKind = z.infer<typeof spanKindSchema>;
export type Section = z.infer<typeof sectionSchema>;
export type SectionSummary = z.infer<typeof sectionSummarySchema>;
export type EditionHeader = z.infer<typeof headerSchema>;
export type EditionSummary = z.infer<typeof editionSummarySchema>;
export type Edition = z.infer<typeof editionSchema>;
/** A section with its notes as sections of their own, in order: all that its reading page shows. */
export type ReadingPage = { section: Section; notes: Section[] };
