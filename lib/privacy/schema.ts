import { z } from '@hono/zod-openapi';

/** What becomes of what a person wrote when they are erased. */
export const erasedNotesSchema = z.enum(['remove', 'anonymise']);

/** `password` is asked for where the account has one; else the sign-in must be of the last ten minutes. */
export const erasureInputSchema = z
  .strictObject({ notes: erasedNotesSchema, password: z.string().max(1_000).default('') })
  .openapi('ErasureInput');

/** Counts of what an erasure did. `named`: others' notes that have the name in free words, which nobody but people can judge. */
export const erasureResultSchema = z
  .strictObject({
    removed: z.int(),
    anonymised: z.int(),
    versions: z.int(),
    mentions: z.int(),
    rows: z.int(),
    named: z.int(),
  })
  .openapi('ErasureResult');

export const erasureStateSchema = z
  .strictObject({
    notes: erasedNotesSchema,
    requested: z.iso.datetime(),
    due: z.iso.datetime(),
    /** Null while it waits. */
    done: z.iso.datetime().nullable(),
    result: erasureResultSchema.nullable(),
  })
  .openapi('Erasure');

/** Where the result of an erasure will be read, by anybody who has the address; it is shown this once. */
export const erasureAddressSchema = z
  .strictObject({ address: z.url(), due: z.iso.datetime() })
  .openapi('ErasureAddress');

/** What of a person is looked for everywhere: the ids of their account and of those merged into it, names and addresses. */
export const erasureMarksSchema = z.strictObject({
  ids: z.array(z.uuid()).min(1),
  names: z.array(z.string()),
  emails: z.array(z.string()),
  /** The words for a former member, in the language of whoever is erased. */
  former: z.string(),
});

export type ErasedNotes = z.infer<typeof erasedNotesSchema>;
export type ErasureInput = z.infer<typeof erasureInputSchema>;
export type ErasureResult = z.infer<typeof erasureResultSchema>;
export type ErasureState = z.infer<typeof erasureStateSchema>;
export type ErasureAddress = z.infer<typeof erasureAddressSchema>;
export type ErasureMarks = z.infer<typeof erasureMarksSchema>;
