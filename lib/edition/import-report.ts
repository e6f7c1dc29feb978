import { z } from '@hono/zod-openapi';

/**
 * What an import says before anything is published: that no word was lost, what was left out on purpose and what is
 * shown plainly, and what a person should decide. Places are `line:column` of the file.
 */

const elementSchema = z.object({
  element: z.string(),
  count: z.number().int(),
  words: z.number().int(),
  places: z.array(z.string()),
  reason: z.string().optional(),
});

const decisionSchema = z.object({
  field: z.enum(['title', 'language', 'slug']),
  value: z.string().openapi({ description: 'What is taken unless somebody says otherwise' }),
  proposed: z
    .string()
    .optional()
    .openapi({ description: 'A guess, which is not taken until somebody says so' }),
});

export const importReportSchema = z
  .object({
    format: z.string(),
    words: z.object({
      file: z.number().int().openapi({ description: 'Words of the file, without its metadata' }),
      text: z.number().int().openapi({ description: 'Words of all sections and notes' }),
      leftOut: z.number().int(),
    }),
    sameSequence: z.boolean().openapi({
      description: 'Every character that was not left out on purpose stands in the text, in the same order',
    }),
    leftOut: z.array(elementSchema),
    shownPlainly: z.array(elementSchema),
    normalized: z.number().int().openapi({ description: 'Pieces of text that were made Unicode NFC' }),
    decisions: z.array(decisionSchema),
    images: z
      .object({
        named: z.number().int(),
        here: z.number().int().openapi({ description: 'Pictures that came with the file' }),
        elsewhere: z
          .number()
          .int()
          .openapi({ description: 'Pictures at addresses of the web: this server fetches none' }),
        missing: z.array(z.string()).openapi({ description: 'Names of the others, at most 50' }),
      })
      .optional()
      .openapi({ description: 'The page images that the text names; absent where it names none' }),
    pages: z.array(z.object({ id: z.string(), title: z.string(), length: z.number().int() })),
    seconds: z.number(),
  })
  .openapi('ImportReport');

export type ImportReport = z.infer<typeof importReportSchema>;
export type ReportDecision = z.infer<typeof decisionSchema>;
