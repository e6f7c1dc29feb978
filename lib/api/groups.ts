import { z } from '@hono/zod-openapi';
import {
  changeMember,
  createGroup,
  createInvitation,
  deleteGroup,
  getGroup,
  getReadingList,
  handOver,
  inviteByEmail,
  joinByCode,
  joinOpen,
  listDeletedGroups,
  listGroups,
  listInvitations,
  listInvitedMembers,
  listMembers,
  removeMember,
  restoreGroup,
  revokeInvitation,
  setReadingList,
  updateGroup,
} from '@/lib/group';
import {
  deletedGroupSchema,
  groupChangeSchema,
  groupInputSchema,
  groupSchema,
  handOverSchema,
  invitationInputSchema,
  invitationSchema,
  invitedMemberSchema,
  joinedSchema,
  memberChangeSchema,
  memberInputSchema,
  memberSchema,
  readingListSchema,
} from '@/lib/group/schema';
import { createApi } from './middleware';
import { body, groupParam, idParam, json, listOf, route } from './route';

const memberParam = groupParam.extend(idParam.shape);

/** Groups, their members, invitations and joining. */
export const groups = createApi()
  .openapi(
    route({
      method: 'get',
      path: '/groups',
      summary: 'Your groups, and those that anybody may read',
      responses: { 200: json(listOf(groupSchema)) },
    }),
    async (c) => c.json({ items: await listGroups(c.get('viewer')), next: null }, 200),
  )
  .openapi(
    route({
      method: 'post',
      path: '/groups',
      summary: 'Make a group; you become its owner',
      request: body(groupInputSchema),
      responses: { 201: json(groupSchema, 'Made') },
    }),
    async (c) => {
      const made = await createGroup(c.get('viewer'), c.req.valid('json'));
      return c.json(made, 201, { Location: `/api/v1/groups/${made.slug}` });
    },
  )
  .openapi(
    route({
      method: 'get',
      path: '/groups/{group}',
      summary: 'One group',
      request: { params: groupParam },
      responses: { 200: json(groupSchema) },
    }),
    async (c) => c.json(await getGroup(c.get('viewer'), c.req.valid('param').group), 200),
  )
  .openapi(
    route({
      method: 'patch',
      path: '/groups/{group}',
      summary: 'Change a group; its slug stays',
      request: { params: groupParam, ...body(groupChangeSchema) },
      responses: { 200: json(groupSchema) },
    }),
    async (c) =>
      c.json(await updateGroup(c.get('viewer'), c.req.valid('param').group, c.req.valid('json')), 200),
  )
  .openapi(
    route({
      method: 'delete',
      path: '/groups/{group}',
      summary: 'Delete a group of yours, whose name you give, with a session; you can restore it',
      request: { params: groupParam, query: z.object({ name: z.string().max(1_000) }) },
      responses: { 204: { description: 'Deleted' } },
    }),
    async (c) => {
      await deleteGroup(c.get('viewer'), c.req.valid('param').group, c.req.valid('query').name);
      return c.body(null, 204);
    },
  )
  .openapi(
    route({
      method: 'get',
      path: '/deleted-groups',
      summary: 'The deleted groups that you can restore',
      responses: { 200: json(listOf(deletedGroupSchema)) },
    }),
    async (c) => c.json({ items: await listDeletedGroups(c.get('viewer')), next: null }, 200),
  )
  .openapi(
    route({
      method: 'delete',
      path: '/deleted-groups/{group}',
      summary: 'Restore a deleted group of yours, for its members, with a session',
      request: { params: groupParam },
      responses: { 204: { description: 'Restored' } },
    }),
    async (c) => {
      await restoreGroup(c.get('viewer'), c.req.valid('param').group);
      return c.body(null, 204);
    },
  )
  .openapi(
    route({
      method: 'put',
      path: '/groups/{group}/owner',
      summary: 'Hand a group over to another member; you become an instructor',
      request: { params: groupParam, ...body(handOverSchema) },
      responses: { 204: { description: 'Handed over' } },
    }),
    async (c) => {
      await handOver(c.get('viewer'), c.req.valid('param').group, c.req.valid('json').member);
      return c.body(null, 204);
    },
  )
  .openapi(
    route({
      method: 'get',
      path: '/groups/{group}/reading-list',
      summary: 'The editions that the group reads, in its order, of those that you may read',
      request: { params: groupParam },
      responses: { 200: json(readingListSchema) },
    }),
    async (c) => c.json(await getReadingList(c.get('viewer'), c.req.valid('param').group), 200),
  )
  .openapi(
    route({
      method: 'put',
      path: '/groups/{group}/reading-list',
      summary: 'Set the editions that the group reads, with the sections that are marked out',
      request: { params: groupParam, ...body(readingListSchema) },
      responses: { 200: json(readingListSchema) },
    }),
    async (c) => {
      const { group } = c.req.valid('param');
      return c.json(await setReadingList(c.get('viewer'), group, c.req.valid('json')), 200);
    },
  )
  .openapi(
    route({
      method: 'get',
      path: '/groups/{group}/members',
      summary: 'The members; for staff with e-mail addresses, and those who are invited by one',
      request: { params: groupParam },
      responses: { 200: json(listOf(z.union([memberSchema, invitedMemberSchema]))) },
    }),
    async (c) => {
      const { group } = c.req.valid('param');
      const members = await listMembers(c.get('viewer'), group);
      const invited = await listInvitedMembers(c.get('viewer'), group);
      return c.json({ items: [...members, ...invited], next: null }, 200);
    },
  )
  .openapi(
    route({
      method: 'post',
      path: '/groups/{group}/members',
      summary: 'Invite somebody by e-mail address: a member from when they use the server next',
      request: { params: groupParam, ...body(memberInputSchema) },
      responses: { 201: json(invitedMemberSchema, 'Invited, whether an account has the address or not') },
    }),
    async (c) => {
      const { group } = c.req.valid('param');
      const invited = await inviteByEmail(c.get('viewer'), group, c.req.valid('json'), c.get('locale'));
      return c.json(invited, 201);
    },
  )
  .openapi(
    route({
      method: 'patch',
      path: '/groups/{group}/members/{id}',
      summary: 'Give a member, or somebody invited by e-mail, another role; a student the right to moderate',
      request: { params: memberParam, ...body(memberChangeSchema) },
      responses: { 200: json(z.union([memberSchema, invitedMemberSchema])) },
    }),
    async (c) => {
      const { group, id } = c.req.valid('param');
      return c.json(await changeMember(c.get('viewer'), group, id, c.req.valid('json')), 200);
    },
  )
  .openapi(
    route({
      method: 'delete',
      path: '/groups/{group}/members/{id}',
      summary: 'Take a member out, withdraw an invitation by e-mail, or leave; what they wrote stays',
      request: { params: memberParam },
      responses: { 204: { description: 'Gone' } },
    }),
    async (c) => {
      const { group, id } = c.req.valid('param');
      await removeMember(c.get('viewer'), group, id);
      return c.body(null, 204);
    },
  )
  .openapi(
    route({
      method: 'get',
      path: '/groups/{group}/invitations',
      summary: 'The invitations that were not revoked',
      request: { params: groupParam },
      responses: { 200: json(listOf(invitationSchema)) },
    }),
    async (c) => {
      const items = await listInvitations(c.get('viewer'), c.req.valid('param').group);
      return c.json({ items, next: null }, 200);
    },
  )
  .openapi(
    route({
      method: 'post',
      path: '/groups/{group}/invitations',
      summary: 'Make a code that joins its holders to the group',
      request: { params: groupParam, ...body(invitationInputSchema) },
      responses: { 201: json(invitationSchema, 'Made') },
    }),
    async (c) =>
      c.json(await createInvitation(c.get('viewer'), c.req.valid('param').group, c.req.valid('json')), 201),
  )
  .openapi(
    route({
      method: 'delete',
      path: '/groups/{group}/invitations/{id}',
      summary: 'Revoke an invitation',
      request: { params: memberParam },
      responses: { 204: { description: 'Revoked' } },
    }),
    async (c) => {
      const { group, id } = c.req.valid('param');
      await revokeInvitation(c.get('viewer'), group, id);
      return c.body(null, 204);
    },
  )
  .openapi(
    route({
      method: 'post',
      path: '/groups/{group}/join',
      summary: 'Join an open group as a student',
      request: { params: groupParam },
      responses: { 200: json(joinedSchema, 'Joined, or a member already') },
    }),
    async (c) => c.json(await joinOpen(c.get('viewer'), c.req.valid('param').group), 200),
  )
  .openapi(
    route({
      method: 'post',
      path: '/join/{code}',
      summary: 'Join the group that a code invites to',
      request: { params: z.object({ code: z.string().min(1).max(100) }) },
      responses: { 200: json(joinedSchema, 'Joined, or a member already') },
    }),
    async (c) => c.json(await joinByCode(c.get('viewer'), c.req.valid('param').code), 200),
  );
