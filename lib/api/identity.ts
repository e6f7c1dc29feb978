import { z } from '@hono/zod-openapi';
import { signUp } from '@/lib/group';
import { signedUpSchema } from '@/lib/group/schema';
import { clientAddress } from '@/lib/http/client-address';
import {
  createAccount,
  createToken,
  describeMe,
  endOtherSessions,
  endSession,
  listAccounts,
  listSessions,
  listTokens,
  revokeToken,
  sessionHash,
  setPassword,
  updateProfile,
} from '@/lib/identity';
import {
  accountSchema,
  meSchema,
  newAccountSchema,
  newTokenSchema,
  openSessionSchema,
  passwordInputSchema,
  profileInputSchema,
  tokenInputSchema,
  tokenSchema,
} from '@/lib/identity/schema';
import { updateNoticeSetting } from '@/lib/notice';
import { noticeSettingSchema } from '@/lib/notice/schema';
import { createApi } from './middleware';
import { body, idParam, json, listOf, route } from './route';

/** The caller's account and tokens; all accounts, for administrators. */
export const identity = createApi()
  .openapi(
    route({
      method: 'get',
      path: '/me',
      summary: 'Who you are; 401 for nobody, or 204 where `optional` says that this is no fault',
      request: { query: z.object({ optional: z.literal('1').optional() }) },
      responses: { 200: json(meSchema), 204: { description: 'Nobody is signed in' } },
    }),
    (c) => {
      const viewer = c.get('viewer');
      const isOptional = c.req.valid('query').optional !== undefined;
      if (isOptional && viewer.id === null) return c.body(null, 204);
      return c.json(describeMe(viewer, { admin: isOptional }), 200);
    },
  )
  .openapi(
    route({
      method: 'patch',
      path: '/me',
      summary: 'Change your name or language, how often mail comes, and the time zone of its mornings',
      request: body(profileInputSchema.extend(noticeSettingSchema.partial().shape)),
      responses: { 200: json(accountSchema) },
    }),
    async (c) => {
      const { mail, timeZone, ...profile } = c.req.valid('json');
      const setting = { ...(mail && { mail }), ...(timeZone && { timeZone }) };
      if (mail || timeZone) await updateNoticeSetting(c.get('viewer'), setting);
      return c.json(await updateProfile(c.get('viewer'), profile), 200);
    },
  )
  .openapi(
    route({
      method: 'put',
      path: '/me/password',
      summary: 'Change your password, with a session; your other sessions end unless you say otherwise',
      request: body(passwordInputSchema),
      responses: { 204: { description: 'Changed' } },
    }),
    async (c) => {
      const { headers } = c.req.raw;
      const from = { session: sessionHash(headers), address: clientAddress(headers) };
      await setPassword(c.get('viewer'), { ...c.req.valid('json'), ...from });
      return c.body(null, 204);
    },
  )
  .openapi(
    route({
      method: 'get',
      path: '/tokens',
      summary: 'Your tokens, without their secrets',
      responses: { 200: json(listOf(tokenSchema)) },
    }),
    async (c) => c.json({ items: await listTokens(c.get('viewer')), next: null }, 200),
  )
  .openapi(
    route({
      method: 'post',
      path: '/tokens',
      summary: 'Make a token; it is shown in this answer only',
      request: body(tokenInputSchema),
      responses: { 201: json(newTokenSchema, 'Made') },
    }),
    async (c) => c.json(await createToken(c.get('viewer'), c.req.valid('json')), 201),
  )
  .openapi(
    route({
      method: 'delete',
      path: '/tokens/{id}',
      summary: 'Revoke a token of yours',
      request: { params: idParam },
      responses: { 204: { description: 'Revoked' } },
    }),
    async (c) => {
      await revokeToken(c.get('viewer'), c.req.valid('param').id);
      return c.body(null, 204);
    },
  )
  .openapi(
    route({
      method: 'get',
      path: '/me/sessions',
      summary: 'The browsers in which you are signed in, with a session',
      responses: { 200: json(listOf(openSessionSchema)) },
    }),
    async (c) => {
      const items = await listSessions(c.get('viewer'), sessionHash(c.req.raw.headers));
      return c.json({ items, next: null }, 200);
    },
  )
  .openapi(
    route({
      method: 'delete',
      path: '/me/sessions',
      summary: 'Sign every other browser out, with a session',
      responses: { 204: { description: 'Signed out' } },
    }),
    async (c) => {
      await endOtherSessions(c.get('viewer'), sessionHash(c.req.raw.headers));
      return c.body(null, 204);
    },
  )
  .openapi(
    route({
      method: 'delete',
      path: '/me/sessions/{id}',
      summary: 'Sign one browser out, with a session',
      request: { params: idParam },
      responses: { 204: { description: 'Signed out' } },
    }),
    async (c) => {
      await endSession(c.get('viewer'), c.req.valid('param').id);
      return c.body(null, 204);
    },
  )
  .openapi(
    route({
      method: 'get',
      path: '/accounts',
      summary: 'Accounts, newest first; for administrators',
      request: {
        query: z.object({
          q: z.string().max(200).optional(),
          limit: z.coerce.number().int().min(1).max(500).default(50),
          cursor: z.uuid().optional(),
        }),
      },
      responses: { 200: json(listOf(accountSchema)) },
    }),
    async (c) => {
      const { q, limit, cursor } = c.req.valid('query');
      return c.json(await listAccounts(c.get('viewer'), { words: q, limit, cursor }), 200);
    },
  )
  .openapi(
    route({
      method: 'post',
      path: '/accounts',
      summary: 'Make an account: your own with the code of an invitation, or for administrators any',
      request: body(newAccountSchema),
      responses: { 201: json(z.union([accountSchema, signedUpSchema]), 'Made') },
    }),
    async (c) => {
      const { code, password, ...account } = c.req.valid('json');
      const viewer = c.get('viewer');
      if (code === undefined || password === undefined) {
        return c.json(await createAccount(viewer, { ...account, ...(password && { password }) }), 201);
      }
      const { email, name } = account;
      const address = clientAddress(c.req.raw.headers);
      return c.json(await signUp(viewer, { code, email, name, password }, address), 201);
    },
  );
