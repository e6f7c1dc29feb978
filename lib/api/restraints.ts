import { z } from '@hono/zod-openapi';
import { muteMember, setPremoderation, unmuteMember } from '@/lib/group';
import { muteInputSchema, muteSchema, premoderationInputSchema } from '@/lib/group/schema';
import { acknowledgeWarning, listNotesOn, listWarnings, noteOnMember, warnMember } from '@/lib/moderation';
import { appealInputSchema, staffNoteSchema, warningSchema } from '@/lib/moderation/schema';
import { createApi } from './middleware';
import { body, groupParam, idParam, json, listOf, route } from './route';

const memberParam = groupParam.extend(idParam.shape);
const wordsSchema = z.strictObject({ words: appealInputSchema.shape.words }).openapi('StaffWords');

/** What staff does about a member: muting, holding back, warnings and notes. */
export const restraints = createApi()
  .openapi(
    route({
      method: 'post',
      path: '/groups/{group}/members/{id}/mute',
      summary: 'Have a member write nothing until a date',
      request: { params: memberParam, ...body(muteInputSchema) },
      responses: { 200: json(muteSchema) },
    }),
    async (c) => {
      const { group, id } = c.req.valid('param');
      return c.json(await muteMember(c.get('viewer'), group, id, c.req.valid('json')), 200);
    },
  )
  .openapi(
    route({
      method: 'delete',
      path: '/groups/{group}/members/{id}/mute',
      summary: 'Let a member write again',
      request: { params: memberParam },
      responses: { 204: { description: 'May write' } },
    }),
    async (c) => {
      const { group, id } = c.req.valid('param');
      await unmuteMember(c.get('viewer'), group, id);
      return c.body(null, 204);
    },
  )
  .openapi(
    route({
      method: 'put',
      path: '/groups/{group}/members/{id}/premoderation',
      summary: 'Have what a member writes wait for approval, or no longer',
      request: { params: memberParam, ...body(premoderationInputSchema) },
      responses: { 200: json(premoderationInputSchema) },
    }),
    async (c) => {
      const { group, id } = c.req.valid('param');
      const { premoderated } = c.req.valid('json');
      await setPremoderation(c.get('viewer'), group, id, premoderated);
      return c.json({ premoderated }, 200);
    },
  )
  .openapi(
    route({
      method: 'get',
      path: '/groups/{group}/members/{id}/warnings',
      summary: 'The warnings of a member, newest first; for staff and that member',
      request: { params: memberParam },
      responses: { 200: json(listOf(warningSchema)) },
    }),
    async (c) => {
      const { group, id } = c.req.valid('param');
      return c.json({ items: await listWarnings(c.get('viewer'), group, id), next: null }, 200);
    },
  )
  .openapi(
    route({
      method: 'post',
      path: '/groups/{group}/members/{id}/warnings',
      summary: 'Warn a member, who says that they have read it',
      request: { params: memberParam, ...body(wordsSchema) },
      responses: { 201: json(warningSchema, 'Warned') },
    }),
    async (c) => {
      const { group, id } = c.req.valid('param');
      return c.json(await warnMember(c.get('viewer'), group, id, c.req.valid('json').words), 201);
    },
  )
  .openapi(
    route({
      method: 'put',
      path: '/groups/{group}/warnings/{id}/acknowledged',
      summary: 'Say that you have read a warning',
      request: { params: memberParam },
      responses: { 204: { description: 'Read' } },
    }),
    async (c) => {
      const { group, id } = c.req.valid('param');
      await acknowledgeWarning(c.get('viewer'), group, id);
      return c.body(null, 204);
    },
  )
  .openapi(
    route({
      method: 'get',
      path: '/groups/{group}/members/{id}/notes',
      summary: 'What staff has noted of a member, for staff alone',
      request: { params: memberParam },
      responses: { 200: json(listOf(staffNoteSchema)) },
    }),
    async (c) => {
      const { group, id } = c.req.valid('param');
      return c.json({ items: await listNotesOn(c.get('viewer'), group, id), next: null }, 200);
    },
  )
  .openapi(
    route({
      method: 'post',
      path: '/groups/{group}/members/{id}/notes',
      summary: 'Note something of a member, for staff alone',
      request: { params: memberParam, ...body(wordsSchema) },
      responses: { 201: json(listOf(staffNoteSchema), 'Noted') },
    }),
    async (c) => {
      const { group, id } = c.req.valid('param');
      const items = await noteOnMember(c.get('viewer'), group, id, c.req.valid('json').words);
      return c.json({ items, next: null }, 201);
    },
  );
