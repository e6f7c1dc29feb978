import { z } from '@hono/zod-openapi';

/** Problem details (RFC 9457), with one entry for each invalid field. */
export const problemSchema = z
  .object({
    type: z.string(),
    title: z.string(),
    status: z.number(),
    detail: z.string(),
    code: z.string(),
    errors: z.array(z.object({ pointer: z.string(), detail: z.string() })).optional(),
    reference: z.string().optional(),
  })
  .openapi('Problem');
