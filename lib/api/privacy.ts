import { z } from '@hono/zod-openapi';
import { clientAddress } from '@/lib/http/client-address';
import { takeShare } from '@/lib/http/fair-share';
import { sessionHash } from '@/lib/identity';
import { copyOwnData, getErasure, requestErasure } from '@/lib/privacy';
import { erasureAddressSchema, erasureInputSchema, erasureStateSchema } from '@/lib/privacy/schema';
import { toReadableStream } from './exports';
import { createApi } from './middleware';
import { body, idParam, json, route } from './route';

const zip = z.string().openapi({ description: 'A folder with pages to read, and JSON' });

/** People's data: a copy of one's own, erasure. */
export const privacy = createApi()
  .openapi(
    route({
      method: 'get',
      path: '/me/data',
      summary: 'All that is kept of you, as a ZIP of pages and JSON; of groups that you left as well',
      responses: { 200: { description: 'The archive', content: { 'application/zip': { schema: zip } } } },
    }),
    (c) => {
      const viewer = c.get('viewer');
      const { bytes, end } = copyOwnData(viewer, c.get('locale'));
      const headers = {
        'Content-Type': 'application/zip',
        'Content-Disposition': 'attachment; filename="scholion-data.zip"',
      };
      if (c.req.raw.method === 'HEAD') {
        end();
        return c.body(null, 200, headers);
      }
      const release = takeShare('export', viewer.id ?? '');
      const close = async () => {
        end();
        release();
      };
      const file = { name: 'scholion-data.zip', type: 'application/zip', bytes, close };
      return c.body(toReadableStream(file, { export: 'own data' }), 200, headers);
    },
  )
  .openapi(
    route({
      method: 'post',
      path: '/me/erasure',
      summary:
        'Erase you, with a session and your password; 409 where a group or the site would be without an owner',
      request: body(erasureInputSchema),
      responses: {
        202: json(erasureAddressSchema, 'Begun: the result will be at this address, shown this once'),
      },
    }),
    async (c) => {
      const { headers } = c.req.raw;
      const asking = {
        session: sessionHash(headers),
        address: clientAddress(headers),
        locale: c.get('locale'),
      };
      const begun = await requestErasure(c.get('viewer'), c.req.valid('json'), asking);
      return c.json(begun, 202, { Location: begun.address });
    },
  )
  .openapi(
    route({
      method: 'get',
      path: '/erasures/{id}',
      summary: 'How far an erasure is, for whoever has its address',
      request: { params: idParam },
      responses: { 200: json(erasureStateSchema) },
    }),
    async (c) => c.json(await getErasure(c.req.valid('param').id), 200),
  );
