import { z } from '@hono/zod-openapi';
import { listParagraphNotes, listTags, renameTags } from '@/lib/annotation';
import { groupTagSchema, paragraphNotesSchema, tagRenameSchema } from '@/lib/annotation/schema';
import { createApi } from './middleware';
import { body, groupParam, json, listOf, route } from './route';

/** What staff sees of a group's notes as a whole: their tags, and where in the text they stand. */
export const groupNotes = createApi()
  .openapi(
    route({
      method: 'get',
      path: '/groups/{group}/heat',
      summary: 'How much was said on each paragraph of a section; for staff',
      request: {
        params: groupParam,
        query: z.object({ edition: z.string().min(1).max(200), section: z.string().min(1).max(200) }),
      },
      responses: { 200: json(listOf(paragraphNotesSchema)) },
    }),
    async (c) => {
      const { group } = c.req.valid('param');
      const items = await listParagraphNotes(c.get('viewer'), group, c.req.valid('query'));
      return c.json({ items, next: null }, 200);
    },
  )
  .openapi(
    route({
      method: 'get',
      path: '/groups/{group}/tags',
      summary: 'The tags that staff offers, and those in use',
      request: { params: groupParam },
      responses: { 200: json(listOf(groupTagSchema)) },
    }),
    async (c) =>
      c.json({ items: await listTags(c.get('viewer'), c.req.valid('param').group), next: null }, 200),
  )
  .openapi(
    route({
      method: 'post',
      path: '/groups/{group}/tags/rename',
      summary: 'Give tags another name, or make several one; for staff',
      request: { params: groupParam, ...body(tagRenameSchema) },
      responses: { 200: json(z.strictObject({ changed: z.int() })) },
    }),
    async (c) => {
      const changed = await renameTags(c.get('viewer'), c.req.valid('param').group, c.req.valid('json'));
      return c.json({ changed }, 200);
    },
  );
