import { z } from '@hono/zod-openapi';
import { listTags, renameTags } from '@/lib/annotation';
import { groupTagSchema, tagRenameSchema } from '@/lib/annotation/schema';
import { createApi } from './middleware';
import { body, groupParam, json, listOf, route } from './route';

/** The tags of a group. */
export const tags = createApi()
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
