import { z } from '@hono/zod-openapi';
import type { Context } from 'hono';
import { getDraftSource, getSource } from '@/lib/edition';
import { importReportSchema } from '@/lib/edition/import-report';
import { canonicalLanguage } from '@/lib/edition/language';
import { editionAccessSchema, sectionCountsSchema } from '@/lib/edition/schema';
import { withShare } from '@/lib/http/fair-share';
import { discardDraft, getDraft, publishDraft, uploadDraft, uploadNewEdition } from '@/lib/publication';
import { draftSchema } from '@/lib/publication/schema';
import { readBody, whileConnected } from './connection';
import { createApi } from './middleware';
import { body, json, route } from './route';

const editionParam = z.object({ edition: z.string().min(1).max(200) });

/** What may be said of a text in the address of its upload; empty says nothing. */
const optional = <S extends z.ZodType>(schema: S) =>
  z.preprocess((value) => (value === '' ? undefined : value), schema.optional());
const languageTag = z
  .string()
  .max(100)
  .refine((tag) => canonicalLanguage(tag) !== null, 'This is no language tag, as “en” or “ru”.')
  .openapi({ description: 'BCP 47' });
const uploadQuery = z.object({
  title: optional(z.string().trim().min(1).max(500)),
  language: optional(languageTag),
  pageLength: optional(z.coerce.number().int().min(5_000).max(60_000)).openapi({
    description: 'The longest page, in code points',
  }),
  name: optional(z.string().max(300)).openapi({ description: 'The name of the file, for its kind' }),
});
const newEditionQuery = uploadQuery.extend({
  slug: optional(z.string().max(64)),
  access: optional(editionAccessSchema),
  group: optional(z.string().max(100)),
});

/** The media types that texts come with; what a file is, is decided by its content. */
const TEXT_TYPES = [
  'application/tei+xml',
  'application/xml',
  'text/xml',
  'text/plain',
  'text/markdown',
  'text/html',
  'application/xhtml+xml',
  'application/epub+zip',
  'application/pdf',
  'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  'application/vnd.oasis.opendocument.text',
  'application/octet-stream',
];
const fileBody = {
  body: {
    required: true,
    content: Object.fromEntries(
      TEXT_TYPES.map((type) => [type, { schema: z.string().openapi({ format: 'binary' }) }]),
    ),
  },
};
const savedSchema = z.object({
  slug: z.string(),
  revision: z.number(),
  sections: z.number(),
  unchanged: z.boolean(),
  format: z.string(),
  report: importReportSchema,
});

/** Reads the file of an upload; called once the caller may send one. */
const fileOf = (c: Context, name: string | undefined) => async () => ({
  bytes: await readBody(c),
  mediaType: c.req.header('content-type'),
  name,
});

/** Texts that are brought in: drafts, their reports and rehearsals, and their publication. */
export const drafts = createApi()
  .openapi(
    route({
      method: 'post',
      path: '/editions',
      summary: 'Bring in a text of any kind as the draft of a new edition, not yet readable by others',
      request: { query: newEditionQuery, ...fileBody },
      responses: { 201: json(savedSchema, 'A draft, with the report of its import') },
    }),
    async (c) => {
      const { name, ...options } = c.req.valid('query');
      const viewer = c.get('viewer');
      const signal = whileConnected(c);
      const upload = () => uploadNewEdition(viewer, fileOf(c, name), { ...options, signal });
      const saved = await withShare('publication', viewer.id ?? '', upload, signal);
      c.header('Location', `/api/v1/editions/${encodeURIComponent(saved.slug)}/draft`);
      return c.json(saved, 201);
    },
  )
  .openapi(
    route({
      method: 'get',
      path: '/editions/{edition}/draft',
      summary: 'The draft: the report of its import, and what its publication would make of the notes',
      request: { params: editionParam },
      responses: { 200: json(draftSchema) },
    }),
    async (c) => {
      const { edition } = c.req.valid('param');
      return c.json(await getDraft(c.get('viewer'), edition, whileConnected(c)), 200);
    },
  )
  .openapi(
    route({
      method: 'put',
      path: '/editions/{edition}/draft',
      summary: 'Take a text in as the draft, in place of an earlier one',
      request: { params: editionParam, query: uploadQuery, ...fileBody },
      responses: { 200: json(savedSchema, 'Taken in; `unchanged` where it is what is published') },
    }),
    async (c) => {
      const { edition: slug } = c.req.valid('param');
      const { name, ...options } = c.req.valid('query');
      const viewer = c.get('viewer');
      const signal = whileConnected(c);
      const upload = () => uploadDraft(viewer, fileOf(c, name), { ...options, slug, signal });
      return c.json(await withShare('publication', viewer.id ?? '', upload, signal), 200);
    },
  )
  .openapi(
    route({
      method: 'delete',
      path: '/editions/{edition}/draft',
      summary: 'Discard the draft; the edition too, where it was never published',
      request: { params: editionParam },
      responses: { 204: { description: 'Discarded' } },
    }),
    async (c) => {
      await discardDraft(c.get('viewer'), c.req.valid('param').edition);
      return c.body(null, 204);
    },
  )
  .openapi(
    route({
      method: 'post',
      path: '/editions/{edition}/publication',
      summary: 'Make the draft current; 409 where it is not the one with this hash',
      request: { params: editionParam, ...body(z.strictObject({ sha256: z.string().max(64).optional() })) },
      responses: {
        200: json(
          z.object({ slug: z.string(), revision: z.number(), sections: z.array(sectionCountsSchema) }),
          'Published; passages by state for each section whose text changed, none at the first publication',
        ),
      },
    }),
    async (c) => {
      const { sha256 } = c.req.valid('json');
      const viewer = c.get('viewer');
      const publish = () => publishDraft(viewer, c.req.valid('param').edition, { sha256 });
      return c.json(await withShare('publication', viewer.id ?? '', publish), 200);
    },
  )
  .openapi(
    route({
      method: 'get',
      path: '/editions/{edition}/source',
      summary: 'The text as TEI: as it was brought in, or as it was made of another kind of file',
      request: {
        params: editionParam,
        query: z.object({
          revision: z.coerce.number().int().min(1).optional(),
          draft: z.enum(['1']).optional().openapi({ description: 'The draft, for those who manage it' }),
        }),
      },
      responses: {
        200: { description: 'OK', content: { 'application/tei+xml': { schema: z.string() } } },
      },
    }),
    async (c) => {
      const { edition } = c.req.valid('param');
      const { revision, draft } = c.req.valid('query');
      const viewer = c.get('viewer');
      const source = draft
        ? await getDraftSource(viewer, edition)
        : await getSource(viewer, edition, revision);
      return c.body(source, 200, {
        'content-type': 'application/tei+xml; charset=utf-8',
        'content-disposition': `attachment; filename="${edition.replace(/[^\w.-]/g, '_')}.xml"`,
        'cache-control': 'private, no-store',
      });
    },
  );
