import assert from 'node:assert/strict';
import { before, describe, it } from 'node:test';
import { db, pool } from '@/lib/db';
import { fillGroups } from '../../support/fill-groups';
import { freshDatabase } from '../../support/fresh-database';
import { call, createUserWithToken, publishSampleEdition, type TestUser } from '../../support/seminar';
import { type SentStatement, sentStatements } from '../../support/sent-statements';

/** Groups beside each other, and annotations in each: enough that Postgres would rather read an index than a table. */
const GROUPS = 40;
const ANNOTATIONS = 750;

/** The tables that grow with all groups together: a hot statement reads them by an index alone. */
const GROWING = ['annotation', 'passage', 'flag'];

/** A node of a plan, as `EXPLAIN (FORMAT JSON)` names its parts. */
type PlanNode = {
  'Node Type': string;
  'Relation Name'?: string;
  'Actual Loops': number;
  'Rows Removed by Join Filter'?: number;
  Plans?: PlanNode[];
};
/** The reading statements that this process sends while `work` runs. */
async function statementsOf(work: () => Promise<unknown>): Promise<SentStatement[]> {
  const sent = await sentStatements(work);
  return sent.filter(({ text }) => /^\s*(SELECT|WITH)/.test(text) && !/\bUPDATE\b/.test(text));
}

async function explain({ text, values = [] }: SentStatement): Promise<PlanNode[]> {
  const { rows } = await pool().query({ text: `EXPLAIN (ANALYZE, FORMAT JSON) ${text}`, values });
  return nodesOf(rows[0]['QUERY PLAN'][0].Plan);
}

const nodesOf = (node: PlanNode): PlanNode[] => [node, ...(node.Plans ?? []).flatMap(nodesOf)];

describe('a hot statement among many groups', () => {
  const people = {} as Record<'instructor' | 'student', TestUser>;
  let root = '';

  before(async () => {
    await freshDatabase();
    const edition = await publishSampleEdition();
    const slugs = Array.from({ length: GROUPS }, (_, i) => `group${i}`);
    await fillGroups(edition, { slugs, members: 12, annotations: ANNOTATIONS });
    const { id: groupId } = await db.group.findUniqueOrThrow({ where: { slug: 'group7' } });
    for (const role of ['instructor', 'student'] as const) {
      people[role] = await createUserWithToken(role);
      await db.member.create({ data: { groupId, userId: people[role].id, role } });
    }
    const where = {
      groupId,
      section: 'doc1',
      parentId: null,
      state: 'published',
      visibility: 'group',
    } as const;
    root = (await db.annotation.findFirstOrThrow({ where, skip: 50 })).id;
  });

  const list = '/api/v1/groups/group7/annotations';
  const READS: Record<string, () => string> = {
    'the list of a group': () => `${list}?limit=50`,
    'the list after a note': () => `${list}?limit=50&cursor=${root}`,
    'the list of a section': () => `${list}?edition=gheorghiu-2009&section=doc1&limit=100`,
    'a thread': () => `${list}?thread=${root}`,
    'a single note': () => `/api/v1/annotations/${root}`,
    'the outline of a section': () => '/api/v1/groups/group7/outline?edition=gheorghiu-2009&section=doc1',
    'a search that finds nothing': () => `${list}?q=absent`,
    'what is orphaned': () => `${list}?anchor=orphaned`,
    'what is fuzzy': () => `${list}?anchor=fuzzy`,
    'what has a tag': () => `${list}?tag=tag3`,
    'the questions': () => `${list}?kind=question`,
    'what waits to be placed': () => '/api/v1/groups/group7/anchors',
    'the container of a group': () => '/groups/group7/annotations/',
    'a page of it': () => '/groups/group7/annotations/?page=0',
    'the container of all groups': () => '/annotations/',
    'a page of that': () => '/annotations/?page=0',
  };
  const OF_STAFF: typeof READS = {
    'the queue': () => '/api/v1/groups/group7/moderation/queue',
    'the overview': () => '/api/v1/groups/group7/overview',
    'the gradebook': () => '/api/v1/groups/group7/gradebook.csv',
  };

  for (const role of ['instructor', 'student'] as const)
    for (const [name, path] of Object.entries(role === 'instructor' ? { ...READS, ...OF_STAFF } : READS))
      it(`reads ${name} for the ${role} by indexes alone`, async () => {
        const statements = await statementsOf(async () => {
          const answer = await call(people[role], path());
          await answer.arrayBuffer();
          assert.equal(answer.status, 200);
        });
        assert.ok(statements.some(({ text }) => text.includes('annotation a')));
        for (const statement of statements) {
          const nodes = await explain(statement);
          const scanned = nodes.filter(
            (node) => node['Node Type'] === 'Seq Scan' && GROWING.includes(node['Relation Name'] ?? ''),
          );
          assert.deepEqual(
            scanned.map((node) => node['Relation Name']),
            [],
            statement.text,
          );
          // A nested loop that compares everything with everything removes many times what a group has.
          for (const node of nodes)
            assert.ok(
              (node['Rows Removed by Join Filter'] ?? 0) * node['Actual Loops'] <= 4 * ANNOTATIONS,
              statement.text,
            );
        }
      });
});
