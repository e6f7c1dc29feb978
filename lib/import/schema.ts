import { z } from '@hono/zod-openapi';
import { anchorSchema } from '@/lib/target/schema';

/** Greatest number of lines in a report, in which those with errors come first. */
export const REPORT_LINES = 1_000;

/** The outcome for one annotation of a file. */
const lineSchema = z.object({
  /** Its place in the file: a JSON pointer (RFC 6901), or `line 12`. */
  at: z.string(),
  /** Its IRI in the file. */
  iri: z.string().nullable(),
  outcome: z.enum(['new', 'duplicate', 'refused']),
  /** The anchor state of its first passage; null for a reply, and for a gloss on a whole section. */
  anchor: anchorSchema.nullable(),
  passage: z.string().nullable(),
  errors: z.array(z.object({ pointer: z.string(), detail: z.string() })),
});

/** A creator in a file, and the person that it was matched to. */
const authorSchema = z.object({
  name: z.string(),
  iri: z.string().nullable(),
  /** `member`: of this group; `you`; `new`: a name without an account, made by the import. */
  match: z.enum(['member', 'you', 'new']),
  /** The member's name here. */
  as: z.string().nullable(),
  count: z.number(),
});

/** What to know of the file: it says that it is a part of a longer list. */
const remarkSchema = z.object({ kind: z.literal('cut-off'), total: z.number(), found: z.number() });

export const reportSchema = z
  .object({
    /** The id to undo the import by; null for a dry run. */
    id: z.string().nullable(),
    format: z.enum(['w3c', 'hypothesis', 'recogito']),
    total: z.number(),
    glosses: z.number(),
    replies: z.number(),
    duplicates: z.number(),
    refused: z.number(),
    anchors: z.object({ exact: z.number(), orphaned: z.number() }),
    authors: z.array(authorSchema),
    lines: z.array(lineSchema),
    remarks: z.array(remarkSchema),
    /** Assignments that the group gets with it. */
    assignments: z.number(),
    /** Lines that were left out of `lines`. */
    more: z.number(),
  })
  .openapi('ImportReport');

/** An import that was made. */
export const importSchema = z
  .object({
    id: z.string(),
    format: z.string(),
    total: z.number(),
    by: z.object({ id: z.string(), name: z.string() }).nullable(),
    created: z.string(),
    undone: z.string().nullable(),
  })
  .openapi('Import');

/** The result of an undo; `kept` were answered since and stay as tombstones. */
export const undoneSchema = z.object({ removed: z.number(), kept: z.number() }).openapi('UndoneImport');

/** A switch in a query: `1` or `true` is on, anything else that is allowed is off. */
const queryFlag = z
  .enum(['0', '1', 'false', 'true'])
  .optional()
  .transform((value) => value === '1' || value === 'true');

/**
 * `dryRun` stores nothing. `skipInvalid` leaves out what is wrong and takes the rest. `edition` and `section`: the section
 * for targets on other sites.
 */
export const importQuerySchema = z.object({
  dryRun: queryFlag,
  skipInvalid: queryFlag,
  edition: z.string().min(1).max(200).optional(),
  section: z.string().min(1).max(200).optional(),
});

export type ImportResult = z.infer<typeof reportSchema>;
export type ImportResultLine = ImportResult['lines'][number];
export type ImportRecord = z.infer<typeof importSchema>;
export type UndoneImport = z.infer<typeof undoneSchema>;
export type ImportOptions = {
  dryRun?: boolean;
  skipInvalid?: boolean;
  edition?: string | undefined;
  section?: string | undefined;
  /** Says a sentence in the language of the caller. */
  translate?: (sentence: string, values: Record<string, string | number>) => string;
};
