import { z } from '@hono/zod-openapi';
import { annotationSchema } from '../schema';

/** Whose outline: all annotations on some sections of an edition, from after `cursor`. */
export const pageIndexQuerySchema = z.object({
  edition: z.string().min(1).max(200),
  /** One section, or several with commas between. */
  section: z.string().min(1).max(4_000),
  cursor: z.uuid().optional(),
  /** A place of the view, as `section:offset` in code points: what the threads nearest to it say comes along. */
  near: z
    .string()
    .max(300)
    .regex(/^.+:\d{1,9}$/)
    .optional(),
});

const column = z.array(z.number());

/**
 * Where the annotations of a page stand and what they are, without their words: by columns, which a browser parses
 * many times as fast as objects. What they say comes along for the few near the view; of others it is asked for by thread,
 * once somebody is to see it.
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
    /** Those that the caller wrote. */
    mine: column,
    /** Those without words for the caller: deleted, or hidden from them. */
    gone: column,
    questions: column,
    resolved: column,
    pinned: column,
    /** The sections that the passages stand in. */
    sections: z.array(z.string()),
    /** In the order of their annotations. */
    passages: z.object({
      /** Whose passage, and in which of the sections. */
      notes: column,
      sections: column,
      /** Offsets in code points; null where it is lost. */
      starts: z.array(z.number().nullable()),
      ends: z.array(z.number().nullable()),
      /** The revision that its offsets count in. */
      revisions: column,
      /** `fingerprint` of what was quoted: FNV-1a of its UTF-16 code units, the upper 30 bits. */
      words: column,
      /** Those that were found again with other words. */
      fuzzy: column,
    }),
    /** Those that stand on a page image, with the ids of the canvases of their first regions. */
    images: z.object({ notes: column, canvases: z.array(z.string()) }),
    /** Every tag of these annotations. */
    tags: z.array(z.string()),
    /** What the threads nearest to `near` say, whole, in order of creation. */
    texts: z.array(annotationSchema),
    next: z.string().nullable(),
  })
  .openapi('Outline');

export type PageIndexQuery = z.infer<typeof pageIndexQuerySchema>;
export type PageIndex = z.infer<typeof pageIndexSchema>;
