import { z } from '@hono/zod-openapi';
import { stream } from 'hono/streaming';
import { filterSchema } from '@/lib/annotation/schema';
import { exportGroup } from '@/lib/export';
import { formatSchema } from '@/lib/export/schema';
import { log } from '@/lib/http/log';
import { newApi } from './app';
import { groupParam, route } from './route';

const file = (description: string) => ({ description, schema: z.string() });

/** Everything home, in open formats. */
export const exports = newApi().openapi(
  route({
    method: 'get',
    path: '/groups/{group}/export',
    summary: 'What you may see of a group as a file, by the filters of the list',
    request: { params: groupParam, query: filterSchema.extend({ format: formatSchema.default('jsonld') }) },
    responses: {
      200: {
        description: 'The file',
        content: {
          'application/ld+json': file('A W3C AnnotationCollection'),
          'text/csv': file('A line an annotation'),
          'text/markdown': file('The discussion as a text'),
        },
      },
    },
  }),
  async (c) => {
    const { format, ...filter } = c.req.valid('query');
    const { group } = c.req.valid('param');
    const { name, type, text } = await exportGroup(c.get('viewer'), group, format, filter, c.get('locale'));
    c.header('Content-Type', type);
    c.header('Content-Disposition', `attachment; filename="${name}"`);
    return stream(
      c,
      async (out) => {
        for await (const chunk of text) await out.write(chunk);
      },
      // The answer has begun: ending it early without its closing brackets is all that can still be said.
      async (error, out) => {
        log().error({ err: error, group, format }, 'export broke off');
        out.abort();
      },
    );
  },
);
