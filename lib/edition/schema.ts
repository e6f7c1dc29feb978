import { z } from '@hono/zod-openapi';

/**
 * The public shapes of an edition: what the API answers, what the pages read, what OpenAPI shows. Every offset
 * counts Unicode code points of the section's canonical text; ranges are half open. Safe in the browser.
 */

const offset = z.number().int().nonnegative();
const language = z.string().openapi({ description: 'BCP 47 language tag', example: 'ru' });
const direction = z.enum(['ltr', 'rtl']);

export const paragraphKindSchema = z.enum([
  'masthead',
  'head',
  'subhead',
  'title',
  'byline',
  'imprint',
  'address',
  'salute',
  'p',
  'line',
  'speaker',
  'stage',
  'item',
  'label',
  'cell',
  'caption',
  'bibl',
  'signed',
  'dateline',
  'trailer',
  'source',
  'note',
]);

/** What encloses one or several paragraphs: a list, a table's row, a speech, a stanza (TEI P5 §3, §6, §7, §14). */
export const containerKindSchema = z.enum([
  'division',
  'front',
  'back',
  'titlepage',
  'letter',
  'opener',
  'closer',
  'postscript',
  'epigraph',
  'argument',
  'quote',
  'speech',
  'stanza',
  'castlist',
  'list',
  'item',
  'entry',
  'table',
  'row',
  'cell',
  'figure',
  'block',
]);

/** How a range looks, after `@rend` and `@rendition`, in words that a style sheet knows. */
export const renditionSchema = z.enum([
  'italic',
  'bold',
  'smallcaps',
  'caps',
  'superscript',
  'subscript',
  'underline',
  'overline',
  'strikethrough',
  'spaced',
  'large',
  'small',
  'quoted',
  'center',
  'right',
  'indent',
  'hanging',
  'upright',
]);

export const containerSchema = z
  .object({
    kind: containerKindSchema,
    key: z
      .number()
      .int()
      .openapi({ description: 'The same for all paragraphs in one container of a section' }),
    rend: z.array(renditionSchema).optional(),
    ordered: z.boolean().optional().openapi({ description: 'A numbered list' }),
    language: language.optional(),
    url: z.string().optional().openapi({ description: "A figure's picture" }),
    alt: z.string().optional(),
    columns: z
      .number()
      .int()
      .optional()
      .openapi({ description: 'How many columns a cell takes, if several' }),
    column: z.number().int().optional().openapi({
      description: 'Where a cell stands in its row, from 1: empty cells have no text and are not told',
    }),
    rows: z.number().int().optional(),
    header: z.boolean().optional().openapi({ description: 'A cell that labels its row or column' }),
  })
  .openapi('Container');

/** A place on a page image that the file names (TEI P5 §12.1 zone), in percent of the picture. */
export const imageZoneSchema = z
  .object({ image: z.string(), x: z.number(), y: z.number(), w: z.number(), h: z.number() })
  .openapi('ImageZone');

export const paragraphDetailsSchema = z
  .object({
    level: z.number().int().min(1).max(6).optional().openapi({ description: 'Of a heading' }),
    rend: z.array(renditionSchema).optional(),
    part: z
      .enum(['I', 'M', 'F'])
      .optional()
      .openapi({ description: 'A verse line shared by speakers (l/@part)' }),
    continued: z.boolean().optional().openapi({ description: 'Goes on after a block that interrupts it' }),
    element: z.string().optional().openapi({ description: 'The TEI element, where it is shown plainly' }),
    zone: imageZoneSchema.optional().openapi({ description: 'Where it stands on the image of its page' }),
  })
  .openapi('ParagraphDetails');

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
      .openapi({ description: 'Its number in the margin; null for what has none' }),
    reference: z.string().nullable().openapi({ example: 'Aen. 2.13' }),
    containers: z.array(containerSchema).openapi({ description: 'What encloses it, outermost first' }),
    details: paragraphDetailsSchema,
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

export const pageSchema = z
  .object({
    label: z.string(),
    offset,
    image: z.string().optional().openapi({
      description: 'The picture of the page that the text names: a web address, or the name of a file',
    }),
  })
  .openapi('Page');

export const correctionKindSchema = z.enum(['sic', 'supplied', 'reg', 'expan', 'note']);

export const correctionSchema = z
  .object({
    start: offset,
    end: offset,
    printed: z.string(),
    corrected: z.string().openapi({ description: 'Equal to `printed` where only a doubt is noted' }),
    certainty: z.enum(['high', 'medium', 'low', 'unknown']),
    kind: correctionKindSchema,
    note: z.string().nullable(),
    resp: z.string().openapi({ description: 'Id of the responsible editor in the header' }),
  })
  .openapi('Correction');

/**
 * What a range of the text is. Those of no length are points: a gap, a milestone, a line break, a picture.
 * `block` stands for a whole paragraph that has a parallel.
 */
