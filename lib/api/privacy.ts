import { z } from '@hono/zod-openapi';
import { clientAddress } from '@/lib/http/client-address';
import { sessionHash } from '@/lib/identity';
import {
  copyOwnData,
  createResearchCopy,
  getErasure,
  getResearchConsent,
  giveResearchConsent,
  requestErasure,
  researchConsentInputSchema,
  researchConsentSchema,
  researchCopyQuerySchema,
  withdrawResearchConsent,
} from '@/lib/privacy';
import { erasureAddressSchema, erasureInputSchema, erasureStateSchema } from '@/lib/privacy/schema';
import { respondWithArchive } from './archive-response';
import { createApi } from './middleware';
import { body, groupParam, idParam, json, route } from './route';

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
    (c) =>
      respondWithArchive(c, copyOwnData(c.get('viewer'), c.get('locale')), {
        name: 'scholion-data.zip',
        about: 'own data',
      }),
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
  )
  .openapi(
    route({
      method: 'get',
      path: '/groups/{group}/research-consent',
      summary: 'What members are asked to agree to for research, and whether you do',
      request: { params: groupParam },
      responses: { 200: json(researchConsentSchema) },
    }),
    async (c) => c.json(await getResearchConsent(c.get('viewer'), c.req.valid('param').group), 200),
  )
  .openapi(
    route({
      method: 'put',
      path: '/groups/{group}/research-consent',
      summary: 'Agree to the words of the group; 409 where they are others now',
      request: { params: groupParam, ...body(researchConsentInputSchema) },
      responses: { 200: json(researchConsentSchema) },
    }),
    async (c) => {
      const { wording } = c.req.valid('json');
      return c.json(await giveResearchConsent(c.get('viewer'), c.req.valid('param').group, wording), 200);
    },
  )
  .openapi(
    route({
      method: 'delete',
      path: '/groups/{group}/research-consent',
      summary: 'Agree no longer',
      request: { params: groupParam },
      responses: { 204: { description: 'Taken back' } },
    }),
    async (c) => {
      await withdrawResearchConsent(c.get('viewer'), c.req.valid('param').group);
      return c.body(null, 204);
    },
  )
  .openapi(
    route({
      method: 'get',
      path: '/groups/{group}/research-copy',
      summary: 'The notes of those who agreed, with pseudonyms, as a ZIP; for those who set the group up',
      request: { params: groupParam, query: researchCopyQuerySchema },
      responses: { 200: { description: 'The archive', content: { 'application/zip': { schema: zip } } } },
    }),
    async (c) => {
      const { group } = c.req.valid('param');
      const shiftDates = c.req.valid('query').shiftDates === '1';
      const options = { shiftDates, locale: c.get('locale') };
      const archive = await createResearchCopy(c.get('viewer'), group, options);
      return respondWithArchive(c, archive, { name: `${group}-research.zip`, about: 'research copy' });
    },
  );
