import { z } from '@hono/zod-openapi';
import type { Context, Next } from 'hono';
import { rejectNul } from '@/lib/http/reject-nul';
import {
  detectFormat,
  IMPORT_MAX_BYTES,
  importFile,
  isArchive,
  isJson,
  listImports,
  parseArchive,
  parseText,
  requireImporter,
  requireUtf8,
  undoImport,
} from '@/lib/import';
import { importQuerySchema, importSchema, reportSchema, undoneSchema } from '@/lib/import/schema';
import { createApi, type Env } from './middleware';
import { groupParam, json, route } from './route';
import { limitBody } from './uploads';

/** A file may be large: nobody but who may bring it in has it read and unpacked. */
async function requireImporterFirst(c: Context<Env>, next: Next): Promise<void> {
  await requireImporter(c.get('viewer'), c.req.param('group') ?? '');
  await next();
}

/** Reads a file that is text; what is none is refused before it is parsed. */
async function rejectInvalidText(c: Context<Env>, next: Next): Promise<void> {
  if (!isArchive(c.req.header('content-type') ?? '')) {
    requireUtf8(Buffer.from(await c.req.arrayBuffer()));
    rejectNul('', await c.req.text());
  }
  await next();
}

/** Files of annotations, brought in and taken back. */
export const imports = createApi()
  .openapi(
    route({
      method: 'post',
      path: '/groups/{group}/import',
      middleware: [requireImporterFirst, limitBody(IMPORT_MAX_BYTES), rejectInvalidText] as const,
      summary: 'Bring a file of annotations in, all of it or nothing; with `dryRun=1` only say what would be',
      request: {
        params: groupParam,
        query: importQuerySchema,
        body: {
          required: true,
          content: {
            'application/ld+json': { schema: z.unknown().openapi({ description: 'W3C annotations' }) },
            'application/json': {
              schema: z.unknown().openapi({ description: 'W3C, Hypothesis or Recogito JSON' }),
            },
            'application/x-ndjson': { schema: z.string().openapi({ description: 'An annotation a line' }) },
            'application/zip': { schema: z.string().openapi({ description: 'An archive exported here' }) },
          },
        },
      },
      responses: { 200: json(reportSchema, 'A dry run'), 201: json(reportSchema, 'Brought in') },
    }),
    async (c) => {
      const type = c.req.header('content-type') ?? '';
      // A file may be large: what was parsed to be validated is not parsed once more.
      const json = isArchive(type)
        ? await parseArchive(Buffer.from(await c.req.arrayBuffer()))
        : isJson(type)
          ? c.req.valid('json')
          : parseText(await c.req.text(), type);
      const source = detectFormat(json);
      const options = c.req.valid('query');
      const report = await importFile(c.get('viewer'), c.req.valid('param').group, source, options);
      return report.id === null ? c.json(report, 200) : c.json(report, 201);
    },
  )
  .openapi(
    route({
      method: 'get',
      path: '/groups/{group}/imports',
      summary: 'The files that were brought in, newest first; for staff',
      request: { params: groupParam },
      responses: { 200: json(z.object({ items: z.array(importSchema) })) },
    }),
    async (c) => c.json({ items: await listImports(c.get('viewer'), c.req.valid('param').group) }, 200),
  )
  .openapi(
    route({
      method: 'delete',
      path: '/groups/{group}/imports/{id}',
      summary: 'Take a whole import back; what has been answered since leaves a tombstone',
      request: { params: groupParam.extend({ id: z.string().min(1).max(100) }) },
      responses: { 200: json(undoneSchema, 'Taken back') },
    }),
    async (c) => {
      const { group, id } = c.req.valid('param');
      return c.json(await undoImport(c.get('viewer'), group, id), 200);
    },
  );
