import { z } from '@hono/zod-openapi';

/** Whether the name of a deleted account stays on what its person wrote. */
export const accountDeletionSchema = z.strictObject({ name: z.enum(['keep', 'remove']).default('keep') });

/** The account that another is merged into. */
export const mergeInputSchema = z.strictObject({ into: z.uuid() }).openapi('MergeInput');
