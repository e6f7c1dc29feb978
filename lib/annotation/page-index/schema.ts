import { z } from '@hono/zod-openapi';
import { annotationSchema, kindSchema } from '../schema';

/** An index of the annotations on some sections of an edition, after `cursor`. */
export const pageIndexQuerySchema = z
  .object({
    edition: z.string().min(1).max(200),
    /** One section, or several with commas between. */
    section: z.string().min(1).max(4_000).optional(),
    /** A section with all of its notes, in place of `section`. */
    page: z.string().min(1).max(200).optional(),
    cursor: z.uuid().optional(),
    /** The position of the view, as `section:offset` in code points: the threads nearest to it come with their texts. */
    near: z
      .string()
      .max(300)
      .regex(/^.+:\d{1,9}$/)
      .optional(),
  })
  .refine(({ section, page }) => section !== undefined || page !== undefined, {
    path: ['section'],
    message: 'Name the section, or the page.',
  });

const column = z.array(z.number());

/**
 * The annotations of a page without their texts, by columns, which a browser parses many times as fast as objects. The
 * texts nearest to the view are included; others are asked for by thread, when somebody is to see them.
 */
export const pageIndexSchema = z
  .object({
    /** The annotations in order of creation; the other columns count them from 0. */
    ids: z.array(z.string()),
    /** For a reply, the root of its thread; empty for a root. */
    roots: z.array(z.string()),
    versions: column,
    /** The newest revision that an offset of theirs counts in, or that they were written on; 0 for a reply. */
    revisions: column,
    /** Positions of those that the caller wrote. */
    mine: column,
    /** Positions of those without a text for the caller: deleted, or hidden from them. */
    gone: column,
    resolved: column,
    pinned: column,
    endorsed: column,
    /** When they were written, in seconds since 1970. */
    created: column,
    /** The kinds that occur, and of each annotation the position of its own. */
    kinds: z.object({ names: z.array(kindSchema), of: column }),
    /** The people who wrote them, and of each annotation the position of its author. */
    authors: z.object({ people: z.array(z.object({ id: z.string(), name: z.string() })), of: column }),
    /** The sections of the passages. */
    sections: z.array(z.string()),
    /** In the order of their annotations. */
    passages: z.object({
      /** The positions of its annotation and of its section. */
      notes: column,
      sections: column,
      /** Offsets in code points; null for an orphan. */
      starts: z.array(z.number().nullable()),
      ends: z.array(z.number().nullable()),
      /** The revision that the offsets count in. */
      revisions: column,
      /** `fingerprint` of the quote: FNV-1a of its UTF-16 code units, the upper 30 bits. */
      words: column,
      /** Positions of the fuzzy passages. */
      fuzzy: column,
    }),
    /** Positions of those on a page image, with the ids of the canvases of their first regions. */
    images: z.object({ notes: column, canvases: z.array(z.string()) }),
    /** Every tag of these annotations, once. */
    tags: z.array(z.string()),
    /** Which annotation has which tag: the positions of both. */
    tagged: z.object({ notes: column, tags: column }),
    /** The whole threads nearest to `near`, in order of creation. */
    texts: z.array(annotationSchema),
    next: z.string().nullable(),
  })
  .openapi('Outline');

export type PageIndexQuery = z.infer<typeof pageIndexQuerySchema>;
export type PageIndex = z.infer<typeof pageIndexSchema>;
