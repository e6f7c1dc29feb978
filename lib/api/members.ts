import { z } from '@hono/zod-openapi';
import { createSubgroup, deleteSubgroup, importRoster, listSubgroups, updateSubgroup } from '@/lib/group';
import {
  rosterReportSchema,
  subgroupChangeSchema,
  subgroupInputSchema,
  subgroupSchema,
} from '@/lib/group/schema';
import { translateProblem } from '@/lib/http/problem-details';
import { createApi } from './middleware';
import { body, groupParam, idParam, json, listOf, route } from './route';

const subgroupParam = groupParam.extend(idParam.shape);

/** Class lists, and the subgroups of a group. */
export const members = createApi()
  .openapi(
    route({
      method: 'post',
      path: '/groups/{group}/roster',
      summary: 'Invite a class list (CSV: email,name,role); with `dryRun=1` only say what would be',
      request: {
        params: groupParam,
        query: z.object({ dryRun: z.literal('1').optional() }),
        body: { required: true, content: { 'text/csv': { schema: z.string() } } },
      },
      responses: { 200: json(rosterReportSchema) },
    }),
    async (c) => {
      const { group } = c.req.valid('param');
      const locale = c.get('locale');
      const dryRun = c.req.valid('query').dryRun !== undefined;
      const report = await importRoster(c.get('viewer'), group, await c.req.text(), { dryRun, locale });
      const wrong = report.wrong.map(({ line, why }) => ({ line, why: translateProblem(locale, why) }));
      return c.json({ ...report, wrong }, 200);
    },
  )
  .openapi(
    route({
      method: 'get',
      path: '/groups/{group}/subgroups',
      summary: 'The subgroups of a group; for a student their own',
      request: { params: groupParam },
      responses: { 200: json(listOf(subgroupSchema)) },
    }),
    async (c) =>
      c.json({ items: await listSubgroups(c.get('viewer'), c.req.valid('param').group), next: null }, 200),
  )
  .openapi(
    route({
      method: 'post',
      path: '/groups/{group}/subgroups',
      summary: 'Make a subgroup; its members leave the one that they were in',
      request: { params: groupParam, ...body(subgroupInputSchema) },
      responses: { 201: json(subgroupSchema, 'Made') },
    }),
    async (c) =>
      c.json(await createSubgroup(c.get('viewer'), c.req.valid('param').group, c.req.valid('json')), 201),
  )
  .openapi(
    route({
      method: 'patch',
      path: '/groups/{group}/subgroups/{id}',
      summary: 'Rename a subgroup, or set who is in it',
      request: { params: subgroupParam, ...body(subgroupChangeSchema) },
      responses: { 200: json(subgroupSchema) },
    }),
    async (c) => {
      const { group, id } = c.req.valid('param');
      return c.json(await updateSubgroup(c.get('viewer'), group, id, c.req.valid('json')), 200);
    },
  )
  .openapi(
    route({
      method: 'delete',
      path: '/groups/{group}/subgroups/{id}',
      summary: 'Remove a subgroup; its members stay in the group',
      request: { params: subgroupParam },
      responses: { 204: { description: 'Gone' } },
    }),
    async (c) => {
      const { group, id } = c.req.valid('param');
      await deleteSubgroup(c.get('viewer'), group, id);
      return c.body(null, 204);
    },
  );
