import { z } from '@hono/zod-openapi';
import { deleteAccount, mergeAccounts } from '@/lib/administration';
import { accountDeletionSchema, mergeInputSchema } from '@/lib/administration/schema';
import { createMemberPasswordLink } from '@/lib/group';
import { clientAddress } from '@/lib/http/client-address';
import {
  createPasswordLink,
  getAccount,
  requestPasswordLink,
  setPasswordByLink,
  updateAccount,
} from '@/lib/identity';
import {
  accountDetailsSchema,
  accountStateInputSchema,
  newPasswordInputSchema,
  passwordLinkRequestSchema,
  passwordLinkSchema,
} from '@/lib/identity/schema';
import { createApi } from './middleware';
import { body, groupParam, idParam, json, route } from './route';

/** Forgotten passwords, and what administrators do to accounts: with a session, never with a token. */
export const accounts = createApi()
  .openapi(
    route({
      method: 'post',
      path: '/password-links',
      summary: 'Have a link for a new password mailed; the answer is the same for every address',
      request: body(passwordLinkRequestSchema),
      responses: { 202: { description: 'Mailed, if there is such an account' } },
    }),
    async (c) => {
      await requestPasswordLink(c.req.valid('json').email, clientAddress(c.req.raw.headers));
      return c.body(null, 202);
    },
  )
  .openapi(
    route({
      method: 'post',
      path: '/passwords',
      summary: 'Set a new password by the secret of a link, once; your sessions end unless you say otherwise',
      request: body(newPasswordInputSchema),
      responses: { 204: { description: 'Set' } },
    }),
    async (c) => {
      await setPasswordByLink(c.req.valid('json'), clientAddress(c.req.raw.headers));
      return c.body(null, 204);
    },
  )
  .openapi(
    route({
      method: 'post',
      path: '/groups/{group}/members/{id}/password-link',
      summary: 'Make a link for a new password of a student, with a session; mailed where mail is configured',
      request: { params: groupParam.extend(idParam.shape) },
      responses: { 201: json(passwordLinkSchema, 'Made; the earlier ones ended') },
    }),
    async (c) => {
      const { group, id } = c.req.valid('param');
      return c.json(await createMemberPasswordLink(c.get('viewer'), group, id), 201);
    },
  )
  .openapi(
    route({
      method: 'post',
      path: '/accounts/{id}/password-link',
      summary: 'Make a link for a new password, for its person; for administrators, with a session',
      request: { params: idParam },
      responses: { 201: json(passwordLinkSchema, 'Made; the earlier ones ended') },
    }),
    async (c) => c.json(await createPasswordLink(c.get('viewer'), c.req.valid('param').id), 201),
  )
  .openapi(
    route({
      method: 'get',
      path: '/accounts/{id}',
      summary: 'An account with what was done to it; for administrators, with a session',
      request: { params: idParam },
      responses: { 200: json(accountDetailsSchema) },
    }),
    async (c) => c.json(await getAccount(c.get('viewer'), c.req.valid('param').id), 200),
  )
  .openapi(
    route({
      method: 'patch',
      path: '/accounts/{id}',
      summary: 'Deactivate an account or let it be used again, make an administrator; with a session',
      request: { params: idParam, ...body(accountStateInputSchema) },
      responses: { 200: json(accountDetailsSchema) },
    }),
    async (c) => {
      const { id } = c.req.valid('param');
      return c.json(await updateAccount(c.get('viewer'), id, c.req.valid('json')), 200);
    },
  )
  .openapi(
    route({
      method: 'delete',
      path: '/accounts/{id}',
      summary: 'Delete an account; what its person wrote stays, with `name=remove` without their name',
      request: { params: idParam, query: z.object(accountDeletionSchema.shape) },
      responses: { 204: { description: 'Deleted' } },
    }),
    async (c) => {
      const { name } = c.req.valid('query');
      await deleteAccount(c.get('viewer'), c.req.valid('param').id, { name, locale: c.get('locale') });
      return c.body(null, 204);
    },
  )
  .openapi(
    route({
      method: 'post',
      path: '/accounts/{id}/merge',
      summary: 'Merge an account into another of the same person; with a session',
      request: { params: idParam, ...body(mergeInputSchema) },
      responses: { 200: json(accountDetailsSchema) },
    }),
    async (c) => {
      const { into } = c.req.valid('json');
      return c.json(await mergeAccounts(c.get('viewer'), c.req.valid('param').id, into), 200);
    },
  );
