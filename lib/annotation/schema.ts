import { z } from '@hono/zod-openapi';
import { regionSchema } from '@/lib/canvas/schema';
import { oneLine } from '@/lib/kernel/one-line';
import { ABILITIES } from '@/lib/policy';
import {
  anchorSchema,
  checkNewTargets,
  newTargetFields,
  passageSchema,
  placedRegionSchema,
} from '@/lib/target/schema';
import { ADDRESS_LIMIT, BODY_LIMIT, CITATION_LIMIT, KINDS, READING_LIMIT, VISIBILITIES } from './constants';

/** What a gloss is for; maps to W3C motivations in lib/w3c. */
export const kindSchema = z.enum(KINDS);
/** For whom the author writes. */
export const visibilitySchema = z.enum(VISIBILITIES);
/** Whether `visibility` shows an annotation to fewer people than `reference` does. */
export function isNarrower(visibility: Visibility, reference: Visibility): boolean {
  return visibilitySchema.options.indexOf(visibility) < visibilitySchema.options.indexOf(reference);
}
/** What moderation and its author made of an annotation. */
export const stateSchema = z.enum(['published', 'pending', 'hidden', 'denied', 'deleted']);
/** What a viewer may do to an annotation now. */
export const abilitySchema = z.enum(ABILITIES);

const textSchema = z
  .string()
  .max(BODY_LIMIT)
  // Postgres cannot store U+0000, and a lone surrogate is no character.
  .refine(
    (text) => !text.includes('\u0000') && text.isWellFormed(),
    'This has a character that is not text.',
  );

const isBlank = (text: string | undefined) => text === undefined || text.trim() === '';
const NO_WORDS = 'Write something first.';
const bodySchema = textSchema.refine((text) => !isBlank(text), NO_WORDS);

const tagsSchema = z
  .array(oneLine(100).min(1))
  .max(20)
  .transform((tags) => [...new Set(tags)]);

