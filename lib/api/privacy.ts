import { clientAddress } from '@/lib/http/client-address';
import { sessionHash } from '@/lib/identity';
import { getErasure, requestErasure } from '@/lib/privacy';
import { erasureAddressSchema, erasureInputSchema, erasureStateSchema } from '@/lib/privacy/schema';
import { createApi } from './middleware';
import { body, idParam, json, route } from './route';

/** People's data: erasure. */
export const privacy = createApi()
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
