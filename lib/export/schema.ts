import { z } from '@hono/zod-openapi';

/** The formats that are built so far. */
export const formatSchema = z.enum(['jsonld', 'csv', 'md']);
export type Format = z.infer<typeof formatSchema>;
