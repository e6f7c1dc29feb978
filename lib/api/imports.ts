import { z } from '@hono/zod-openapi';
import type { Context, Next } from 'hono';
import { validator } from 'hono/validator';
import { withShare } from '@/lib/http/fair-share';
import { translateProblem } from '@/lib/http/problem-details';
import {
  IMPORT_MAX_BYTES,
  importFile,
  listImports,
  readUpload,
  requireImporter,
  undoImport,
} from '@/lib/import';
import { importQuerySchema, importSchema, reportSchema, undoneSchema } from '@/lib/import/schema';
import { invalidFields } from '@/lib/kernel/errors';
import { fieldErrors } from '@/lib/kernel/field-errors';
import { readBody, whileConnected } from './connection';
import { createApi, type Env } from './middleware';
import { groupParam, json, route } from './route';
import { limitBody } from './uploads';

/** Middleware: authorises before the body is read and unpacked, because files can be large. */
async function requireImporterFirst(c: Context<Env>, next: Next): Promise<void> {
  await requireImporter(c.get('viewer'), c.req.param('group') ?? '');
  await next();
}

const importRoute = route({
  method: 'post',
  path: '/groups/{group}/import',
  summary:
    'Bring a file of annotations in, all of it or nothing; with `dryRun=1` only say what would be, with `skipInvalid=1` leave out what is wrong',
  request: {
    params: groupParam,
    query: importQuerySchema,
    body: {
      required: true,
      content: {
        'application/ld+json': { schema: z.unknown().openapi({ description: 'W3C annotations' }) },
        'application/json': {
          schema: z
            .unknown()
            .openapi({ description: 'W3C, IIIF, Hypothesis, Recogito, Annotorious or Mirador JSON' }),
        },
        'application/x-ndjson': { schema: z.string().openapi({ description: 'An annotation a line' }) },
        'application/zip': { schema: z.string().openapi({ description: 'An archive exported here' }) },
      },
    },
  },
  responses: { 200: json(reportSchema, 'A dry run'), 201: json(reportSchema, 'Brought in') },
});

const upload = createApi();

// The route is described as every other, but its body is not validated by the description, because that would parse a
// file of 100 MB on the main thread.
upload.openAPIRegistry.registerPath(importRoute);

/** The query of an import. Throws invalid, as a route that is validated by its description does. */
function parseQuery(value: Record<string, unknown>): z.infer<typeof importQuerySchema> {
  const query = importQuerySchema.safeParse(value);
  if (query.success) return query.data;
  const errors = fieldErrors(query.error, 'query');
  throw invalidFields(errors);
}

/** Imports of annotation files, and their undo. */
export const imports = upload
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
  )
  .post(
    '/groups/:group/import',
    requireImporterFirst,
    limitBody(IMPORT_MAX_BYTES),
    validator('query', parseQuery),
    async (c) => {
      const viewer = c.get('viewer');
      const signal = whileConnected(c);
      const load = async () => {
        const source = await readUpload(await readBody(c), c.req.header('content-type') ?? '', signal);
        const translate = (sentence: string, values: Record<string, string | number>) =>
          translateProblem(c.get('locale'), sentence, values);
        const options = { ...c.req.valid('query'), translate };
        return importFile(viewer, c.req.param('group'), source, options, signal);
      };
      const report = await withShare('import', viewer.id ?? '', load, signal);
      return report.id === null ? c.json(report, 200) : c.json(report, 201);
    },
  );