export const spanKindSchema = z.enum([
  'foreign',
  'title',
  'journal',
  'ref',
  'quote',
  'seg',
  'block',
  'hi',
  'emph',
  'term',
  'name',
  'date',
  'speaker',
  'stage',
  'label',
  'add',
  'del',
  'unclear',
  'supplied',
  'surplus',
  'damage',
  'abbr',
  'expansion',
  'app',
  'code',
  'bibl',
  'sense',
  'form',
  'plain',
  'gap',
  'space',
  'milestone',
  'linebreak',
  'columnbreak',
  'graphic',
]);

export const readingSchema = z
  .object({ text: z.string(), witnesses: z.array(z.string()), note: z.string().optional() })
  .openapi('Reading');

export const spanDetailsSchema = z
  .object({
    rend: z.array(renditionSchema).optional(),
    element: z
      .string()
      .optional()
      .openapi({ description: 'The TEI element, where the kind does not say it' }),
    label: z.string().optional().openapi({ description: 'Of a milestone, a line, a gap’s extent' }),
    unit: z.string().optional(),
    reason: z.string().optional(),
    url: z.string().optional(),
    alt: z.string().optional(),
    witnesses: z
      .array(z.string())
      .optional()
      .openapi({ description: 'Of the reading in the text (lem/@wit)' }),
    readings: z.array(readingSchema).optional().openapi({ description: 'Beside the text (TEI P5 §13)' }),
  })
  .openapi('SpanDetails');

export const spanSchema = z
  .object({
    start: offset,
    end: offset,
    kind: spanKindSchema,
    id: z.string().nullable(),
    language: language.nullable(),
    targets: z.array(z.string()).openapi({ description: 'Ids in this edition, or web addresses' }),
    details: spanDetailsSchema,
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
    direction,
    parent: z.string().nullable().openapi({ description: 'The section where the division above it begins' }),
    reference: z.string().nullable(),
    text: z.string().openapi({ description: 'Canonical text' }),
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
    parent: z.string().nullable().openapi({ description: 'The section where the division above it begins' }),
    reference: z.string().nullable(),
    language,
    length: z.number().int().openapi({ description: 'Code points' }),
    sha256: z.string(),
    paragraphs: z.number().int().openapi({ description: 'Headings, signatures and the like too' }),
    prose: z.number().int().openapi({ description: 'Numbered paragraphs' }),
    notes: z.number().int().openapi({ description: 'How many notes it has' }),
    opening: z.string().openapi({ description: 'First words of its first paragraph of prose' }),
    pages: z.array(pageSchema),
  })
  .openapi('SectionSummary');

/** A note as the contents know it: its text is a section of its own. */
export const noteSummarySchema = z
  .object({
    id: z.string(),
    home: z.string(),
    label: z.string(),
    length: z.number().int().openapi({ description: 'Code points' }),
    targets: z.array(z.string()).openapi({ description: 'Ids that the note refers to' }),
  })
  .openapi('NoteSummary');

/** A division of the text, in document order: the contents are their tree (TEI P5 §4.1). */
export const divisionSchema = z
  .object({
    id: z.string().openapi({ description: 'Of the element on the page of `section`' }),
    parent: z.string().nullable(),
    section: z.string(),
    start: offset,
    title: z.string(),
    reference: z.string().nullable(),
  })
  .openapi('Division');

/** Who may read an edition: everybody, or the members of the groups that have it on their reading list. */
export const editionAccessSchema = z.enum(['public', 'groups']);

export const editionSummarySchema = z
  .object({
    slug: z.string(),
    title: z.string(),
    access: editionAccessSchema,
    language,
    revision: z.number().int(),
    authors: z.array(z.string()),
  })
  .openapi('EditionSummary');

export const editionSchema = z
  .object({
    slug: z.string(),
    title: z.string(),
    access: editionAccessSchema,
    language,
    revision: z.number().int(),
    /** When this revision was published. */
    published: z.string(),
    header: headerSchema,
    sections: z.array(sectionSummarySchema),
    notes: z.array(noteSummarySchema),
    divisions: z.array(divisionSchema),
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
export type Container = z.infer<typeof containerSchema>;
export type ContainerKind = z.infer<typeof containerKindSchema>;
export type Direction = z.infer<typeof direction>;
export type Division = z.infer<typeof divisionSchema>;
export type NoteSummary = z.infer<typeof noteSummarySchema>;
export type Rendition = z.infer<typeof renditionSchema>;
export type Reading = z.infer<typeof readingSchema>;
export type ImageZone = z.infer<typeof imageZoneSchema>;
export type ParagraphDetails = z.infer<typeof paragraphDetailsSchema>;
export type SpanDetails = z.infer<typeof spanDetailsSchema>;
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
export type EditionAccess = z.infer<typeof editionAccessSchema>;
export type EditionSummary = z.infer<typeof editionSummarySchema>;
export type Edition = z.infer<typeof editionSchema>;
/** A section with its notes as sections of their own, in order: all that its reading page shows. */
export type ReadingPage = { section: Section; notes: Section[] };
