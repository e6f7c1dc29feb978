import { markGroupRead } from '@/lib/group';
import { setRead } from '@/lib/unread';
import { readSchema } from '@/lib/unread/schema';
import { createApi } from './middleware';
import { body, groupParam, idParam, route } from './route';

/** What the caller has read: theirs alone. */
export const unread = createApi()
  .openapi(
    route({
      method: 'put',
      path: '/annotations/{id}/read',
      summary: 'Mark a note as read; nobody else sees that',
      request: { params: idParam },
      responses: { 204: { description: 'Read' } },
    }),
    async (c) => {
      await setRead(c.get('viewer'), c.req.valid('param').id, true);
      return c.body(null, 204);
    },
  )
  .openapi(
    route({
      method: 'delete',
      path: '/annotations/{id}/read',
      summary: 'Mark a note as unread again',
      request: { params: idParam },
      responses: { 204: { description: 'Unread' } },
    }),
    async (c) => {
      await setRead(c.get('viewer'), c.req.valid('param').id, false);
      return c.body(null, 204);
    },
  )
  .openapi(
    route({
      method: 'put',
      path: '/groups/{group}/read',
      summary:
        'Mark several notes as read, all of a section, or (with an empty object) all that you see of the group',
      request: { params: groupParam, ...body(readSchema) },
      responses: { 204: { description: 'Read' } },
    }),
    async (c) => {
      await markGroupRead(c.get('viewer'), c.req.valid('param').group, c.req.valid('json'));
      return c.body(null, 204);
    },
  );
