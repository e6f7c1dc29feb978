import { z } from '@hono/zod-openapi';
import { getEdition, getSection, listEditions } from '@/lib/edition';
import {
  editionSchema,
  editionSummarySchema,
  sectionSchema,
  sectionSummarySchema,
} from '@/lib/edition/schema';
import { changeEdition } from '@/lib/publication';
import { editionChangeSchema, editionSettingsSchema } from '@/lib/publication/schema';
import { countUnreadBySection } from '@/lib/unread';
import { createApi } from './middleware';
import { body, json, route } from './route';

const editionParam = z.object({ edition: z.string().min(1).max(200) });
const sectionParam = editionParam.extend({ section: z.string().min(1).max(200) });

/** The counts of what is new to the caller are of all their groups, or of this one. */
const groupQuery = z.object({ group: z.string().min(1).max(100).optional() });
const unread = z.int().openapi({ description: 'How many notes on it are new to the caller' });
const countedSectionSchema = sectionSchema.extend({ unread }).openapi('CountedSection');
const countedEditionSchema = editionSchema
  .extend({ sections: z.array(sectionSummarySchema.extend({ unread })) })
  .openapi('CountedEdition');

/** Editions and their texts, for those who may read them. */
export const editions = createApi()
  .openapi(
    route({
      method: 'get',
      path: '/editions',
      summary: 'The published editions that you may read',
      responses: { 200: json(z.object({ items: z.array(editionSummarySchema) })) },
    }),
    async (c) => c.json({ items: await listEditions(c.get('viewer')) }, 200),
  )
  .openapi(
    route({
      method: 'get',
      path: '/editions/{edition}',
      summary: 'An edition: its header and its sections',
      request: { params: editionParam, query: groupQuery },
      responses: { 200: json(countedEditionSchema) },
    }),
    async (c) => {
      const viewer = c.get('viewer');
      const edition = await getEdition(viewer, c.req.valid('param').edition);
      const unread = await countUnreadBySection(viewer, edition.slug, c.req.valid('query').group);
      const sections = edition.sections.map((section) => ({
        ...section,
        unread: unread.get(section.id) ?? 0,
      }));
      return c.json({ ...edition, sections }, 200);
    },
  )
  .openapi(
    route({
      method: 'patch',
      path: '/editions/{edition}',
      summary: 'Change its title, who may read it, and which groups read it; for those who manage it',
      request: { params: editionParam, ...body(editionChangeSchema) },
      responses: { 200: json(editionSettingsSchema) },
    }),
    async (c) => {
      const changed = await changeEdition(c.get('viewer'), c.req.valid('param').edition, c.req.valid('json'));
      return c.json(changed, 200);
    },
  )
  .openapi(
    route({
      method: 'get',
      path: '/editions/{edition}/sections/{section}',
      summary: 'A section: its canonical text, with what stands in it by offsets in code points',
      request: {
        params: sectionParam,
        query: groupQuery.extend({ revision: z.coerce.number().int().min(1).optional() }),
      },
      responses: { 200: json(countedSectionSchema) },
    }),
    async (c) => {
      const viewer = c.get('viewer');
      const { edition, section } = c.req.valid('param');
      const { revision, group } = c.req.valid('query');
      const found = await getSection(viewer, edition, section, revision);
      const unread = await countUnreadBySection(viewer, edition, group);
      return c.json({ ...found, unread: unread.get(section) ?? 0 }, 200);
    },
  );
