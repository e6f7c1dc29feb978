import { z } from '@hono/zod-openapi';
import { filterSchema } from '@/lib/annotation/schema';

/** The formats of an export. */
export const formatSchema = z.enum([
  'jsonld',
  'jsonl',
  'ttl',
  'csv',
  'xlsx',
  'md',
  'html',
  'docx',
  'tei',
  'zip',
]);
export type Format = z.infer<typeof formatSchema>;

/** The formats of one's own notes: texts to go on with. */
export const notebookFormatSchema = z.enum(['md', 'docx', 'html']);
export type NotebookFormat = z.infer<typeof notebookFormatSchema>;

/** What parts the fields of a CSV file; spreadsheets of many languages expect a semicolon. */
export const separatorSchema = z.enum(['comma', 'semicolon', 'tab']);
export type Separator = z.infer<typeof separatorSchema>;

/** What goes into an export: the filters of the list, and whether threads come whole. */
export const exportFilterSchema = filterSchema.extend({
  threads: z
    .enum(['0', '1'])
    .optional()
    .openapi({ description: '1: with the rest of every thread that has one of them' }),
});
export type ExportFilter = z.infer<typeof exportFilterSchema>;
