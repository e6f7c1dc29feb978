import { z } from '@hono/zod-openapi';
import {
  copyGroup,
  createAssignment,
  deleteAssignment,
  getAssignment,
  getGradebook,
  getOverview,
  listAssignments,
  requestExtension,
  setDone,
  setExtension,
  setGrade,
  shuffleSubgroups,
  updateAssignment,
} from '@/lib/assignment';
import {
  assignmentChangeSchema,
  assignmentInputSchema,
  assignmentSchema,
  extensionInputSchema,
  extensionRequestSchema,
  extensionSchema,
  gradeInputSchema,
  groupCopyInputSchema,
  overviewQuerySchema,
  progressSchema,
  shuffleInputSchema,
} from '@/lib/assignment/schema';
import { groupSchema, subgroupSchema } from '@/lib/group/schema';
import { remindOwing } from '@/lib/notice';
import { reminderInputSchema } from '@/lib/notice/schema';
import { createApi } from './middleware';
import { body, groupParam, idParam, json, listOf, route } from './route';

const assignmentParam = groupParam.extend(idParam.shape);
const memberOfAssignmentParam = assignmentParam.extend({ member: z.string().min(1).max(100) });

/** Assignments, what each person may do and did in them, and the gradebook. */
export const assignments = createApi()
  .openapi(
    route({
      method: 'get',
      path: '/groups/{group}/assignments',
      summary: 'The assignments of a group, with your own dates',
      request: { params: groupParam },
      responses: { 200: json(listOf(assignmentSchema)) },
    }),
    async (c) =>
      c.json({ items: await listAssignments(c.get('viewer'), c.req.valid('param').group), next: null }, 200),
  )
  .openapi(
    route({
      method: 'post',
      path: '/groups/{group}/assignments',
      summary: 'Make an assignment',
      request: { params: groupParam, ...body(assignmentInputSchema) },
      responses: { 201: json(assignmentSchema, 'Made') },
    }),
    async (c) => {
      const { group } = c.req.valid('param');
      const made = await createAssignment(c.get('viewer'), group, c.req.valid('json'));
      return c.json(made, 201, { Location: `/api/v1/groups/${group}/assignments/${made.id}` });
    },
  )
  .openapi(
    route({
      method: 'get',
      path: '/groups/{group}/assignments/{id}',
      summary: 'One assignment, with your own dates',
      request: { params: assignmentParam },
      responses: { 200: json(assignmentSchema) },
    }),
    async (c) => {
      const { group, id } = c.req.valid('param');
      return c.json(await getAssignment(c.get('viewer'), group, id), 200);
    },
  )
  .openapi(
    route({
      method: 'patch',
      path: '/groups/{group}/assignments/{id}',
      summary: 'Change an assignment; what is left out stays',
      request: { params: assignmentParam, ...body(assignmentChangeSchema) },
      responses: { 200: json(assignmentSchema) },
    }),
    async (c) => {
      const { group, id } = c.req.valid('param');
      return c.json(await updateAssignment(c.get('viewer'), group, id, c.req.valid('json')), 200);
    },
  )
  .openapi(
    route({
      method: 'delete',
      path: '/groups/{group}/assignments/{id}',
      summary: 'Remove an assignment in which nobody has written',
      request: { params: assignmentParam },
      responses: { 204: { description: 'Gone' } },
    }),
    async (c) => {
      const { group, id } = c.req.valid('param');
      await deleteAssignment(c.get('viewer'), group, id);
      return c.body(null, 204);
    },
  )
  .openapi(
    route({
      method: 'put',
      path: '/groups/{group}/assignments/{id}/extensions/{member}',
      summary: 'Give one member dates of their own; null for those of the assignment',
      request: { params: memberOfAssignmentParam, ...body(extensionInputSchema) },
      responses: { 200: json(extensionSchema) },
    }),
    async (c) => {
      const { group, id, member } = c.req.valid('param');
      return c.json(await setExtension(c.get('viewer'), group, id, member, c.req.valid('json')), 200);
    },
  )
  .openapi(
    route({
      method: 'put',
      path: '/groups/{group}/assignments/{id}/grades/{member}',
      summary: 'Grade the work of one member by hand; an empty grade takes it back',
      request: { params: memberOfAssignmentParam, ...body(gradeInputSchema) },
      responses: {
        200: json(z.strictObject({ member: z.uuid(), grade: z.string().nullable(), comment: z.string() })),
      },
    }),
    async (c) => {
      const { group, id, member } = c.req.valid('param');
      return c.json(await setGrade(c.get('viewer'), group, id, member, c.req.valid('json')), 200);
    },
  )
  .openapi(
    route({
      method: 'put',
      path: '/groups/{group}/assignments/{id}/done',
      summary: 'Say that you are done',
      request: { params: assignmentParam },
      responses: { 200: json(assignmentSchema) },
    }),
    async (c) => {
      const { group, id } = c.req.valid('param');
      return c.json(await setDone(c.get('viewer'), group, id, true), 200);
    },
  )
  .openapi(
    route({
      method: 'delete',
      path: '/groups/{group}/assignments/{id}/done',
      summary: 'Take back that you are done',
      request: { params: assignmentParam },
      responses: { 200: json(assignmentSchema) },
    }),
    async (c) => {
      const { group, id } = c.req.valid('param');
      return c.json(await setDone(c.get('viewer'), group, id, false), 200);
    },
  )
  .openapi(
    route({
      method: 'put',
      path: '/groups/{group}/assignments/{id}/extension-request',
      summary: 'Ask the staff for more time',
      request: { params: assignmentParam, ...body(extensionRequestSchema) },
      responses: { 200: json(assignmentSchema) },
    }),
    async (c) => {
      const { group, id } = c.req.valid('param');
      const { reason } = c.req.valid('json');
      return c.json(await requestExtension(c.get('viewer'), group, id, reason), 200);
    },
  )
  .openapi(
    route({
      method: 'delete',
      path: '/groups/{group}/assignments/{id}/extension-request',
      summary: 'Take back the request for more time',
      request: { params: assignmentParam },
      responses: { 200: json(assignmentSchema) },
    }),
    async (c) => {
      const { group, id } = c.req.valid('param');
      return c.json(await requestExtension(c.get('viewer'), group, id, null), 200);
    },
  )
  .openapi(
    route({
      method: 'post',
      path: '/groups/{group}/assignments/{id}/reminders',
      summary: 'Write to the students who still owe something; for staff',
      request: { params: assignmentParam, ...body(reminderInputSchema) },
      responses: { 201: json(z.strictObject({ sent: z.int() }), 'Sent, to so many') },
    }),
    async (c) => {
      const { group, id } = c.req.valid('param');
      return c.json({ sent: await remindOwing(c.get('viewer'), group, id, c.req.valid('json')) }, 201);
    },
  )
  .openapi(
    route({
      method: 'post',
      path: '/groups/{group}/copy',
      summary:
        'Make a group like this for another term: assignments and reading list, without notes and members',
      request: { params: groupParam, ...body(groupCopyInputSchema) },
      responses: { 201: json(groupSchema, 'Made') },
    }),
    async (c) => {
      const made = await copyGroup(c.get('viewer'), c.req.valid('param').group, c.req.valid('json'));
      return c.json(made, 201, { Location: `/api/v1/groups/${made.slug}` });
    },
  )
  .openapi(
    route({
      method: 'post',
      path: '/groups/{group}/subgroups/shuffle',
      summary:
        'Put the students into subgroups by chance, for one assignment or for all that have none of their own',
      request: { params: groupParam, ...body(shuffleInputSchema) },
      responses: { 200: json(listOf(subgroupSchema)) },
    }),
    async (c) => {
      const items = await shuffleSubgroups(c.get('viewer'), c.req.valid('param').group, c.req.valid('json'));
      return c.json({ items, next: null }, 200);
    },
  )
  .openapi(
    route({
      method: 'get',
      path: '/groups/{group}/overview',
      summary: 'What each student did, in one assignment or in all; for staff',
      request: { params: groupParam, query: overviewQuerySchema },
      responses: { 200: json(listOf(progressSchema)) },
    }),
    async (c) => {
      const { assignment } = c.req.valid('query');
      const items = await getOverview(c.get('viewer'), c.req.valid('param').group, assignment);
      return c.json({ items, next: null }, 200);
    },
  )
  .openapi(
    route({
      method: 'get',
      path: '/groups/{group}/gradebook.csv',
      summary: 'What each student did in each assignment, and their grades, as CSV; for staff',
      request: { params: groupParam },
      responses: {
        200: { description: 'OK', content: { 'text/csv': { schema: z.string() } } },
      },
    }),
    async (c) => {
      const { group } = c.req.valid('param');
      const csv = await getGradebook(c.get('viewer'), group);
      return c.body(csv, 200, {
        'Content-Type': 'text/csv; charset=utf-8',
        'Content-Disposition': `attachment; filename="${group}-gradebook.csv"`,
        'Cache-Control': 'private, no-store',
      });
    },
  );