/** The reading of a variant. */
export const readingSchema = oneLine(READING_LIMIT).min(1, NO_WORDS);
/** The citation of a source, with the address at which it can be read, if there is one. */
export const citationSchema = z.strictObject({
  text: oneLine(CITATION_LIMIT).min(1, NO_WORDS),
  address: z
    .string()
    .trim()
    .max(ADDRESS_LIMIT)
    .refine(
      (address) => /^https?:\/\/[^\s<>"]+$/i.test(address) && URL.canParse(address),
      'This is no web address.',
    )
    .nullable()
    .default(null),
});
const kindFields = { reading: readingSchema.nullish(), citation: citationSchema.nullish() };

/** Whether a gloss of `kind` has only what that kind asks for; a message for the field that it has not. */
export function misplacedPart({
  kind,
  reading,
  citation,
}: {
  kind: Kind;
  reading?: unknown;
  citation?: unknown;
}): { field: 'reading' | 'citation'; detail: string } | null {
  if (reading && kind !== 'variant') return { field: 'reading', detail: 'Only a variant has a reading.' };
  if (citation && kind !== 'source') return { field: 'citation', detail: 'Only a source has a citation.' };
  return null;
}

/**
 * A new gloss: on a passage by offsets in code points or by quote, on the whole section with neither, or on several
 * passages, the first of which is in `section`. For a page image, `canvas` replaces `section`, with a region of it or
 * none for the whole; passages may be given as well.
 */
export const newGlossSchema = z
  .strictObject({
    ...newTargetFields,
    /** May be left out where it is a highlight. */
    body: textSchema.optional(),
    kind: kindSchema.default('gloss'),
    tags: tagsSchema.default([]),
    ...kindFields,
    /** Left out: the group; of a highlight, its author alone. */
    visibility: visibilitySchema.optional(),
    assignment: z.uuid().nullish(),
  })
  .refine(({ section, canvas, passages }) => (section ?? passages?.[0]?.section ?? canvas) !== undefined, {
    path: ['section'],
    message: 'Name a section, or a page image.',
    // Report this beside the other issues.
    when: ({ value }) => typeof value === 'object' && value !== null,
  })
  .superRefine(checkNewTargets)
  .refine(({ kind, body }) => kind === 'highlight' || !isBlank(body), { path: ['body'], message: NO_WORDS })
  .superRefine((gloss, context) => {
    const misplaced = misplacedPart(gloss);
    if (misplaced) context.addIssue({ code: 'custom', path: [misplaced.field], message: misplaced.detail });
  })
  .transform(({ body = '', visibility, ...gloss }) => ({
    ...gloss,
    body: isBlank(body) ? '' : body,
    visibility: visibility ?? (gloss.kind === 'highlight' ? ('private' as const) : ('group' as const)),
  }))
  .openapi('NewGloss');

/** A new reply to any annotation of a thread. */
export const newReplySchema = z
  .strictObject({
    body: bodySchema,
    /** Left out: the group, or as its parent where that is for its author and staff alone. */
    visibility: visibilitySchema.optional(),
    tags: tagsSchema.default([]),
  })
  .openapi('NewReply');

/** A change by the author: a field that is left out stays as it is. */
export const changeSchema = z
  .strictObject({
    /** Empty where it is a highlight, at most. */
    body: textSchema.optional(),
    kind: kindSchema.optional(),
    tags: tagsSchema.optional(),
    /** Goes with another kind than it belongs to. */
    ...kindFields,
    visibility: visibilitySchema.optional(),
  })
  .openapi('AnnotationChange');

/**
 * An annotation as the API gives it. Most have one passage, so the first one has fields of its own; `passages` has them
 * all.
 */
export const annotationSchema = z
  .object({
    id: z.string(),
    iri: z.string(),
    group: z.string(),
    edition: z.string(),
    section: z.string(),
    revision: z.number().nullable(),
    start: z.number().nullable(),
    end: z.number().nullable(),
    exact: z.string().nullable(),
    prefix: z.string().nullable(),
    suffix: z.string().nullable(),
    anchor: anchorSchema.nullable(),
    /** The revision that `start` and `end` count in; the section's text has not changed since. */
    anchorRevision: z.number().nullable(),
    /** Where the passage stood when it was chosen; null for a reply, and where it is not known. */
    written: z.object({ revision: z.number(), start: z.number(), end: z.number() }).nullable(),
    /** In order; none for a reply, and for a gloss on a whole section. */
    passages: z.array(passageSchema),
    /** The canvas of the first region, and that region; null where it is on no page image. */
    canvas: z.string().nullable(),
    region: regionSchema.nullable(),
    regions: z.array(placedRegionSchema),
    kind: kindSchema,
    /** Markdown; empty in a tombstone. */
    body: z.string(),
    /** The body rendered and sanitised. */
    html: z.string(),
    tags: z.array(z.string()),
    /** The reading of a variant, and the citation of a source; null of any other. */
    reading: z.string().nullable(),
    citation: z.object({ text: z.string(), address: z.string().nullable() }).nullable(),
    visibility: visibilitySchema,
    state: stateSchema,
    /** Why it was hidden or denied; for its author and staff. */
    reason: z.string().nullable(),
    author: z.object({ id: z.string(), name: z.string() }),
    assignment: z.string().nullable(),
    /** Whether it was written after its author's own date; told to its author and to staff. */
    late: z.boolean(),
    parent: z.string().nullable(),
    root: z.string(),
    /** Direct and indirect replies that the caller may see, without tombstones. */
    replies: z.number(),
    version: z.number(),
    created: z.string(),
    modified: z.string(),
    /** When its author last changed its words; null for the first ones. */
    edited: z.string().nullable(),
    /** Whether staff sent it back for another version; for its author and staff. */
    returned: z.boolean(),
    /** Whether its author has appealed and waits for an answer; for its author and staff. */
    appealed: z.boolean(),
    locked: z.boolean(),
    pinned: z.boolean(),
    endorsed: z.boolean(),
    resolved: z.boolean(),
    /** How many agree with it, or have the same question; and whether the caller does. */
    agreements: z.number(),
    agreed: z.boolean(),
    /** Whether the caller wrote it. */
    mine: z.boolean(),
    can: z.array(abilitySchema),
  })
  .openapi('Annotation');

/** The filters of lists and exports. */
export const filterSchema = z.object({
  edition: z.string().max(200).optional(),
  /** One section, or several with commas between, so that a page with its footnotes is one request. */
  section: z.string().max(4_000).optional(),
  /** A section with all of its notes, in place of `section`. */
  page: z.string().max(200).optional(),
  /** One canvas by its id, or several with commas between. */
  canvas: z.string().max(4_000).optional(),
  q: z.string().max(500).optional(),
  author: z.uuid().optional(),
  kind: kindSchema.optional(),
  tag: z.string().max(100).optional(),
  state: stateSchema.optional(),
  since: z.iso.datetime({ offset: true }).optional(),
  /** One thread by its root, or several with commas between: the root and all its replies. */
  thread: z
    .string()
    .max(4_000)
    .refine((roots) => roots.split(',').every((root) => z.uuid().safeParse(root).success), 'Invalid UUID')
    .optional(),
  anchor: anchorSchema.optional(),
  assignment: z.uuid().optional(),
  /** Questions that nobody has answered. */
  unanswered: z.literal('1').optional(),
  /** What is new to the caller. */
  unread: z.literal('1').optional(),
  /** Threads that are not resolved. */
  unresolved: z.literal('1').optional(),
});

/** The filters of one's own notes, in one group or in all. */
export const ownFilterSchema = filterSchema
  .pick({ edition: true, section: true, q: true, kind: true, tag: true })
  .extend({ group: z.string().min(1).max(100).optional() });

/** Notes that are chosen by their ids, with commas between; two hundred at most. */
export const chosenIdsSchema = z
  .string()
  .max(8_000)
  .transform((ids) => [...new Set(ids.split(','))])
  .refine((ids) => ids.length <= 200 && ids.every((id) => z.uuid().safeParse(id).success), 'Invalid UUID');

/** Where a copy of one's own note goes. */
export const copyInputSchema = z
  .strictObject({ group: z.string().min(1).max(100), visibility: visibilitySchema.optional() })
  .openapi('NoteCopy');

/** How much was said on a paragraph: notes and replies, and questions that nobody has answered. */
export const paragraphNotesSchema = z
  .strictObject({ id: z.string(), notes: z.int(), open: z.int() })
  .openapi('ParagraphNotes');

/** A tag of a group: how often it is in use, and whether staff offers it. */
export const groupTagSchema = z
  .strictObject({ tag: z.string(), count: z.int(), offered: z.boolean() })
  .openapi('GroupTag');

/** Tags that get one name. */
export const tagRenameSchema = z
  .strictObject({ from: z.array(oneLine(100).min(1)).min(1).max(50), to: oneLine(100).min(1) })
  .openapi('TagRename');

/** A page of a list: `limit` items after `cursor`. */
export const pageSchema = z.object({
  limit: z.coerce.number().int().min(1).max(500).default(100),
  cursor: z.uuid().optional(),
});

export type Kind = z.infer<typeof kindSchema>;
export type Visibility = z.infer<typeof visibilitySchema>;
export type State = z.infer<typeof stateSchema>;
export type NewGloss = z.infer<typeof newGlossSchema>;
/** What is stored of a Web Annotation from elsewhere, beside the fields that our own pages need. */
export type ExternalOrigin = {
  /** The Web Annotation as it was received, as JSON. */
  received: string;
  /** Its IRIs elsewhere. */
  origins: string[];
};
export type NewReply = z.infer<typeof newReplySchema>;
export type AnnotationChange = z.infer<typeof changeSchema>;
export type Annotation = z.infer<typeof annotationSchema>;
export type AnnotationFilter = z.infer<typeof filterSchema>;
export type OwnFilter = z.infer<typeof ownFilterSchema>;
export type CopyInput = z.infer<typeof copyInputSchema>;
export type ParagraphNotes = z.infer<typeof paragraphNotesSchema>;
export type GroupTag = z.infer<typeof groupTagSchema>;
export type TagRename = z.infer<typeof tagRenameSchema>;
export type PageRequest = z.infer<typeof pageSchema>;
